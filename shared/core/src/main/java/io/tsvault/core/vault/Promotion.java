package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.MalformedJson;
import io.tsvault.core.json.WrongShape;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.record.LogName;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How far each log of a copy had come when it was promoted, in `promoted.json`: a copy may be
/// promoted while it is made, when chunks and pages are there before their records. What a log had
/// then and has no longer is lost.
///
/// @param heads the numbers of the newest records, by the paths of the logs
record Promotion(Map<String, Long> heads) {
    /// Copies the map.
    Promotion {
        heads = Map.copyOf(heads);
    }

    /// The number of the newest record that this log had then.
    long seq(LogName log) {
        return heads.getOrDefault(log.path(), 0L);
    }

    Json json() {
        Map<String, Json> json = new TreeMap<>();
        heads.forEach((log, seq) -> json.put(log, Json.of(Long.toString(seq))));
        return Json.of(json);
    }

    /// Empty when it was not told.
    static Optional<Promotion> read(byte[] bytes) {
        try {
            Map<String, String> told =
                    Fields.read(
                            Json.parse(bytes, "it"),
                            Unknown.IGNORED,
                            f -> f.has("heads") ? f.strings("heads") : Map.of());
            Map<String, Long> heads = new TreeMap<>();
            told.forEach((log, seq) -> heads.put(log, Long.parseLong(seq)));
            return Optional.of(new Promotion(heads)).filter(_ -> !told.isEmpty());
        } catch (MalformedJson | WrongShape | NumberFormatException e) {
            throw new DamagedVault(
                    Mark.PROMOTED.text(), "it does not tell of a promotion: " + e.getMessage());
        }
    }
}
