package io.tsvault.core.restore;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Settled;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// What of some streams a standby is to get next. Pure.
///
/// ```text
/// settled     [####|####|####|    |####|    |####]
///              brought ^    ^ watermark, the earliest of all streams
///                      next        ahead     ahead
/// ```
///
/// @param next up to the watermark, times of the backup: nothing will ever come before its end
/// @param ahead what is kept behind a slice that is not: for those who take any order. By stream
///     and number of the record
record Due(Optional<TimeRange> next, SortedMap<String, TimeRange> ahead) {
    /// @param left all that is wanted and not yet brought, times of the backup
    static Due of(List<StreamLog> logs, TimeRange left) {
        long fromMs = Long.MAX_VALUE;
        long toMs = Long.MAX_VALUE;
        for (StreamLog log : logs) {
            OptionalLong beginsMs = beginsMs(log.state(), left.startMs());
            fromMs = Math.min(fromMs, beginsMs.orElse(Long.MAX_VALUE));
            toMs = Math.min(toMs, watermarkMs(log.state(), beginsMs).orElse(Long.MIN_VALUE));
        }
        Optional<TimeRange> next =
                fromMs < toMs ? Optional.of(new TimeRange(fromMs, toMs)) : Optional.empty();
        return new Due(next, ahead(logs, Math.max(left.startMs(), toMs)));
    }

    /// Where it begins to have anything of this time, as far as any record tells.
    private static OptionalLong beginsMs(StreamState state, long fromMs) {
        OptionalLong earliest = state.earliestMs();
        return earliest.isPresent()
                ? OptionalLong.of(Math.max(fromMs, earliest.getAsLong()))
                : earliest;
    }

    private static OptionalLong watermarkMs(StreamState state, OptionalLong beginsMs) {
        if (beginsMs.isEmpty()) {
            return beginsMs;
        }
        long fromMs = beginsMs.getAsLong();
        return OptionalLong.of(
                state.slices().stream()
                        .map(Settled::slice)
                        .filter(slice -> slice.contains(fromMs))
                        .mapToLong(slice -> state.watermarkMs(slice.startMs()))
                        .findFirst()
                        .orElse(fromMs));
    }

    private static SortedMap<String, TimeRange> ahead(List<StreamLog> logs, long fromMs) {
        SortedMap<String, TimeRange> ahead = new TreeMap<>();
        for (StreamLog log : logs) {
            for (Settled settled : log.state().slices()) {
                TimeRange slice = settled.slice();
                if (slice.endMs() > fromMs && !settled.chunks().isEmpty()) {
                    String name = "%s@%d".formatted(log.name().id(), settled.seq());
                    ahead.put(
                            name, new TimeRange(Math.max(fromMs, slice.startMs()), slice.endMs()));
                }
            }
        }
        return ahead;
    }
}
