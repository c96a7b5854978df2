package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import java.util.LinkedHashMap;
import java.util.Map;

/// What goes back to a client.
///
/// @param status 0: nothing at all, the connection is closed
record Reply(int status, Map<String, String> headers, ByteString body) {
    /// The handler of the real server panics here: the client sees a closed connection.
    static final Reply HANG_UP = new Reply(0, Map.of(), ByteString.EMPTY);

    static final Reply NO_CONTENT = new Reply(204, Map.of(), ByteString.EMPTY);

    static final String CONTENT_TYPE = "Content-Type";

    /// Plain text, as Go's error handler sends it.
    static Reply text(int status, String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(CONTENT_TYPE, "text/plain; charset=utf-8");
        headers.put("X-Content-Type-Options", "nosniff");
        return new Reply(status, headers, ByteString.copyFromUtf8(text + "\n"));
    }

    static Reply json(int status, String json) {
        return of("application/json", ByteString.copyFromUtf8(json)).withStatus(status);
    }

    static Reply of(String contentType, ByteString body) {
        return new Reply(200, Map.of(CONTENT_TYPE, contentType), body);
    }

    Reply withStatus(int other) {
        return new Reply(other, headers, body);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }
}
