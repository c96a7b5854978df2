package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exporter.Surroundings;
import io.tsvault.core.export.Persistence;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.Vault;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLException;

/// What a backup in one line makes if it is not there: a vault, a source and a stream. Nothing is
/// made while anything is wrong, a source that does not answer among it; several such lines at once
/// find what the first has made.
///
/// @param stream its name
/// @param until by when the source has to answer
/// @param err is told what was made
record OneLine(VaultAddress address, String stream, Instant until, PrintWriter err) {
    /// A vault in which the stream is registered, whatever was there before.
    ///
    /// @param server a URL, or the name of a source that is registered
    /// @param wanted settings of the stream, but its source
    Vault prepared(String server, Map<String, String> wanted) {
        Map<String, String> settings = settings(server, wanted);
        return Sources.isUrl(server)
                ? ofUrl(Sources.nameOf(server), Map.of("url", server), settings)
                : ofKnown(server, settings);
    }

    private static Map<String, String> settings(String server, Map<String, String> wanted) {
        boolean isUrl = Sources.isUrl(server);
        String name = isUrl ? Sources.nameOf(server) : server;
        Map<String, String> settings = StreamConfig.with(wanted, "source", name);
        if (isUrl) {
            Sources.requireStep(Map.of("url", server), settings);
        }
        StreamConfig.from(settings);
        return settings;
    }

    /// A vault as [#prepared] would give it, but for what is not there: that is in memory only.
    Vault supposed(String server, Map<String, String> wanted) {
        Map<String, String> settings = settings(server, wanted);
        Optional<Vault> there =
                Sources.isUrl(server) ? there() : Optional.of(VaultTask.open(address));
        if (there.isPresent() && !isNew(there.get(), settings)) {
            return there.get();
        }
        Map<String, String> source =
                Sources.isUrl(server)
                        ? Map.of("url", server)
                        : new Registry(there.orElseThrow(), Kind.SOURCES).get(server);
        Vault supposed = Vault.init(new MemoryStore(), VaultTask.surroundings());
        new Registry(supposed, Kind.SOURCES).add(settings.getOrDefault("source", ""), source);
        new Registry(supposed, Kind.STREAMS).add(stream, settings);
        return supposed;
    }

    private Vault ofKnown(String name, Map<String, String> settings) {
        Vault vault = VaultTask.open(address);
        Map<String, String> source = new Registry(vault, Kind.SOURCES).get(name);
        if (isNew(vault, settings)) {
            requireAnswer(source, StreamConfig.from(settings));
        }
        register(vault, settings);
        return vault;
    }

    private Vault ofUrl(String name, Map<String, String> source, Map<String, String> settings) {
        Sources.check(source);
        String url = source.getOrDefault("url", "");
        Optional<Vault> there = there();
        boolean isNew = there.map(vault -> isNew(vault, settings)).orElse(true);
        boolean isKnown = there.filter(vault -> isKnown(vault, name, url)).isPresent();
        if (isNew || !isKnown) {
            requireTrust(name, source, StreamConfig.from(settings));
        }
        Vault vault = withSource(name, source);
        register(vault, settings);
        return vault;
    }

    private Optional<Vault> there() {
        return address.found()
                .filter(Vault::isAt)
                .map(store -> Vault.open(store, VaultTask.surroundings()));
    }

    /// @throws Permanent when it is another
    private static boolean isKnown(Vault vault, String name, String url) {
        Optional<Map<String, String>> known = new Registry(vault, Kind.SOURCES).find(name);
        known.ifPresent(settings -> requireSame(name, settings.getOrDefault("url", ""), url));
        return known.isPresent();
    }

    /// @throws Permanent when it is there and differs
    private boolean isNew(Vault vault, Map<String, String> wanted) {
        Optional<Map<String, String>> known = new Registry(vault, Kind.STREAMS).find(stream);
        known.ifPresent(there -> wanted.forEach((key, value) -> requireSame(key, value, there)));
        return known.isEmpty();
    }

    /// One line has no room for a certificate.
    private void requireTrust(String name, Map<String, String> server, StreamConfig config) {
        try {
            requireAnswer(server, config);
        } catch (Permanent e) {
            if (e.getCause() instanceof SSLException) {
                throw new Permanent(
                        ("%s: tsvault init, then tsvault source add %s --url %s --ca-file FILE,"
                                        + " then tsvault backup --source %s")
                                .formatted(e.getMessage(), name, server.get("url"), name),
                        e);
            }
            throw e;
        }
    }

    /// Before anything is made of it.
    private void requireAnswer(Map<String, String> server, StreamConfig config) {
        try (Source source = Sources.open(server, config, until);
                ProgressLine progress = ProgressLine.on(err, stream)) {
            Surroundings around = new Surroundings(Clock.systemUTC(), Pause.SLEEP, progress);
            Abilities abilities = new Persistence(around, until).get(stream, source::probe);
            config.mode().ifPresent(mode -> requireWay(mode, abilities));
        }
    }

    private static void requireWay(Mode mode, Abilities abilities) {
        if (!abilities.ways().contains(mode.way())) {
            throw new Permanent(
                    "--mode %s: this source can be read by %s"
                            .formatted(mode.way(), abilities.ways()));
        }
    }

    private Vault withSource(String name, Map<String, String> settings) {
        VaultTask.Found found = VaultTask.openOrMade(address.make());
        if (found.made()) {
            err.println("tsvault: made %s a vault".formatted(found.vault().location()));
        }
        register(found.vault(), name, settings.getOrDefault("url", ""));
        return found.vault();
    }

    private void register(Vault vault, String name, String url) {
        Registry sources = new Registry(vault, Kind.SOURCES);
        if (sources.find(name).isEmpty()) {
            sources.add(name, Map.of("url", url));
            err.println("tsvault: registered %s as source %s".formatted(url, name));
        }
        requireSame(name, sources.get(name).getOrDefault("url", ""), url);
    }

    private static void requireSame(String name, String known, String url) {
        if (!known.equals(url)) {
            throw new Permanent(
                    "source %s is %s and not %s: register that by tsvault source add"
                            .formatted(name, known, url));
        }
    }

    private void register(Vault vault, Map<String, String> wanted) {
        if (isNew(vault, wanted)) {
            new Registry(vault, Kind.STREAMS).add(stream, wanted);
            err.println(
                    "tsvault: registered stream %s of source %s"
                            .formatted(stream, wanted.get("source")));
        }
    }

    private void requireSame(String key, String value, Map<String, String> there) {
        if (!value.equals(there.get(key))) {
            throw new Permanent(
                    "stream %s has %s %s and not %s: name another stream, or change it by tsvault stream add --replace"
                            .formatted(stream, key, there.getOrDefault(key, "unset"), value));
        }
    }
}
