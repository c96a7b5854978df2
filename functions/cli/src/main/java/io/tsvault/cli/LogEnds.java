package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.VaultRepair;
import io.tsvault.core.vault.VaultRepair.Further;
import io.tsvault.core.vault.record.LogName;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What a repair has to say of the ends of logs: no chain proves where a log ends.
///
/// @param further what OTHER has, and is not taken
/// @param aside keys of records that make way
/// @param captured how many slices have no record, although they have chunks
/// @param other where it is
record LogEnds(
        List<Further> further, List<String> aside, Map<LogName, Integer> captured, String other) {
    LogEnds {
        further = List.copyOf(further);
        aside = List.copyOf(aside);
    }

    static LogEnds of(VaultRepair repair, @Nullable String other) {
        return new LogEnds(
                repair.further(),
                repair.aside(),
                repair.captured(),
                other == null ? "OTHER" : other);
    }

    /// Is there no sign that more is lost?
    boolean isWhole() {
        return further.isEmpty() && captured.isEmpty();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        aside.forEach(
                key ->
                        text.append(
                                "makes way: %s; it tells of a try that failed, and of nothing else%n"
                                        .formatted(key)));
        further.forEach(log -> text.append(line(log)));
        captured.forEach((log, slices) -> text.append(line(log, slices)));
        return text.toString();
    }

    private String line(Further log) {
        return ("%s: %s goes on to record %d, and it ends at %d here; if this vault lost them, say"
                        + " --newer to take them%n")
                .formatted(log.log(), other, log.there(), log.here());
    }

    private static String line(LogName log, int slices) {
        return ("%s: %s are captured whose records are not back; use --from OTHER before the next"
                        + " backup%n")
                .formatted(log, Count.of(slices, "slice"));
    }

    Json.Members json() {
        return Json.object()
                .with("aside", aside)
                .with("further", Json.of(further.stream().map(LogEnds::json).toList()))
                .with("captured", captured.values().stream().mapToInt(n -> n).sum());
    }

    private static Json json(Further log) {
        return Json.object()
                .with("log", log.log().path())
                .with("here", log.here())
                .with("there", log.there());
    }
}
