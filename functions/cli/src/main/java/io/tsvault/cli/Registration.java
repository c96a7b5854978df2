package io.tsvault.cli;

import io.tsvault.core.config.Change;
import io.tsvault.core.config.Change.Difference;
import io.tsvault.core.config.Registry;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.Nearest;

import picocli.CommandLine.Option;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Gives a name settings: a new one those that are said, one that is there also others than it has.
final class Registration {
    private static final String NOT_SET = "not set";

    @Option(
            names = "--replace",
            description = "Change one that is there; what is not said stays as it is.")
    private boolean replace;

    @Option(
            names = "--unset",
            paramLabel = "SETTING",
            description = "With --replace: take this setting away; may be repeated.")
    private List<String> unset = List.of();

    /// What the settings will be.
    ///
    /// @param there empty for a new name
    Map<String, String> merged(Map<String, String> there, Map<String, String> said) {
        if (!replace && !unset.isEmpty()) {
            throw new IllegalArgumentException("--unset changes what is there: add --replace");
        }
        Map<String, String> merged = new TreeMap<>(replace ? there : Map.of());
        for (String name : unset) {
            if (merged.remove(name) == null) {
                throw new IllegalArgumentException(notSet(name, there));
            }
        }
        merged.putAll(said);
        return merged;
    }

    private static String notSet(String name, Map<String, String> there) {
        return "--unset %s: that is not set; %s"
                .formatted(
                        name,
                        Nearest.to(name, there.keySet())
                                .map("%s was meant?"::formatted)
                                .orElseGet(() -> "there is " + new TreeMap<>(there).keySet()));
    }

    /// @param check refuses settings that are wrong
    Change put(
            Registry registry,
            String name,
            Map<String, String> said,
            Consumer<Map<String, String>> check) {
        if (!replace) {
            Map<String, String> settings = merged(Map.of(), said);
            check.accept(settings);
            return registry.add(name, settings);
        }
        return registry.change(
                name,
                there -> {
                    Map<String, String> settings = merged(there, said);
                    check(settings, check);
                    return settings;
                });
    }

    private static void check(Map<String, String> settings, Consumer<Map<String, String>> check) {
        try {
            check.accept(settings);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + " (what is not said stays; --unset SETTING takes it away)", e);
        }
    }

    /// What came of it, for people.
    ///
    /// @param what such as `stream prod`
    /// @param next what to do with a new one
    static String text(String what, Change change, String next) {
        if (change.isNew()) {
            return "%s is registered; %s%n".formatted(what, next);
        }
        if (change.differences().isEmpty()) {
            return "%s has these settings already: nothing is changed%n".formatted(what);
        }
        StringBuilder text = new StringBuilder();
        text.append("%s is changed; epoch %d begins%n".formatted(what, change.epoch()));
        change.differences()
                .forEach(
                        (name, one) ->
                                text.append(
                                        "  %-16s %s -> %s%n"
                                                .formatted(
                                                        name,
                                                        shown(one.before()),
                                                        shown(one.now()))));
        return text.toString();
    }

    private static String shown(String value) {
        return value.isEmpty() ? NOT_SET : value.replace("\n", " and ");
    }

    /// What came of it, for machines.
    static Json json(String name, Change change) {
        Json.Members changed = Json.object();
        for (Map.Entry<String, Difference> one : change.differences().entrySet()) {
            Json.Members values =
                    Json.object()
                            .with("before", one.getValue().before())
                            .with("now", one.getValue().now());
            changed = changed.with(one.getKey(), values);
        }
        return RegistryTask.json(name, change.now())
                .with("epoch", change.epoch())
                .with("changed", changed);
    }
}
