package io.tsvault.core.series;

import java.util.Comparator;

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

    /// @throws IllegalArgumentException when `family` is empty
    public Metadata {
        if (family.isEmpty()) {
            throw new IllegalArgumentException(
                    "metadata without a metric family: " + type + ", help '" + help + "'");
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
