package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.VaultCheck.Problem;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What of a vault is not as it was written, for people and for machines.
///
/// @param hints what more can be said, by the keys of the problems
record Damage(List<Problem> problems, Map<String, String> hints) {
    Damage {
        problems = List.copyOf(problems);
    }

    Damage(List<Problem> problems) {
        this(problems, Map.of());
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /// A line for each, and one for its hint.
    String text(String before) {
        return problems.stream()
                .map(problem -> line(before, problem))
                .collect(Collectors.joining());
    }

    private String line(String before, Problem problem) {
        String line = "%s%s: %s%n".formatted(before, problem.key(), problem.what());
        return hints.containsKey(problem.key())
                ? line + "    %s%n".formatted(hints.get(problem.key()))
                : line;
    }

    Json json() {
        return Json.of(problems.stream().map(this::json).toList());
    }

    private Json json(Problem problem) {
        Json.Members json = Json.object().with("key", problem.key()).with("what", problem.what());
        return hints.containsKey(problem.key())
                ? json.with("hint", hints.getOrDefault(problem.key(), ""))
                : json;
    }
}
