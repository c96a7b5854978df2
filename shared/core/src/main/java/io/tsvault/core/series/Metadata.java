package io.tsvault.core.series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a source says about a metric family: what kind it is, what it counts, in which unit.
/// Ordered by family; two targets may say different things of one.
///
/// @param help may be empty, as may `unit`
public record Metadata(String family, Type type, String help, String unit)
        implements Comparable<Metadata> {
    private static final Comparator<Metadata> ORDER =
            Comparator.comparing(Metadata::family)
                    .thenComparing(Metadata::type)
                    .thenComparing(Metadata::help)
                    .thenComparing(Metadata::unit);

    /// What may stand behind the name of a family in that of a metric.
    private static final List<String> SUFFIXES =
            List.of("_bucket", "_count", "_created", "_gcount", "_gsum", "_info", "_sum", "_total");

    /// @throws IllegalArgumentException when `family` is empty
    public Metadata {
        if (family.isEmpty()) {
            throw new IllegalArgumentException(
                    "metadata without a metric family: " + type + ", help '" + help + "'");
        }
    }

    /// The families that a metric of this name may belong to: one of its own name, and those of
    /// which it is a part.
    public static List<String> familiesOf(String metric) {
        List<String> families = new ArrayList<>(List.of(metric));
        for (String suffix : SUFFIXES) {
            if (metric.endsWith(suffix) && metric.length() > suffix.length()) {
                families.add(metric.substring(0, metric.length() - suffix.length()));
            }
        }
        return families;
    }

    /// What is known of metrics, looked up as they come. For one thread.
    public static final class Glossary {
        private final Map<String, Set<Metadata>> untold = new HashMap<>();
        private final Set<Metadata> known = new HashSet<>();
        private String newest = "";

        /// What a source, or a chunk, tells of metrics, whether they come or not.
        public void know(List<Metadata> all) {
            for (Metadata one : all) {
                if (known.add(one)) {
                    untold.computeIfAbsent(one.family(), _ -> new TreeSet<>()).add(one);
                    newest = "";
                }
            }
        }

        /// What describes this metric and was not given before.
        public List<Metadata> of(String metric) {
            if (metric.equals(newest)) {
                return List.of();
            }
            newest = metric;
            return familiesOf(metric).stream()
                    .flatMap(family -> Optional.ofNullable(untold.remove(family)).stream())
                    .flatMap(Set::stream)
                    .toList();
        }
    }

    /// What kind of metric. In the order of the wire.
    public enum Type {
        /// Not said.
        UNKNOWN,
        /// Goes up, or begins anew from zero.
        COUNTER,
        /// Goes up and down.
        GAUGE,
        /// Counts observations by size, in buckets that only go up.
        HISTOGRAM,
        /// A histogram whose buckets may go down too.
        GAUGE_HISTOGRAM,
        /// Quantiles that the target computed.
        SUMMARY,
        /// Facts in labels, with the value 1.
        INFO,
        /// One series for each state, 1 where it holds and 0 where it does not.
        STATESET
    }

    @Override
    public int compareTo(Metadata that) {
        return ORDER.compare(this, that);
    }
}
