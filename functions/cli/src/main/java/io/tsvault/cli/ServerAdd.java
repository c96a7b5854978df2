package io.tsvault.cli;

import io.tsvault.core.config.Registry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;

/// Registers a source or a target.
@Command(name = "add", description = "Register a server under a name.")
final class ServerAdd extends RegistryTask {
    @Parameters(paramLabel = "NAME", description = "How it shall be called.")
    private String name = "";

    @Option(names = "--replace", description = "Change the settings of one that is there.")
    private boolean replace;

    @Mixin private ServerOptions server = new ServerOptions();

    @Override
    Answer answer() {
        Map<String, String> settings = server.settings();
        Sources.check(settings);
        Registry registry = registry();
        if (replace) {
            registry.replace(name, settings);
        } else {
            registry.add(name, settings);
        }
        return Answer.done(
                "%s %s is registered; try it: tsvault %s test %s"
                        .formatted(kind(), name, kind(), name),
                json(name, settings));
    }
}
