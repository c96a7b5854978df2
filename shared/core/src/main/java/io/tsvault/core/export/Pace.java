package io.tsvault.core.export;

import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.record.Event.Capture;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// How long a slice takes. Nobody knows that of the next one: half as long again as the slowest of
/// this run is a fair guess, and before the first what the last run has recorded.
final class Pace {
    private static final String TOOK = "took";

    private final Deadline deadline;
    private final Duration recorded;
    private Duration slowest = Duration.ZERO;

    Pace(Deadline deadline, StreamState state) {
        this.deadline = deadline;
        this.recorded =
                state.newestCapture()
                        .map(Capture::notes)
                        .flatMap(notes -> Optional.ofNullable(notes.get(TOOK)))
                        .map(Duration::parse)
                        .orElse(Duration.ZERO);
    }

    /// Will another slice be done in time? What is recorded to take longer than there is time for
    /// is tried all the same while nearly all of the time is left: else it would never be tried
    /// again, and nobody be told.
    boolean allowsAnother() {
        if (deadline.isOver()) {
            return false;
        }
        boolean isFirst = slowest.isZero();
        Duration guess = isFirst ? recorded : slowest.multipliedBy(3).dividedBy(2);
        return deadline.allows(guess) || (isFirst && deadline.isFar());
    }

    <T> T timed(Supplier<T> work) {
        Instant begun = deadline.clock().instant();
        try {
            return work.get();
        } finally {
            Duration took = Duration.between(begun, deadline.clock().instant());
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
    }

    /// For the next run: up to twice as long as it was, so that records of slices that are alike
    /// stay alike.
    static void noteIn(Map<String, String> notes, Duration took) {
        long seconds = Math.max(1, took.toSeconds() + (took.toNanosPart() > 0 ? 1 : 0));
        notes.put(TOOK, Duration.ofSeconds(Long.highestOneBit((2 * seconds) - 1)).toString());
    }
}
