package io.tsvault.core.series;

import java.util.Arrays;

/// One sample of a native histogram: counts, and the [HistogramLayout] that says what they mean.
/// Immutable; equal when every bit is equal.
///
/// A count is 64 bits, an unsigned integer or a double as the flavour says, and stands for itself.
/// The wire instead sends the integer counts of each side, positive and negative, as differences to
/// the bucket before. Adding them up wraps modulo 2^64, as does taking them apart again: nothing is
/// lost, whatever a server sent.
public final class Histogram {
    private final HistogramLayout layout;
    private final ResetHint resetHint;
    private final Totals totals;
    private final long[] buckets;

    private Histogram(HistogramLayout layout, ResetHint resetHint, Totals totals, long[] buckets) {
        this.layout = layout;
        this.resetHint = resetHint;
        this.totals = totals;
        this.buckets = buckets;
    }

    /// Copies the counts: of the positive buckets, then of the negative ones.
    ///
    /// @throws IllegalArgumentException when the layout has more or fewer buckets
    public static Histogram of(
            HistogramLayout layout, ResetHint resetHint, Totals totals, long... buckets) {
        if (buckets.length != layout.buckets()) {
            throw new IllegalArgumentException(
                    buckets.length + " counts for " + layout.buckets() + " buckets");
        }
        return new Histogram(layout, resetHint, totals, buckets.clone());
    }

    /// Does this histogram begin anew from zero? In the order of the wire.
    public enum ResetHint {
        /// Only a comparison with the sample before can tell.
        UNKNOWN,
        /// It does.
        YES,
        /// It goes on counting.
        NO,
        /// It may go down as well as up.
        GAUGE
    }

    /// What is counted over all buckets.
    ///
    /// @param count of all observations, NaN included
    /// @param zeroCount of those within the zero threshold
    /// @param sumBits of the double that is the sum of all observations
    public record Totals(long count, long zeroCount, long sumBits) {}

    /// What the counts mean.
    public HistogramLayout layout() {
        return layout;
    }

    /// What the server says about a counter reset before this sample.
    public ResetHint resetHint() {
        return resetHint;
    }

    /// What is counted over all buckets.
    public Totals totals() {
        return totals;
    }

    /// How many buckets there are.
    public int buckets() {
        return buckets.length;
    }

    /// The count of bucket `i`: the positive buckets first, then the negative ones.
    public long bucket(int i) {
        return buckets[i];
    }

    /// Does it only say that the series has ended?
    public boolean isStale() {
        return totals.sumBits() == Samples.STALE_MARKER;
    }

    /// This histogram, with `other` for its layout if that is equal.
    Histogram sharing(HistogramLayout other) {
        return layout.equals(other) ? new Histogram(other, resetHint, totals, buckets) : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram that
                && layout.equals(that.layout)
                && resetHint == that.resetHint
                && totals.equals(that.totals)
                && Arrays.equals(buckets, that.buckets);
    }

    @Override
    public int hashCode() {
        return 31 * totals.hashCode() + Arrays.hashCode(buckets);
    }

    /// As Prometheus writes it, empty buckets left out: `{count:3, sum:4.5, [-1,1]:1, (1,2]:2}`.
    @Override
    public String toString() {
        return HistogramText.of(this);
    }
}
