package io.tsvault.lab.twin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The parameters of a request to the query API: of the form in its body first, then of its URL.
record Parameters(Map<String, List<String>> values, Generation generation) {
    static Parameters of(Request request, Generation generation) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (request.header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
            collect(request.body().toStringUtf8(), values);
        }
        collect(request.rawQuery(), values);
        return new Parameters(values, generation);
    }

    private static void collect(String form, Map<String, List<String>> values) {
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!pair.isEmpty()) {
                values.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
            }
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.badData("error parsing form values: " + e.getMessage());
        }
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// The first value; empty when there is none.
    String text(String name) {
        return all(name).isEmpty() ? "" : all(name).getFirst();
    }

    /// A time that has to be there, in milliseconds.
    long timeMs(String name) {
        return GoTime.parseMs(text(name))
                .orElseThrow(() -> ApiError.badParameter(name, noTimestamp(name)));
    }

    /// A time that may be left out, in milliseconds.
    long timeMs(String name, long defaultMs) {
        if (text(name).isEmpty()) {
            return defaultMs;
        }
        String invalid = generation.isAtLeast(Generation.V3_5) ? "invalid" : "Invalid";
        return GoTime.parseMs(text(name))
                .orElseThrow(
                        () ->
                                ApiError.badParameter(
                                        name,
                                        invalid
                                                + " time value for '"
                                                + name
                                                + "': "
                                                + noTimestamp(name)));
    }

    private String noTimestamp(String name) {
        return "cannot parse " + GoText.quoted(text(name)) + " to a valid timestamp";
    }

    /// A duration that has to be there, in nanoseconds.
    long nanos(String name) {
        return GoTime.parseNanos(text(name))
                .orElseThrow(
                        () ->
                                ApiError.badParameter(
                                        name,
                                        "cannot parse "
                                                + GoText.quoted(text(name))
                                                + " to a valid duration"));
    }

    /// The duration, when it was given.
    Optional<Long> optionalNanos(String name) {
        return text(name).isEmpty() ? Optional.empty() : Optional.of(nanos(name));
    }

    /// How many results are wanted, when that is limited. Older generations do not look at it.
    OptionalInt limit(Generation since) {
        String text = text("limit");
        if (text.isEmpty() || !generation.isAtLeast(since)) {
            return OptionalInt.empty();
        }
        int limit;
        try {
            limit = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw ApiError.badParameter(
                    "limit", "strconv.Atoi: parsing " + GoText.quoted(text) + ": invalid syntax");
        }
        if (limit < 0) {
            throw ApiError.badParameter("limit", "limit must be non-negative");
        }
        return limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit);
    }
}
