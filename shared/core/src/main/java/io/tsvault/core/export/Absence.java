package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.SliceCapture.Turn;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.Event.Empty;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.OfSlice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Nothing came: is there nothing? That a selector matches nothing, that a server was down, and
/// that it has forgotten, all look the same until it is asked for something else.
final class Absence {
    static final String EXPIRED = "expired-at-source";
    static final String NO_DATA = "no-data-at-source";
    private static final String NEVER = "nothing of this stream was ever seen";

    private final Line line;

    Absence(Line line) {
        this.line = line;
    }

    /// What is to be recorded of a slice that was read twice and gave nothing. All that the source
    /// has forgotten is one gap, however many slices it would be.
    ///
    /// @throws Doubt when it cannot be told yet
    OfSlice of(Turn turn) {
        TimeRange slice = turn.slice();
        if (has(slice)) {
            return new Empty(slice, line.capture(warnings(slice), Map.of()));
        }
        Optional<Instant> oldest = line.source().oldest(StreamConfig.EVERYTHING);
        if (oldest.isPresent() && oldest.get().toEpochMilli() >= slice.endMs()) {
            long knownMs = line.aligned(oldest.get().toEpochMilli());
            long endMs = Math.max(slice.endMs(), Math.min(knownMs, turn.reachMs()));
            return new Gap(new TimeRange(slice.startMs(), endMs), EXPIRED);
        }
        long nowMs = line.abilities().clock().toEpochMilli();
        boolean after = slice.endMs() < nowMs && has(new TimeRange(slice.endMs(), nowMs));
        if (oldest.isEmpty() || !after) {
            throw Doubt.silent(
                    "nothing came, and the source has nothing later either; is it the right one,"
                            + " and is it whole?");
        }
        return new Gap(slice, NO_DATA);
    }

    private List<String> warnings(TimeRange slice) {
        List<String> warnings = new ArrayList<>();
        if (!matchedBefore()) {
            warnings.add(NEVER);
        }
        long between = Completeness.isPossible(line) ? 0 : counted(slice);
        if (between > 0) {
            warnings.add("the source counts %,d samples, and none at any step".formatted(between));
        }
        return warnings;
    }

    private long counted(TimeRange slice) {
        return line.config().selectors().stream()
                .flatMap(selector -> line.source().count(selector, slice).values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private boolean has(TimeRange range) {
        return new Presence(line.source()).in(range);
    }

    private boolean matchedBefore() {
        return line.log().state().slices().stream()
                .map(Settled::chunks)
                .anyMatch(c -> !c.isEmpty());
    }
}
