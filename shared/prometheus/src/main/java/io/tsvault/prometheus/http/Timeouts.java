package io.tsvault.prometheus.http;

import java.time.Duration;

/// How long one waits.
///
/// @param connect for a connection
/// @param firstByte for the head of the answer
/// @param idle for the next bytes of a body
/// @param total for all of it
record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {
    /// The total leaves a function of 15 minutes time to say what happened.
    static final Timeouts USUAL =
            new Timeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10));
}
