package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.json.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A command about the sources, the targets or the streams that a vault knows.
abstract class RegistryTask extends VaultTask {
    /// The commands about one kind.
    abstract static class Group extends CommandGroup {
        abstract Kind kind();
    }

    final Kind kind() {
        return ((Group) parent()).kind();
    }

    final Registry registry() {
        return new Registry(vault(), kind());
    }

    static Json.Members json(String name, Map<String, String> settings) {
        Json.Members json = Json.object();
        for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
            json = json.with(setting.getKey(), setting.getValue());
        }
        return Json.object().with("name", name).with("settings", json);
    }

    static String text(String name, Map<String, String> settings) {
        StringBuilder text = new StringBuilder(name).append('\n');
        new TreeMap<>(settings)
                .forEach(
                        (key, value) ->
                                text.append(
                                        "  %-16s %s%n"
                                                .formatted(
                                                        key,
                                                        value.replace(
                                                                "\n", "\n" + " ".repeat(19)))));
        return text.toString();
    }

    /// Lists all names.
    @Command(name = "list", description = "All of them.")
    static final class All extends RegistryTask {
        @Override
        Answer answer() {
            Registry registry = registry();
            StringBuilder text = new StringBuilder();
            List<Json> json = new ArrayList<>();
            for (String name : registry.names()) {
                Map<String, String> settings = registry.get(name);
                text.append(text(name, settings));
                json.add(json(name, settings));
            }
            return Answer.done(
                    json.isEmpty() ? "there is no " + kind() + " yet" : text.toString(),
                    Json.object().with(kind() + "s", Json.of(json)));
        }
    }

    /// Shows one.
    @Command(name = "show", description = "The settings of one.")
    static final class Show extends RegistryTask {
        @Parameters(paramLabel = "NAME", description = "Which.")
        private String name = "";

        @Override
        Answer answer() {
            Map<String, String> settings = registry().get(name);
            return Answer.done(text(name, settings), json(name, settings));
        }
    }

    /// Removes one.
    @Command(name = "remove", description = "Forget one; what was kept under its name stays.")
    static final class Remove extends RegistryTask {
        @Parameters(paramLabel = "NAME", description = "Which.")
        private String name = "";

        @Override
        Answer answer() {
            registry().remove(name);
            return Answer.done(
                    "%s %s is forgotten".formatted(kind(), name),
                    Json.object().with("name", name).with("removed", true));
        }
    }
}
