package io.tsvault.prometheus.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Parameters of a request, in order; a name may come several times, as `match[]` does.
///
/// @param encoded `name=value&name=value`, as forms and queries are written
public record Form(String encoded) {
    /// No parameters.
    public static final Form EMPTY = new Form("");

    /// From `name, value, name, value...`.
    public static Form of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    namesAndValues.length + " strings: a parameter without a value");
        }
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.add(escaped(namesAndValues[i]) + "=" + escaped(namesAndValues[i + 1]));
        }
        return new Form(String.join("&", pairs));
    }

    /// These and one more.
    public Form and(String name, String value) {
        return new Form((encoded.isEmpty() ? "" : encoded + "&") + of(name, value).encoded);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
