package io.tsvault.core.series;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The name of a series: label names and values as bytes, sorted by name, no name twice, nothing
/// empty. (To every query language an empty value is the same as no label.)
///
/// Ordered as Prometheus orders series: name, value, name, value by unsigned bytes, the shorter one
/// first.
public final class Labels implements Comparable<Labels> {
    /// The label that holds the metric name.
    public static final String METRIC_NAME = "__name__";

    /// No labels.
    public static final Labels NONE = ofBytes();

    private final byte[][] flat;

    private Labels(SortedMap<byte[], byte[]> values) {
        flat = new byte[2 * values.size()][];
        int i = 0;
        for (Map.Entry<byte[], byte[]> label : values.entrySet()) {
            flat[i++] = label.getKey();
            flat[i++] = label.getValue();
        }
    }

    /// From `name, value, name, value...` in any order.
    public static Labels of(String... namesAndValues) {
        byte[][] bytes = new byte[namesAndValues.length][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = namesAndValues[i].getBytes(StandardCharsets.UTF_8);
        }
        return ofBytes(bytes);
    }

    /// From a map of names to values.
    public static Labels of(Map<String, String> values) {
        return of(
                values.entrySet().stream()
                        .flatMap(e -> List.of(e.getKey(), e.getValue()).stream())
                        .toArray(String[]::new));
    }

    /// From `name, value, name, value...` as a server gave them; the arrays are copied.
    public static Labels ofBytes(byte[]... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a label name without a value");
        }
        SortedMap<byte[], byte[]> values = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            byte[] name = namesAndValues[i].clone();
            byte[] value = namesAndValues[i + 1].clone();
            if (name.length == 0 || value.length == 0) {
                throw new IllegalArgumentException(
                        "empty label: '" + text(name) + "' = '" + text(value) + "'");
            }
            if (values.put(name, value) != null) {
                throw new IllegalArgumentException("label twice: '" + text(name) + "'");
            }
        }
        return new Labels(values);
    }

    /// How many labels.
    public int size() {
        return flat.length / 2;
    }

    /// Name `i` in sorted order; bytes that are not UTF-8 show as U+FFFD.
    public String name(int i) {
        return text(flat[2 * i]);
    }

    /// The value of label `i`; bytes that are not UTF-8 show as U+FFFD.
    public String value(int i) {
        return text(flat[2 * i + 1]);
    }

    /// Name `i`, a copy of its bytes.
    public byte[] nameBytes(int i) {
        return flat[2 * i].clone();
    }

    /// The value of label `i`, a copy of its bytes.
    public byte[] valueBytes(int i) {
        return flat[2 * i + 1].clone();
    }

    /// The value of `name`, if it is there.
    public Optional<String> get(String name) {
        int i = indexOf(name);
        return i < 0 ? Optional.empty() : Optional.of(value(i));
    }

    /// The bytes that matchers see: those of the value, or none for an absent label.
    byte[] bytesOrEmpty(String name) {
        int i = indexOf(name);
        return i < 0 ? new byte[0] : flat[2 * i + 1];
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private int indexOf(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < size(); i++) {
            if (Arrays.equals(flat[2 * i], wanted)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int compareTo(Labels that) {
        return Arrays.compare(flat, that.flat, Arrays::compareUnsigned);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels that && Arrays.deepEquals(flat, that.flat);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(flat);
    }

    /// As PromQL writes it: `up{job="node"}`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (name(i).equals(METRIC_NAME) && Names.isMetric(value(i))) {
                text.append(value(i));
            } else {
                rest.add(Names.label(name(i)) + "=" + Names.quoted(value(i)));
            }
        }
        return rest.isEmpty() && !text.isEmpty()
                ? text.toString()
                : text.append('{').append(String.join(", ", rest)).append('}').toString();
    }
}
