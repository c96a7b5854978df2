package io.tsvault.core.series;

import java.util.ArrayList;
import java.util.List;

/// How PromQL spells series, names and strings.
final class Names {
    private Names() {}

    /// A whole series: `up{job="node"}`.
    static String series(Labels labels) {
        StringBuilder text = new StringBuilder();
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.name(i);
            String value = labels.value(i);
            if (name.equals(Labels.METRIC_NAME) && isMetric(value)) {
                text.append(value);
            } else {
                rest.add(label(name) + "=" + quoted(value));
            }
        }
        return rest.isEmpty() && !text.isEmpty()
                ? text.toString()
                : text.append('{').append(String.join(", ", rest)).append('}').toString();
    }

    /// May it stand bare as a metric name? Others are quoted since Prometheus 3.
    static boolean isMetric(String name) {
        return isBare(name, true);
    }

    /// A label name, quoted where it must be.
    static String label(String name) {
        return isBare(name, false) ? name : quoted(name);
    }

    /// A string in double quotes.
    static String quoted(String value) {
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + '"';
    }

    /// May this character stand in a bare name, at its start or later?
    static boolean mayStand(char c, boolean first, boolean colons) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        boolean digit = c >= '0' && c <= '9';
        return letter || (colons && c == ':') || (digit && !first);
    }

    private static boolean isBare(String name, boolean colons) {
        for (int i = 0; i < name.length(); i++) {
            if (!mayStand(name.charAt(i), i == 0, colons)) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
