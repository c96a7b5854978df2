package io.tsvault.lab.twin;

import io.tsvault.lab.twin.TwinOptions.Feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What 3.5 makes of the headers of a write.
///
/// @param message the full name of the message in the body; absent: nobody knows
/// @param complaints why the answer is 415; with a known message the body is stored all the same
record Negotiation(Optional<String> message, List<String> complaints) {
    static final String V1 = "prometheus.WriteRequest";
    static final String V2 = "io.prometheus.write.v2.Request";

    private static final String PROTOBUF = "application/x-protobuf";

    /// A parameter counts only when it is spelt `proto`, without a space before it.
    static Negotiation of(String contentType, String encoding, TwinOptions options) {
        String type = contentType.isBlank() ? PROTOBUF : contentType.strip();
        String[] parts = type.split(";", -1);
        if (!parts[0].equals(PROTOBUF)) {
            return unknown(
                    "expected %s as the first (media) part, got %s content-type"
                            .formatted(PROTOBUF, type));
        }
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", -1);
            if (pair.length != 2) {
                return unknown(
                        ("as per https://www.rfc-editor.org/rfc/rfc9110#parameter expected"
                                        + " parameters to be key-values, got %s in %s content-type")
                                .formatted(parts[i], type));
            }
            if (pair[0].equals("proto")) {
                return named(pair[1], type, encoding, options);
            }
        }
        return named(V1, type, encoding, options);
    }

    private static Negotiation unknown(String complaint) {
        return new Negotiation(Optional.empty(), List.of(complaint));
    }

    private static Negotiation named(
            String message, String type, String encoding, TwinOptions options) {
        if (!message.equals(V1) && !message.equals(V2)) {
            return unknown(
                    "got %s content type; unknown remote write protobuf message %s, supported: %s, %s"
                            .formatted(type, message, V1, V2));
        }
        List<String> complaints = new ArrayList<>();
        if (message.equals(V2) && !options.has(Feature.WRITE_2)) {
            complaints.add(
                    "%s protobuf message is not accepted by this server; accepted [%s]"
                            .formatted(V2, V1));
        }
        if (!encoding.isEmpty() && !encoding.toLowerCase(Locale.ROOT).equals("snappy")) {
            complaints.add(
                    encoding
                            + " encoding (compression) is not accepted by this server;"
                            + " only snappy is acceptable");
        }
        return new Negotiation(Optional.of(message), complaints);
    }
}
