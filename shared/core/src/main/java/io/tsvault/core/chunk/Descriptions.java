package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a writer knows of metrics. Each of its chunks gets what describes its series; what
/// describes none of any chunk goes into the last.
final class Descriptions {
    private final SortedMap<String, SortedSet<Metadata>> families = new TreeMap<>();
    private final Set<String> unwritten = new HashSet<>();
    private final Set<String> described = new HashSet<>();
    private int bytes;

    boolean hasRoomFor(Metadata more) {
        return bytes + MetadataBlock.bytes(more) <= Limits.METADATA_BYTES;
    }

    /// @throws IllegalArgumentException when it is more than a chunk may hold
    void add(Metadata more) {
        SortedSet<Metadata> same = families.computeIfAbsent(more.family(), _ -> new TreeSet<>());
        if (same.contains(more)) {
            return;
        }
        if (!hasRoomFor(more)) {
            throw new IllegalArgumentException(
                    "metadata of more than "
                            + Limits.METADATA_BYTES
                            + " bytes: add that of fewer metrics, or shorter help texts");
        }
        bytes += MetadataBlock.bytes(more);
        same.add(more);
        unwritten.add(more.family());
    }

    /// The chunk has these series too.
    void describe(List<Labels> series) {
        described.addAll(of(series));
    }

    /// The families of these series of which something is known.
    private Set<String> of(List<Labels> series) {
        Set<String> found = new HashSet<>();
        Labels before = Labels.NONE;
        for (Labels one : series) {
            Labels metric = MetricNames.of(one.bytes(), before);
            if (!metric.equals(before) && metric.size() > 0) {
                String name = new String(metric.valueBytes(0), StandardCharsets.UTF_8);
                Metadata.familiesOf(name).stream()
                        .filter(family -> families.containsKey(family))
                        .forEach(found::add);
            }
            before = metric;
        }
        return found;
    }

    /// For a chunk that others follow.
    List<Metadata> needed() {
        return of(described);
    }

    /// For the last chunk.
    List<Metadata> all() {
        return allWith(List.of());
    }

    /// The same if it had these series too.
    List<Metadata> allWith(List<Labels> series) {
        Set<String> wanted = of(series);
        wanted.addAll(described);
        wanted.addAll(unwritten);
        return of(wanted);
    }

    private List<Metadata> of(Set<String> wanted) {
        return families.entrySet().stream()
                .filter(family -> wanted.contains(family.getKey()))
                .flatMap(family -> family.getValue().stream())
                .toList();
    }

    /// Another chunk begins.
    ///
    /// @param written what those before have
    void begin(List<Metadata> written) {
        written.forEach(one -> unwritten.remove(one.family()));
        described.clear();
    }
}
