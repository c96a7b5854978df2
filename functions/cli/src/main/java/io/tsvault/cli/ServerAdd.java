package io.tsvault.cli;

import io.tsvault.core.config.Change;
import io.tsvault.core.config.Registry;
import io.tsvault.core.failure.Permanent;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Map;

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
        if (kind() == Registry.Kind.TARGETS) {
            requireOnlyName(registry);
        }
        Change change = registration.put(registry, name, server.settings(), Sources::check);
        String next = "try it: tsvault %s test %s".formatted(kind(), name);
        return Answer.done(
                Registration.text(kind() + " " + name, change, next) + moved(registry, change),
                Registration.json(name, change));
    }

    /// Two restores into one server know of each other by its name.
    private void requireOnlyName(Registry targets) {
        Map<String, String> wanted =
                registration.merged(targets.find(name).orElse(Map.of()), server.settings());
        targets.names().stream()
                .filter(other -> !other.equals(name))
                .filter(other -> Sources.areSame(targets.get(other), wanted))
                .findFirst()
                .ifPresent(
                        other -> {
                            throw new Permanent(
                                    ("%s is target %s already: use that name, for a server with two"
                                                    + " would be restored into twice at once")
                                            .formatted(wanted.get("url"), other));
                        });
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
