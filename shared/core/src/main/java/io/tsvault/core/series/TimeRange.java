package io.tsvault.core.series;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A half-open stretch of time: `startMs` belongs to it, `endMs` does not. Milliseconds, UTC. An
/// end of [Long#MAX_VALUE] is no end: that instant belongs to it too.
public record TimeRange(long startMs, long endMs) {
    /// All of time.
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    public TimeRange {
        if (startMs >= endMs) {
            throw new IllegalArgumentException(
                    "startMs " + startMs + " is not before endMs " + endMs);
        }
    }

    /// From `start` until just before `end`.
    public static TimeRange of(Instant start, Instant end) {
        return new TimeRange(start.toEpochMilli(), end.toEpochMilli());
    }

    /// Is this instant inside?
    public boolean contains(long timestampMs) {
        return startMs <= timestampMs && (timestampMs < endMs || endMs == Long.MAX_VALUE);
    }

    /// Is there an instant that is inside of both?
    public boolean meets(TimeRange other) {
        return startMs < other.endMs && other.startMs < endMs;
    }

    /// Both, and what is between them.
    public TimeRange span(TimeRange other) {
        return new TimeRange(Math.min(startMs, other.startMs), Math.max(endMs, other.endMs));
    }

    /// Cuts it at the multiples of a width since 1970; the pieces are in order.
    public List<TimeRange> cut(long widthMs) {
        List<TimeRange> pieces = new ArrayList<>();
        long fromMs = startMs;
        while (fromMs < endMs) {
            long toMs = Math.min(endMs, Math.floorDiv(fromMs, widthMs) * widthMs + widthMs);
            pieces.add(new TimeRange(fromMs, toMs));
            fromMs = toMs;
        }
        return pieces;
    }

    /// How long it is.
    public Duration length() {
        return Duration.ofMillis(Math.subtractExact(endMs, startMs));
    }
}
