package io.tsvault.core.vault.retention;

import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Revision;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.OfChunk;
import io.tsvault.core.vault.record.LogName;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Slices that were captured, and settled by another run long after. A run that is cut off leaves
/// one such slice, and the next run keeps that one first; so when a later one was captured while it
/// waited, the record that settled it at first may have been lost:
///
/// ```text
/// cut off twice    [captured .. settled]   [captured .. settled]
/// records lost     [captured .......... settled]
///                     [captured ........ settled]
/// ```
///
/// @param state of the stream, as it is read
record Overtaken(LogName log, StreamState state) {
    /// No run takes longer between a chunk and its record; two runs at once may both capture.
    private static final Duration LONGEST_RUN = Duration.ofHours(1);

    /// A slice between its oldest chunk that no record names, and its record.
    private record Wait(long capturedMs, long settledMs) {
        boolean isLong() {
            return settledMs - LONGEST_RUN.toMillis() > capturedMs;
        }

        Wait and(Wait other) {
            return new Wait(
                    Math.min(capturedMs, other.capturedMs), Math.max(settledMs, other.settledMs));
        }
    }

    /// How many of these chunks' slices waited while another did.
    ///
    /// @param garbage chunks that no record names, among others
    int slices(List<StoredObject> garbage) {
        Map<Long, Settled> settled = new HashMap<>();
        state.slices().forEach(slice -> settled.put(slice.slice().startMs(), slice));
        Map<Long, Wait> waits = new HashMap<>();
        for (StoredObject object : garbage) {
            Optional<OfChunk> chunk = ObjectKey.chunk(log, object.key());
            long startMs = chunk.map(of -> of.start().toEpochMilli()).orElse(Long.MIN_VALUE);
            Settled by = settled.get(startMs);
            if (chunk.isPresent() && by != null && isOfAnother(chunk.get(), by)) {
                Wait wait = new Wait(object.created().toEpochMilli(), settledMs(by));
                waits.merge(startMs, wait, Wait::and);
            }
        }
        return together(
                waits.values().stream()
                        .filter(Wait::isLong)
                        .sorted(Comparator.comparingLong(Wait::capturedMs))
                        .toList());
    }

    private static boolean isOfAnother(OfChunk chunk, Settled by) {
        return by.chunks().stream().noneMatch(kept -> kept.attempt().equals(chunk.attempt()));
    }

    private static int together(List<Wait> inOrder) {
        int later = 0;
        long untilMs = Long.MIN_VALUE;
        for (Wait wait : inOrder) {
            later += wait.capturedMs() < untilMs ? 1 : 0;
            untilMs = Math.max(untilMs, wait.settledMs());
        }
        return later == 0 ? 0 : later + 1;
    }

    /// Nothing is kept of when a gap was told; what is there of one was captured, at any rate.
    private static long settledMs(Settled settled) {
        long without = settled.status() == Status.GAP ? Long.MAX_VALUE : 0;
        return settled.revisions().stream()
                .mapToLong(Revision::writtenMs)
                .findFirst()
                .orElse(without);
    }
}
