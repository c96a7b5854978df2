package io.tsvault.core.config;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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

    /// All names, sorted. One that was removed is not among them; one of which that cannot be read
    /// is, and whoever asks for its settings is told why not.
    public List<String> names() {
        return vault.configured(kind.folder()).stream().filter(this::isKnown).toList();
    }

    private boolean isKnown(String name) {
        try {
            return find(name).isPresent();
        } catch (DamagedVault | UnsupportedVault e) {
            return true;
        }
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
    public Change add(String name, Map<String, String> settings) {
        Change change = change(name, before -> before.isEmpty() ? settings : before);
        if (!change.now().equals(settings)) {
            throw new Permanent(
                    "a %s called %s is there and differs: %s; change it by --replace"
                            .formatted(kind, name, Settings.difference(change.now(), settings)));
        }
        return change;
    }

    /// Registers a name, or changes its settings. When they are as they were, nothing is written.
    ///
    /// @param edit makes the settings of those that are there, none for a new name; is asked again
    ///     when another changed them meanwhile
    public Change change(String name, UnaryOperator<Map<String, String>> edit) {
        return configure(
                name,
                before -> {
                    Map<String, String> now = edit.apply(before);
                    if (now.isEmpty()) {
                        throw new IllegalArgumentException("a " + kind + " without any settings");
                    }
                    Settings.requireNoSecret(now);
                    return now;
                });
    }

    private Change configure(String name, UnaryOperator<Map<String, String>> edit) {
        Deque<Change> tries = new ArrayDeque<>();
        var _ =
                vault.append(
                        log(name),
                        history -> {
                            Map<String, String> before = settings(history);
                            Map<String, String> now = edit.apply(before);
                            boolean same = now.equals(before);
                            long epoch = configs(history).count() + (same ? 0 : 1);
                            tries.add(new Change(before, now, epoch));
                            return same ? Optional.empty() : Optional.of(new Config(now));
                        });
        return tries.getLast();
    }

    /// Forgets a name. What was kept under it stays.
    ///
    /// @throws Permanent when it is not registered, or a stream reads from it
    public void remove(String name) {
        List<String> streams = streams(name);
        if (!streams.isEmpty()) {
            throw new Permanent(
                    ("source %s is read by %s: give each another one by tsvault stream add NAME"
                                    + " --replace --source OTHER, or tsvault stream remove it")
                            .formatted(name, String.join(", ", streams)));
        }
        if (configure(name, _ -> Map.of()).before().isEmpty()) {
            throw unknown(name);
        }
    }

    /// The streams that read from the source of this name; none when this is no source.
    public List<String> streams(String name) {
        Registry streams = new Registry(vault, Kind.STREAMS);
        return kind != Kind.SOURCES
                ? List.of()
                : streams.names().stream()
                        .filter(stream -> name.equals(streams.get(stream).get("source")))
                        .toList();
    }

    private LogName log(String name) {
        return LogName.ofConfig(kind.folder(), name);
    }

    /// The newest settings; none when there are none, or no longer.
    private static Map<String, String> settings(List<Entry> history) {
        return configs(history)
                .reduce((_, later) -> later)
                .map(Config::settings)
                .orElseGet(Map::of);
    }

    private static Stream<Config> configs(List<Entry> history) {
        return history.stream()
                .map(Entry::event)
                .filter(Config.class::isInstance)
                .map(Config.class::cast);
    }
}
