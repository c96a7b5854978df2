package io.tsvault.lab.generator;

import io.tsvault.core.series.Labels;

import java.util.regex.Pattern;

/// How the text formats of Prometheus spell a series and a number.
final class TextFormat {
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /// Whole numbers below are written without an exponent.
    private static final double LONG_TEXT = 1e15;

    private TextFormat() {}

    /// The metric name of a series.
    ///
    /// @throws IllegalArgumentException when it has none that every Prometheus can read
    static String metric(Labels labels) {
        String metric = labels.get(Labels.METRIC_NAME).orElse("");
        requireBare(METRIC, metric, labels);
        return metric;
    }

    /// `up{job="node"}`.
    ///
    /// @throws IllegalArgumentException when a name needs quotes, which only Prometheus 3 reads
    static String series(Labels labels) {
        StringBuilder text = new StringBuilder(metric(labels));
        char separator = '{';
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.name(i);
            if (!name.equals(Labels.METRIC_NAME)) {
                requireBare(LABEL, name, labels);
                text.append(separator).append(name).append("=\"");
                text.append(escaped(labels.value(i))).append('"');
                separator = ',';
            }
        }
        return separator == '{' ? text.toString() : text.append('}').toString();
    }

    /// The shortest decimal number that reads back as the same bits; all NaNs are the same.
    static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean isNegativeZero = value == 0 && 1 / value < 0;
        boolean isShortWhole = value == Math.rint(value) && Math.abs(value) < LONG_TEXT;
        return isShortWhole && !isNegativeZero
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static void requireBare(Pattern form, String name, Labels labels) {
        if (!form.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    labels + ": the text format cannot spell the name '" + name + "'");
        }
    }
}
