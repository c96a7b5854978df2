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
    /// Nobody reads more; machines get them all.
    private static final int MOST_LINES = 20;

    Damage {
        problems = List.copyOf(problems);
    }

    Damage(List<Problem> problems) {
        this(problems, Map.of());
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /// The code to exit with because of it.
    int code() {
        boolean odd = problems.stream().allMatch(Problem::isOdd);
        int code = odd ? Failure.WRONG_USE : Failure.NOT_WHOLE;
        return isEmpty() ? 0 : code;
    }

    /// What it comes to.
    String summary() {
        long damaged = problems.stream().filter(problem -> !problem.isOdd()).count();
        if (isEmpty()) {
            return "sound";
        }
        return damaged > 0 ? damaged + " damaged" : "in part of another version of tsvault";
    }

    /// What helps, a line for each thing.
    String remedies() {
        return problems.stream()
                .map(Damage::remedy)
                .distinct()
                .map("  %s%n"::formatted)
                .collect(Collectors.joining());
    }

    private static String remedy(Problem problem) {
        return switch (problem.remedy()) {
            case COPY -> Failure.remedy(problem.key());
            case REBUILD -> "make it anew of what else is here: tsvault vault repair";
            case RENAMED -> "put its bytes back in their place: tsvault vault repair";
            case COPY_AGAIN -> "copy again: tsvault --vault ORIGINAL vault copy HERE";
            case STRAY ->
                    "if a copy has a record there: tsvault vault repair --from OTHER; if none has,"
                            + " tsvault did not write it: move this file out of the vault";
            case AWAY -> "move it out of the vault: tsvault follows no link";
            case VERSION -> "read it with the version of tsvault that wrote it; it is no damage";
        };
    }

    /// A line for each of the first, and one for its hint.
    String text(String before) {
        String first =
                problems.stream()
                        .limit(MOST_LINES)
                        .map(problem -> line(before, problem))
                        .collect(Collectors.joining());
        int more = problems.size() - MOST_LINES;
        return more > 0
                ? first + "%sand %,d more; --json names all%n".formatted(before, more)
                : first;
    }

    private String line(String before, Problem problem) {
        String start = problem.isOdd() ? "  of another version: " : before;
        String line = "%s%s: %s%n".formatted(start, problem.key(), problem.what());
        return hints.containsKey(problem.key())
                ? line + "    %s%n".formatted(hints.get(problem.key()))
                : line;
    }

    Json json() {
        return Json.of(problems.stream().map(this::json).toList());
    }

    private Json json(Problem problem) {
        Json.Members json =
                Json.object()
                        .with("key", problem.key())
                        .with("what", problem.what())
                        .with("otherVersion", problem.isOdd());
        return hints.containsKey(problem.key())
                ? json.with("hint", hints.getOrDefault(problem.key(), ""))
                : json;
    }
}
