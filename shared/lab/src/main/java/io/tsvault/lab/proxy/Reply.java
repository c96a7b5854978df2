package io.tsvault.lab.proxy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An answer that the proxy gives itself, framed with its true length.
///
/// @param body sent as UTF-8
public record Reply(int status, Map<String, String> headers, String body) {
    /// The one date format that a sender may use (RFC 9110, 5.6.7): two digits for the day, always.
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    public Reply {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is not in 200..599");
        }
        if (Framing.isBodiless(status) && !body.isEmpty()) {
            throw new IllegalArgumentException("a " + status + " has no body");
        }
        headers.forEach(Head::requireFree);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// A status without text.
    public static Reply status(int status) {
        return new Reply(status, Map.of(), "");
    }

    /// A 302 to there.
    public static Reply redirect(URI location) {
        return status(302).with("Location", location.toString());
    }

    /// With this header field.
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    /// With this body.
    public Reply text(String contentType, String text) {
        return new Reply(status, headers, text).with("Content-Type", contentType);
    }

    /// With `Retry-After` in seconds.
    public Reply retryAfter(Duration wait) {
        return with("Retry-After", Long.toString(wait.toSeconds()));
    }

    /// With `Retry-After` as a date.
    public Reply retryAfter(Instant when) {
        return with("Retry-After", httpDate(when));
    }

    Head head() {
        Head head = new Head("HTTP/1.1 " + status + " ", List.of());
        for (Map.Entry<String, String> field : headers.entrySet()) {
            head = head.with(field.getKey(), field.getValue());
        }
        return head;
    }

    /// As `Date`, `Retry-After` and `Last-Modified` carry it.
    public static String httpDate(Instant when) {
        return HTTP_DATE.format(when);
    }
}
