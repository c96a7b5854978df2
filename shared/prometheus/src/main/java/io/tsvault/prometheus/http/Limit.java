package io.tsvault.prometheus.http;

import java.time.Duration;
import java.time.Instant;

/// How long an exchange may take.
///
/// @param isOfRun is that all the time there is, and not what one exchange usually has?
record Limit(Duration time, boolean isOfRun) {
    static Limit of(Duration usual, Instant until, Instant now) {
        return until.equals(Instant.MAX) || now.plus(usual).isBefore(until)
                ? new Limit(usual, false)
                : new Limit(Duration.between(now, until), true);
    }
}
