package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.MalformedJson;
import io.tsvault.core.json.WrongShape;
import io.tsvault.core.vault.record.LogName;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How far each log of a copy had come at some time: what a log had then and has no longer is lost.
///
/// | in | when |
/// |---|---|
/// | `copied/` | somebody who made the copy was done ([Finished]) |
/// | `promoted.json` | it was promoted, perhaps while it was made |
///
/// @param heads the numbers of the newest records, by the paths of the logs
record Heads(Map<String, Long> heads) {
    /// Some fifty thousand logs.
    static final int MOST_BYTES = 1 << 22;

    /// Copies the map.
    Heads {
        heads = Map.copyOf(heads);
        heads.forEach(
                (log, seq) -> {
                    if (LogName.parse(log).isEmpty() || seq < 0) {
                        throw new IllegalArgumentException(log + " has no head " + seq);
                    }
                });
    }

    /// These, and what others tell of the same copy: of each log, the further one.
    Heads and(Heads more) {
        Map<String, Long> all = new TreeMap<>(heads);
        more.heads.forEach((log, seq) -> all.merge(log, seq, Math::max));
        return new Heads(all);
    }

    /// The number of the newest record that this log had then.
    long seq(LogName log) {
        return heads.getOrDefault(log.path(), 0L);
    }

    /// The names of what had a record then, in this folder.
    List<String> names(String folder) {
        return heads.entrySet().stream()
                .filter(head -> head.getValue() > 0)
                .map(head -> new LogName(head.getKey()))
                .filter(log -> log.path().equals(folder + log.id()))
                .map(LogName::id)
                .sorted()
                .toList();
    }

    Json json() {
        Map<String, Json> json = new TreeMap<>();
        heads.forEach((log, seq) -> json.put(log, Json.of(Long.toString(seq))));
        return Json.of(json);
    }

    /// @param id of the vault
    /// @param key of the object that these bytes are
    /// @throws DamagedVault when this tells of no heads, or of those of another vault
    static Heads read(byte[] bytes, String id, String key) {
        Description.require(id, bytes, key);
        try {
            Map<String, String> told =
                    Fields.read(Json.parse(bytes, "it"), Unknown.IGNORED, f -> f.strings("heads"));
            Map<String, Long> heads = new TreeMap<>();
            told.forEach((log, seq) -> heads.put(log, Long.parseLong(seq)));
            return new Heads(heads);
        } catch (MalformedJson | WrongShape | IllegalArgumentException e) {
            throw new DamagedVault(
                    key, "it does not tell the heads of its logs: " + e.getMessage());
        }
    }
}
