package io.tsvault.core.series;

import java.util.List;

/// What the counts of a native histogram mean: all that seldom changes from one sample of a series
/// to the next. Neighbours in [Histograms] share one object.
///
/// Whatever a server says is kept, even what no release of Prometheus writes; only its size is
/// bounded.
///
/// @param schema from -4 to 8: bounds grow by the factor `2^(2^-schema)`; [#CUSTOM]: they are
///     listed in `customBounds`; others mean nothing yet
/// @param zeroThresholdBits of a double; observations no farther from zero count as zero
/// @param positive the buckets above zero; with custom bounds, all buckets
/// @param negative the buckets below zero, from zero outwards
/// @param customBounds the bits of each upper bound, ascending; one bucket more reaches +Inf
public record HistogramLayout(
        Flavour flavour,
        int schema,
        long zeroThresholdBits,
        List<Span> positive,
        List<Span> negative,
        List<Long> customBounds) {
    /// The schema of custom bounds.
    public static final int CUSTOM = -53;

    /// 512 KiB of counts, and 400 times the 160 buckets that clients are commonly told to stay
    /// within. Held before anything is allocated: eight bytes of a span can ask for 2^32 buckets.
    public static final int MAX_BUCKETS = 65_536;

    /// @throws IllegalArgumentException when there are more than [#MAX_BUCKETS] buckets, spans or
    ///     custom bounds
    public HistogramLayout {
        requireFew(positive.size() + (long) negative.size(), "spans");
        requireFew(customBounds.size(), "custom bounds");
        requireFew(sum(positive) + sum(negative), "buckets");
        positive = List.copyOf(positive);
        negative = List.copyOf(negative);
        customBounds = List.copyOf(customBounds);
    }

    /// How the 64 bits of each count are to be read.
    public enum Flavour {
        /// As an unsigned integer.
        INTEGER,
        /// As a double.
        FLOAT
    }

    /// A run of neighbouring buckets.
    ///
    /// @param offset of the first span: the number of its first bucket; of the others: how many
    ///     buckets are left out before it
    /// @param length how many buckets
    public record Span(int offset, int length) {
        /// @throws IllegalArgumentException when `length` is negative, or was over 2^31 on the wire
        public Span {
            if (length < 0) {
                throw new IllegalArgumentException(
                        "a span of " + Integer.toUnsignedString(length) + " buckets");
            }
        }
    }

    /// How many buckets each sample counts, the zero bucket apart.
    public int buckets() {
        return positiveBuckets() + (int) sum(negative);
    }

    /// How many of them are above zero.
    public int positiveBuckets() {
        return (int) sum(positive);
    }

    private static long sum(List<Span> spans) {
        long sum = 0;
        for (Span span : spans) {
            sum += span.length();
        }
        return sum;
    }

    private static void requireFew(long many, String what) {
        if (many > MAX_BUCKETS) {
            throw new IllegalArgumentException(
                    "a histogram of " + many + " " + what + ": at most " + MAX_BUCKETS);
        }
    }
}
