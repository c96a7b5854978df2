package io.tsvault.lab.generator;

import java.time.Duration;
import java.time.Instant;

/// When a fleet is scraped: every `interval` from `start` on, for `length`. Each target has its own
/// phase inside the interval.
///
/// @param interval whole milliseconds, at least 1 s: a late scrape must still come before the next
/// @param length at least one interval; what is left over behind the last whole one is not used
public record Schedule(Instant start, Duration interval, Duration length) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public Schedule {
        if (interval.compareTo(SHORTEST) < 0 || !isWholeMillis(interval)) {
            throw new IllegalArgumentException(
                    "interval " + interval + ": give whole milliseconds, at least " + SHORTEST);
        }
        if (length.compareTo(interval) < 0) {
            throw new IllegalArgumentException(
                    "length " + length + " is shorter than the interval " + interval);
        }
        if (length.toMillis() / interval.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "length " + length + " has more than 2^31 intervals of " + interval);
        }
    }

    /// How often each target is scraped.
    public int scrapes() {
        return (int) (length.toMillis() / intervalMs());
    }

    static boolean isWholeMillis(Duration duration) {
        return duration.equals(Duration.ofMillis(duration.toMillis()));
    }

    long startMs() {
        return start.toEpochMilli();
    }

    long endMs() {
        return start.plus(length).toEpochMilli();
    }

    long intervalMs() {
        return interval.toMillis();
    }
}
