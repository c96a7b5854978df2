package io.tsvault.core.relabel;

import io.tsvault.core.series.Labels;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Labels while rules change them; names and values are [Bytes]. What a rule has written comes
/// behind what is still as it was, in the order of writing: where two labels are copied to one
/// name, this decides which is seen, as it does in Prometheus.
final class Draft {
    private final SortedMap<String, String> untouched = new TreeMap<>();
    private final Map<String, String> written = new LinkedHashMap<>();

    Draft(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            untouched.put(Bytes.of(labels.nameBytes(i)), Bytes.of(labels.valueBytes(i)));
        }
    }

    /// Empty when the label is not there.
    String get(String name) {
        return written.getOrDefault(name, untouched.getOrDefault(name, ""));
    }

    /// An empty value removes the label.
    void set(String name, String value) {
        if (value.isEmpty()) {
            remove(name);
        } else {
            untouched.remove(name);
            written.put(name, value);
        }
    }

    void remove(String name) {
        untouched.remove(name);
        written.remove(name);
    }

    /// Visits the labels that are there now, whatever the visitor changes.
    void forEach(BiConsumer<String, String> visitor) {
        Map<String, String> now = new LinkedHashMap<>(untouched);
        now.putAll(written);
        now.forEach(visitor);
    }

    /// Nothing when no label is left.
    Optional<Labels> labels() {
        byte[][] flat = new byte[2 * (untouched.size() + written.size())][];
        int[] at = {0};
        forEach(
                (name, value) -> {
                    flat[at[0]++] = Bytes.array(name);
                    flat[at[0]++] = Bytes.array(value);
                });
        return flat.length == 0 ? Optional.empty() : Optional.of(Labels.ofBytes(flat));
    }
}
