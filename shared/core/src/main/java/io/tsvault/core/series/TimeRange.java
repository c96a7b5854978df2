package io.tsvault.core.series;

import java.time.Duration;
import java.time.Instant;

/// A half-open stretch of time: `startMs` belongs to it, `endMs` does not. Milliseconds, UTC. An
/// end
/// of [Long#MAX_VALUE] is no end: that instant belongs to it too.
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

    /// How long it is.
    public Duration length() {
        return Duration.ofMillis(Math.subtractExact(endMs, startMs));
    }
}
