package io.tsvault.lab.generator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that runs faster than the real one: a day of a fleet in some minutes.
///
/// @param real what it is driven by
/// @param realStart when `real` says this, it is `start` here
/// @param speed virtual seconds per real second, at least 1
public record FastClock(InstantSource real, Instant realStart, Instant start, int speed)
        implements InstantSource {
    public FastClock {
        if (speed < 1) {
            throw new IllegalArgumentException("speed " + speed + ": give at least 1");
        }
    }

    /// A clock of this machine that is at `start` now.
    public static FastClock startingAt(Instant start, int speed) {
        InstantSource system = InstantSource.system();
        return new FastClock(system, system.instant(), start, speed);
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.between(realStart, real.instant()).multipliedBy(speed));
    }
}
