package io.tsvault.core.store;

import io.tsvault.core.failure.Transient;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Waits, or only seems to.
public interface Pause {
    /// Really waits.
    Pause SLEEP =
            time -> {
                try {
                    Thread.sleep(time);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new Transient("interrupted while it waited to try again", e);
                }
            };

    /// Waits as this one does, but not past an end.
    default Pause until(Instant end, InstantSource clock) {
        return time -> {
            if (!end.equals(Instant.MAX) && clock.instant().plus(time).isAfter(end)) {
                throw new Transient("no time is left to wait for %d ms".formatted(time.toMillis()));
            }
            take(time);
        };
    }

    /// Waits so long.
    ///
    /// @throws Transient when there is no time for it
    void take(Duration time);
}
