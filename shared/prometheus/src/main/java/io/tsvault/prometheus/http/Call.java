package io.tsvault.prometheus.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One request, and what may come back. Immutable: each method gives a changed copy.
///
/// ```java
/// Call.post("/api/v1/query", Form.of("query", "up")).accepting("application/json")
/// ```
public final class Call {
    /// An answer of JSON is rarely a hundredth of it.
    private static final long MOST_BYTES = 256L << 20;

    private final String method;
    private final String target;
    private final byte[] body;
    private final Map<String, String> headers;
    private final List<String> mediaTypes;
    private final long mostBytes;

    private Call(
            String method, String target, byte[] body, Map<String, String> headers, Expected e) {
        this.method = method;
        this.target = target;
        this.body = body;
        this.headers = headers;
        this.mediaTypes = List.copyOf(e.mediaTypes);
        this.mostBytes = e.mostBytes;
    }

    private record Expected(List<String> mediaTypes, long mostBytes) {}

    private static final Expected ANYTHING = new Expected(List.of(), MOST_BYTES);

    /// A question.
    ///
    /// @param path below the URL of the server, from a slash on
    public static Call get(String path, Form query) {
        String target = query.encoded().isEmpty() ? path : path + "?" + query.encoded();
        return new Call("GET", target, new byte[0], Map.of("Accept-Encoding", "gzip"), ANYTHING);
    }

    /// Parameters that may be longer than a URL.
    public static Call post(String path, Form form) {
        Map<String, String> headers =
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Accept-Encoding",
                        "gzip");
        byte[] body = form.encoded().getBytes(StandardCharsets.UTF_8);
        return new Call("POST", path, body, headers, ANYTHING);
    }

    /// Bytes, which are not copied and must not change, with headers that say what they are.
    public static Call post(String path, byte[] body, Map<String, String> headers) {
        return new Call("POST", path, body, headers, ANYTHING);
    }

    /// What the answer may be; parameters behind a semicolon do not count. It then has to be a 200.
    /// Without this, it has to be any of 2xx without content.
    public Call accepting(String... types) {
        return new Call(method, target, body, headers, new Expected(List.of(types), mostBytes));
    }

    /// How many bytes, decoded, may come at most.
    public Call atMost(long bytes) {
        return new Call(method, target, body, headers, new Expected(mediaTypes, bytes));
    }

    /// With one more header.
    public Call with(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        Expected expected = new Expected(mediaTypes, mostBytes);
        return new Call(method, target, body, Collections.unmodifiableMap(more), expected);
    }

    String method() {
        return method;
    }

    /// Without parameters, which may be long.
    String path() {
        return target.split("\\?", 2)[0];
    }

    String target() {
        return target;
    }

    byte[] body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }

    List<String> mediaTypes() {
        return mediaTypes;
    }

    long mostBytes() {
        return mostBytes;
    }
}
