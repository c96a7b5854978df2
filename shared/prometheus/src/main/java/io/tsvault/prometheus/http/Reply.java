package io.tsvault.prometheus.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// What a server said to a write, whatever it said.
///
/// @param status of HTTP
/// @param message its own words, for people; empty when there are none
/// @param askedWait how long it wants to be left alone, if it said so
/// @param header by its name
public record Reply(
        int status,
        String message,
        Optional<Duration> askedWait,
        Function<String, Optional<String>> header) {}
