package io.tsvault.core.config;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.LogName;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The sources, the targets or the streams that a vault knows by name.
public final class Registry {
    /// What is registered.
    public enum Kind {
        SOURCES("source"),
        TARGETS("target"),
        STREAMS("stream");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String folder() {
            return word + "s";
        }

        /// `source`, `target` or `stream`.
        @Override
        public String toString() {
            return word;
        }
    }

    private final Vault vault;
    private final Kind kind;

    /// What `vault` knows of this kind.
    public Registry(Vault vault, Kind kind) {
        this.vault = vault;
        this.kind = kind;
    }

    /// All names, sorted; one that was removed is not among them.
    public List<String> names() {
        return vault.configured(kind.folder()).stream()
                .filter(name -> find(name).isPresent())
                .toList();
    }

    /// The settings of this name, if it is registered.
    public Optional<Map<String, String>> find(String name) {
        return Optional.of(settings(vault.history(log(name)))).filter(s -> !s.isEmpty());
    }

    /// The settings of this name.
    ///
    /// @throws Permanent when it is not registered
    public Map<String, String> get(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    /// When this name was registered first.
    public Optional<Instant> since(String name) {
        return vault.history(log(name)).stream()
                .findFirst()
                .map(entry -> Instant.ofEpochMilli(entry.writtenMs()));
    }

    private Permanent unknown(String name) {
        List<String> names = names();
        return new Permanent(
                "no %s is called %s; %s"
                        .formatted(
                                kind,
                                name,
                                names.isEmpty()
                                        ? "there is none yet: tsvault %s add".formatted(kind)
                                        : "there is " + String.join(", ", names)));
    }

    /// Registers a new name.
    ///
    /// @throws Permanent when it is registered with other settings
    public void add(String name, Map<String, String> settings) {
        Map<String, String> now = put(name, settings, false);
        if (!now.equals(settings)) {
            throw new Permanent(
                    "a %s called %s is there and differs: %s; change it by --replace"
                            .formatted(kind, name, Settings.difference(now, settings)));
        }
    }

    /// Registers a name, or changes its settings.
    public void replace(String name, Map<String, String> settings) {
        put(name, settings, true);
    }

    /// @return the settings from now on
    private Map<String, String> put(String name, Map<String, String> settings, boolean replace) {
        if (settings.isEmpty()) {
            throw new IllegalArgumentException("a " + kind + " without any settings");
        }
        Settings.requireNoSecret(settings);
        boolean written =
                configure(
                        name,
                        now ->
                                now.equals(settings) || (!replace && !now.isEmpty())
                                        ? Optional.empty()
                                        : Optional.of(settings));
        return written ? settings : get(name);
    }

    private boolean configure(
            String name, Function<Map<String, String>, Optional<Map<String, String>>> change) {
        return vault.append(log(name), history -> change.apply(settings(history)).map(Config::new))
                .isPresent();
    }

    /// Forgets a name. What was kept under it stays.
    ///
    /// @throws Permanent when it is not registered
    public void remove(String name) {
        boolean removed =
                configure(name, now -> now.isEmpty() ? Optional.empty() : Optional.of(Map.of()));
        if (!removed) {
            throw unknown(name);
        }
    }

    private LogName log(String name) {
        return LogName.ofConfig(kind.folder(), name);
    }

    /// The newest settings; none when there are none, or no longer.
    private static Map<String, String> settings(List<Entry> history) {
        return history.stream()
                .map(Entry::event)
                .filter(Config.class::isInstance)
                .map(Config.class::cast)
                .reduce((_, later) -> later)
                .map(Config::settings)
                .orElseGet(Map::of);
    }
}
