package io.tsvault.core.series;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The name of a series: label names and values as bytes, sorted by name, no name twice, nothing
/// empty. (To every query language an empty value is the same as no label.)
///
/// Kept as one byte string, the canonical form:
///
/// ```text
/// labels = { label }               names ascend by unsigned bytes
/// label  = name value
/// name   = length { byte }         length: LEB128 varint in its shortest form, not 0
/// value  = length { byte }
/// ```
///
/// Equal labels have equal bytes. To find string `i` all strings before it are walked, so that a
/// series costs little more memory than its text.
///
/// Ordered as Prometheus orders series: name, value, name, value by unsigned bytes, the shorter one
/// first. This is not the order of the canonical bytes.
public final class Labels implements Comparable<Labels> {
    /// The label that holds the metric name.
    public static final String METRIC_NAME = "__name__";

    /// No labels.
    public static final Labels NONE = new Labels(new byte[0]);

    private final byte[] canonical;

    private Labels(byte[] canonical) {
        CanonicalLabels.check(canonical);
        this.canonical = canonical;
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
        return new Labels(CanonicalLabels.write(namesAndValues));
    }

    /// From the canonical form, which is copied.
    ///
    /// @throws IllegalArgumentException when the bytes are anything else
    public static Labels ofSorted(byte[] canonical) {
        return new Labels(canonical.clone());
    }

    /// A copy of the canonical form.
    public byte[] bytes() {
        return canonical.clone();
    }

    /// How many bytes the canonical form has.
    public int byteLength() {
        return canonical.length;
    }

    /// Writes the canonical form into `target` from position `at` on.
    public void copyTo(byte[] target, int at) {
        System.arraycopy(canonical, 0, target, at, canonical.length);
    }

    /// How many labels.
    public int size() {
        LabelCursor strings = new LabelCursor(canonical);
        int size = 0;
        while (strings.next()) {
            strings.next();
            size++;
        }
        return size;
    }

    /// Name `i` in sorted order; bytes that are not UTF-8 show as U+FFFD.
    public String name(int i) {
        return atName(i).text();
    }

    /// The value of label `i`; bytes that are not UTF-8 show as U+FFFD.
    public String value(int i) {
        return atValue(i).text();
    }

    /// Name `i`, a copy of its bytes.
    public byte[] nameBytes(int i) {
        return atName(i).copy();
    }

    /// The value of label `i`, a copy of its bytes.
    public byte[] valueBytes(int i) {
        return atValue(i).copy();
    }

    /// The value of `name`, if it is there.
    public Optional<String> get(String name) {
        LabelCursor value = new LabelCursor(canonical);
        return toValue(value, name) ? Optional.of(value.text()) : Optional.empty();
    }

    /// The bytes that matchers see: those of the value, or none for an absent label.
    byte[] bytesOrEmpty(String name) {
        LabelCursor value = new LabelCursor(canonical);
        return toValue(value, name) ? value.copy() : new byte[0];
    }

    private LabelCursor atName(int i) {
        LabelCursor strings = new LabelCursor(canonical);
        boolean found = i >= 0 && strings.next();
        for (int before = 0; before < i && found; before++) {
            strings.next();
            found = strings.next();
        }
        if (!found) {
            throw new IndexOutOfBoundsException("label " + i + " of " + size());
        }
        return strings;
    }

    private LabelCursor atValue(int i) {
        LabelCursor strings = atName(i);
        strings.next();
        return strings;
    }

    private static boolean toValue(LabelCursor strings, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        while (strings.next()) {
            boolean found = strings.is(wanted);
            strings.next();
            if (found) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int compareTo(Labels that) {
        return CanonicalLabels.compare(canonical, that.canonical);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels that && Arrays.equals(canonical, that.canonical);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(canonical);
    }

    /// As PromQL writes it: `up{job="node"}`.
    @Override
    public String toString() {
        return Names.series(this);
    }
}
