package io.tsvault.cli;

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
                required = true,
                description = "The name of a source.")
        private String source = "";

        @Option(
                names = "--shards",
                paramLabel = "N|auto",
                description = "Read a slice in so many parts, balanced by their samples.")
        private @Nullable String shards;

        @Option(names = "--replace", description = "Change one that is there, from now on.")
        private boolean replace;

        @Mixin private StreamOptions options = new StreamOptions();

        @Override
        Answer answer() {
            Vault vault = vault();
            Map<String, String> server = new Registry(vault, Kind.SOURCES).get(source);
            Map<String, String> settings = options.settings();
            settings.put("source", source);
            StreamConfig config = StreamConfig.from(settings);
            if (shards != null) {
                settings.put("parts", String.join(",", Sources.parts(server, config, shards)));
                StreamConfig.from(settings);
            }
            Registry registry = new Registry(vault, Kind.STREAMS);
            if (replace) {
                registry.replace(name, settings);
            } else {
                registry.add(name, settings);
            }
            return Answer.done(
                    "stream %s is registered; keep it: tsvault backup %s".formatted(name, name),
                    json(name, settings));
        }
    }
}
