package io.tsvault.cli;

import io.tsvault.core.config.Change;
import io.tsvault.core.config.Registry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;

/// Registers a source or a target.
@Command(name = "add", description = "Register a server under a name.")
final class ServerAdd extends RegistryTask {
    @Parameters(paramLabel = "NAME", description = "How it shall be called.")
    private String name = "";

    @Mixin private Registration registration = new Registration();

    @Mixin private ServerOptions server = new ServerOptions();

    @Override
    Answer answer() {
        Registry registry = registry();
        Change change = registration.put(registry, name, server.settings(), Sources::check);
        String next = "try it: tsvault %s test %s".formatted(kind(), name);
        return Answer.done(
                Registration.text(kind() + " " + name, change, next) + moved(registry, change),
                Registration.json(name, change));
    }

    /// A stream is bound to the address that it was begun with.
    private String moved(Registry registry, Change change) {
        List<String> streams = registry.streams(name);
        boolean moved = !change.isNew() && change.differences().containsKey("url");
        return moved && !streams.isEmpty()
                ? "it has another address now: the next backup of %s asks whether it is the server%n"
                                .formatted(String.join(", ", streams))
                        + "that it was begun with, and says how to confirm that"
                : "";
    }
}
