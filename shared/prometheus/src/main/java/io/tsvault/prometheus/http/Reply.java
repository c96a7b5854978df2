package io.tsvault.prometheus.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a server said to a write, whatever it said.
///
/// @param status of HTTP
/// @param headers by their names in lower case
/// @param message its own words, for people; empty when there are none
/// @param askedWait how long it wants to be left alone, if it said so
public record Reply(
        int status, Map<String, String> headers, String message, Optional<Duration> askedWait) {
    /// Copies the map.
    public Reply {
        headers = Map.copyOf(headers);
    }
}
