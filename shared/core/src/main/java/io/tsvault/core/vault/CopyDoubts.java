package io.tsvault.core.vault;

import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Reached;
import io.tsvault.core.vault.VaultCheck.Remedy;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Why a copy may not have all that the vault of which it is one has, though each log of it is
/// sound. Whoever copies may be cut off between two logs, and leave no other trace than these.
///
/// | what happened | what tells |
/// |---|---|
/// | it was never finished | nobody says that he was done ([Finished]) |
/// | a later copy was cut off | a log is further than those say who were done |
/// | that within a stream | a chunk waits for its record, or a page for its records ([Remains]) |
/// | records are lost | a log is less far |
///
/// @param finished how far each log had come by all who were done
record CopyDoubts(Vault vault, Optional<Heads> finished) {
    /// Before the logs are read: what comes later is of one who copies at this moment.
    static CopyDoubts of(Vault vault) {
        return new CopyDoubts(vault, new Finished(vault.store(), vault.id()).heads());
    }

    /// @param logs all that are here
    List<Problem> list(List<Reached> logs) {
        List<Problem> doubts = new ArrayList<>();
        finished.ifPresentOrElse(
                then -> doubts.addAll(changed(then, logs)),
                () -> doubts.add(doubt(ObjectKey.COPIED, "nobody who copied to here was done")));
        vault.streams().forEach(stream -> waiting(stream).ifPresent(doubts::add));
        return doubts;
    }

    private static List<Problem> changed(Heads finished, List<Reached> logs) {
        Map<String, Long> now = new TreeMap<>();
        finished.heads().keySet().forEach(log -> now.put(log, 0L));
        logs.forEach(log -> now.put(log.name().path(), log.head().seq()));
        List<Problem> doubts = new ArrayList<>();
        now.forEach((log, seq) -> changed(finished, new LogName(log), seq).ifPresent(doubts::add));
        return doubts;
    }

    private static Optional<Problem> changed(Heads finished, LogName log, long now) {
        long then = finished.seq(log);
        if (now == then) {
            return Optional.empty();
        }
        String what =
                now > then
                        ? "it came after the last copy that was finished"
                        : "records %d to %d are lost: they were here when a copy was finished"
                                .formatted(now + 1, then);
        return Optional.of(doubt(ObjectKey.record(log, Math.min(now, then) + 1), what));
    }

    private Optional<Problem> waiting(String stream) {
        StreamObjects objects = vault.stream(stream).objects();
        return objects.unfinished(objects.list());
    }

    private static Problem doubt(String key, String what) {
        return new Problem(key, "%s; %s".formatted(what, Remedy.UNFINISHED), Remedy.COPY_AGAIN);
    }
}
