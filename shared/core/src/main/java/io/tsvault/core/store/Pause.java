package io.tsvault.core.store;

import io.tsvault.core.failure.Transient;

import java.time.Duration;

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

    /// Waits so long.
    ///
    /// @throws Transient when there is no time for it
    void take(Duration time);
}
