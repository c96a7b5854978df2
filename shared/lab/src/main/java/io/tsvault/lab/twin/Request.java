package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import java.util.Map;
import java.util.TreeMap;

/// What a client sent, read to its end.
///
/// @param headers the first value of each, names in any case
record Request(
        String method, String path, String rawQuery, Map<String, String> headers, ByteString body) {
    Request {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
