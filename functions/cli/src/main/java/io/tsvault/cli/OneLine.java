package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.vault.Vault;

import java.io.PrintWriter;
import java.util.Map;

/// What a backup in one line makes if it is not there: a vault, a source and a stream. Nothing is
/// made while anything is wrong; several such lines at once find what the first has made.
///
/// @param stream its name
/// @param err is told what was made
record OneLine(VaultAddress address, String stream, PrintWriter err) {
    /// A vault in which the stream is registered, whatever was there before.
    ///
    /// @param server a URL, or the name of a source that is registered
    /// @param wanted settings of the stream, but its source
    Vault prepared(String server, Map<String, String> wanted) {
        boolean isUrl = Sources.isUrl(server);
        String name = isUrl ? Sources.nameOf(server) : server;
        Map<String, String> settings = StreamConfig.with(wanted, "source", name);
        if (isUrl) {
            Sources.requireStep(Map.of("url", server), settings);
        }
        StreamConfig.from(settings);
        Vault vault = isUrl ? withSource(name, Map.of("url", server)) : known(name);
        register(vault, settings);
        return vault;
    }

    private Vault known(String name) {
        Vault vault = VaultTask.open(address);
        new Registry(vault, Kind.SOURCES).get(name);
        return vault;
    }

    private Vault withSource(String name, Map<String, String> settings) {
        Sources.check(settings);
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
        String known = sources.get(name).getOrDefault("url", "");
        if (!known.equals(url)) {
            throw new Permanent(
                    "source %s is %s and not %s: register that by tsvault source add"
                            .formatted(name, known, url));
        }
    }

    private void register(Vault vault, Map<String, String> wanted) {
        Registry streams = new Registry(vault, Kind.STREAMS);
        if (streams.find(stream).isEmpty()) {
            streams.add(stream, wanted);
            err.println(
                    "tsvault: registered stream %s of source %s"
                            .formatted(stream, wanted.get("source")));
        } else {
            Map<String, String> there = streams.get(stream);
            wanted.forEach((key, value) -> requireSame(key, value, there));
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
