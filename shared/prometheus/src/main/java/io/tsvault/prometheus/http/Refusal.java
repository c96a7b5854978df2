package io.tsvault.prometheus.http;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.MalformedJson;
import io.tsvault.core.source.TooMuch;

import org.apache.hc.client5.http.utils.DateUtils;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an answer without success means.
final class Refusal {
    private static final int MOST_BYTES = 8 << 10;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private static final List<String> TOO_MUCH =
            List.of("maximum resolution", "sample limit", "too many samples", "timed out");

    private final Exchange exchange;
    private final String said;
    private final String message;

    private Refusal(Exchange exchange, Failures failures) {
        this.exchange = exchange;
        this.said = said(exchange);
        this.message = failures.place() + ": " + exchange.status() + " " + said;
    }

    static RuntimeException of(Exchange exchange, Failures failures) {
        return new Refusal(exchange, failures).meaning();
    }

    private RuntimeException meaning() {
        return switch (exchange.status()) {
            case 401, 403 ->
                    new Permanent(
                            message
                                    + "; mend the secret or its rights: if one is named, it was"
                                    + " read anew");
            case 404 ->
                    new Permanent(message + "; does the url hold the path in front of /api/v1?");
            case 422, 504 -> new TooMuch(message);
            case 429 -> retry();
            case 400, 500, 503 -> saysTooMuch() ? new TooMuch(message) : other();
            default -> other();
        };
    }

    private boolean saysTooMuch() {
        String lower = said.toLowerCase(Locale.ROOT);
        return TOO_MUCH.stream().anyMatch(lower::contains);
    }

    private RuntimeException other() {
        return switch (exchange.status() / 100) {
            case 3 ->
                    new Permanent(
                            message
                                    + "; it is not followed. Is "
                                    + exchange.header("Location")
                                            .map(Refusal::host)
                                            .orElse("nothing")
                                    + " what the url should name?");
            case 5 -> retry();
            default -> new Permanent(message);
        };
    }

    /// Only the host: a path may hold a token.
    private static String host(String location) {
        try {
            URI uri = URI.create(location);
            return uri.getHost() == null ? "another path" : Text.shown(uri.getHost());
        } catch (IllegalArgumentException _) {
            return "something unreadable";
        }
    }

    private Transient retry() {
        return exchange.header("Retry-After")
                .flatMap(this::wait)
                .map(wait -> new Transient(message, wait))
                .orElseGet(() -> new Transient(message));
    }

    private Optional<Duration> wait(String retryAfter) {
        if (SECONDS.matcher(retryAfter).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        Instant now = exchange.serverClock().orElseGet(Instant::now);
        return Optional.ofNullable(DateUtils.parseStandardDate(retryAfter))
                .map(then -> Duration.between(now, then))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static String said(Exchange exchange) {
        byte[] body;
        try {
            body = exchange.body().readNBytes(MOST_BYTES);
        } catch (IOException | RuntimeException _) {
            return "(and what it says about it cannot be read)";
        }
        return Text.shown(envelope(body).orElseGet(() -> firstLine(body)));
    }

    /// The `error` of `{"status":"error","errorType":"...","error":"..."}`.
    private static Optional<String> envelope(byte[] body) {
        try {
            return Json.parse(body, "the error") instanceof Json.Members(var members)
                            && members.get("error") instanceof Json.Text(String error)
                    ? Optional.of(error)
                    : Optional.empty();
        } catch (MalformedJson _) {
            return Optional.empty();
        }
    }

    private static String firstLine(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).strip().lines().findFirst().orElse("");
    }
}
