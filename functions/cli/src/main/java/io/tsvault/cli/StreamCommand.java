package io.tsvault.cli;

import io.tsvault.core.config.Change;
import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.vault.Vault;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.Optional;

/// What is kept of sources.
@Command(
        name = "stream",
        description = "What is kept of which source.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StreamCommand.Add.class,
            RegistryTask.All.class,
            RegistryTask.Show.class,
            RegistryTask.Remove.class
        })
final class StreamCommand extends RegistryTask.Group {
    @Override
    Kind kind() {
        return Kind.STREAMS;
    }

    /// Registers a stream.
    @Command(name = "add", description = "Say what to keep of a source.")
    static final class Add extends RegistryTask {
        @Parameters(paramLabel = "NAME", description = "How it shall be called.")
        private String name = "";

        @Option(
                names = "--source",
                paramLabel = "SOURCE",
                description = "The name of a source; for a new stream.")
        private @Nullable String source;

        @Option(
                names = "--shards",
                paramLabel = "N|auto",
                description = "Read a slice in so many parts, balanced by their samples.")
        private @Nullable String shards;

        @Mixin private Registration registration = new Registration();

        @Mixin private StreamOptions options = new StreamOptions();

        @Override
        Answer answer() {
            Vault vault = vault();
            Registry streams = new Registry(vault, Kind.STREAMS);
            Registry sources = new Registry(vault, Kind.SOURCES);
            Map<String, String> said = options.settings();
            ServerOptions.put(said, "source", source);
            if (shards != null) {
                Map<String, String> there = streams.find(name).orElseGet(Map::of);
                StreamConfig config = StreamConfig.from(registration.merged(there, said));
                Map<String, String> server = sources.get(config.source());
                said.put("parts", String.join(",", Sources.parts(server, config, shards)));
            }
            Change change =
                    registration.put(streams, name, said, settings -> check(settings, sources));
            return Answer.done(
                    Registration.text("stream " + name, change, "keep it: tsvault backup " + name),
                    Registration.json(name, change));
        }

        private static void check(Map<String, String> settings, Registry sources) {
            Optional.ofNullable(settings.get("source"))
                    .flatMap(sources::find)
                    .ifPresent(server -> Sources.requireStep(server, settings));
            StreamConfig config = StreamConfig.from(settings);
            var _ = sources.get(config.source());
        }
    }
}
