package io.tsvault.core.export;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// By when a run has to be over.
///
/// @param until [Instant#MAX] for never
record Deadline(Clock clock, Instant begun, Instant until) {
    private static final int EARLY_PARTS = 10;

    static Deadline of(Clock clock, Instant until) {
        return new Deadline(clock, clock.instant(), until);
    }

    boolean isOver() {
        return !allows(Duration.ZERO);
    }

    /// Would that be done in time?
    boolean allows(Duration time) {
        return until.equals(Instant.MAX) || clock.instant().plus(time).isBefore(until);
    }

    /// Is less than a tenth of the time gone? Nobody will ever have more of it left.
    boolean isFar() {
        if (until.equals(Instant.MAX)) {
            return true;
        }
        Duration gone = Duration.between(begun, clock.instant());
        Duration whole = Duration.between(begun, until);
        return gone.multipliedBy(EARLY_PARTS).compareTo(whole) < 0;
    }
}
