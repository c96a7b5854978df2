package io.tsvault.core.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Native histograms of one series: timestamps in milliseconds, strictly ascending, and a
/// [Histogram] each. Neighbours with equal layouts share one object, which makes comparing them
/// cheap.
///
/// Immutable. Equal when every timestamp and every bit is equal.
public final class Histograms {
    /// No histograms.
    public static final Histograms NONE = builder().build();

    private final long[] timestampsMs;
    private final Histogram[] values;

    private Histograms(long[] timestampsMs, Histogram[] values) {
        this.timestampsMs = timestampsMs;
        this.values = values;
    }

    /// Starts an empty list that grows.
    public static Builder builder() {
        return new Builder();
    }

    /// How many.
    public int size() {
        return timestampsMs.length;
    }

    /// When histogram `i` was taken.
    public long timestampMs(int i) {
        return timestampsMs[i];
    }

    /// Histogram `i`.
    public Histogram histogram(int i) {
        return values[i];
    }

    /// The histograms inside `range`.
    public Histograms within(TimeRange range) {
        int from = position(range.startMs());
        int to = range.endMs() == Long.MAX_VALUE ? size() : position(range.endMs());
        if (from == 0 && to == size()) {
            return this;
        }
        return part(from, to);
    }

    /// The histograms from number `from` until just before number `to`.
    public Histograms part(int from, int to) {
        return new Histograms(
                Arrays.copyOfRange(timestampsMs, from, to), Arrays.copyOfRange(values, from, to));
    }

    private int position(long timestampMs) {
        int found = Arrays.binarySearch(timestampsMs, timestampMs);
        return found < 0 ? -found - 1 : found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histograms that
                && Arrays.equals(timestampsMs, that.timestampsMs)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(timestampsMs) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        if (size() == 0) {
            return "no histograms";
        }
        return size() + " histograms, " + timestampsMs[0] + " to " + timestampsMs[size() - 1];
    }

    /// Collects histograms in time order. For one thread.
    public static final class Builder {
        private long[] timestampsMs = new long[4];
        private final List<Histogram> values = new ArrayList<>();

        private Builder() {}

        /// Adds one histogram behind the others.
        ///
        /// @throws IllegalArgumentException when it is not newer than the last one
        public Builder add(long timestampMs, Histogram histogram) {
            int size = values.size();
            Histogram next = histogram;
            if (size > 0) {
                Samples.requireAscending(timestampsMs[size - 1], timestampMs);
                next = histogram.sharing(values.get(size - 1).layout());
            }
            if (size == timestampsMs.length) {
                timestampsMs = Arrays.copyOf(timestampsMs, 2 * size);
            }
            timestampsMs[size] = timestampMs;
            values.add(next);
            return this;
        }

        /// How many so far.
        public int size() {
            return values.size();
        }

        /// What was added; the builder may go on.
        public Histograms build() {
            return new Histograms(
                    Arrays.copyOf(timestampsMs, size()), values.toArray(Histogram[]::new));
        }
    }
}
