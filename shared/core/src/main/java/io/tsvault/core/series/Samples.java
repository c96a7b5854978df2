package io.tsvault.core.series;

import java.util.Arrays;

/// Samples of one series: timestamps in milliseconds, strictly ascending, and the 64 bits of each
/// value. Bits, not doubles: NaN payloads, stale markers and -0.0 are data.
///
/// Immutable. Equal when every timestamp and every bit is equal.
public final class Samples {
    /// The NaN by which Prometheus says that a series has ended.
    public static final long STALE_MARKER = 0x7ff0000000000002L;

    /// No samples.
    public static final Samples NONE = new Samples(new long[0], new long[0]);

    private final long[] timestampsMs;
    private final long[] valueBits;

    private Samples(long[] timestampsMs, long[] valueBits) {
        this.timestampsMs = timestampsMs;
        this.valueBits = valueBits;
    }

    /// Copies both arrays.
    ///
    /// @throws IllegalArgumentException when they differ in length or the timestamps do not ascend
    public static Samples of(long[] timestampsMs, long[] valueBits) {
        if (timestampsMs.length != valueBits.length) {
            throw new IllegalArgumentException(
                    timestampsMs.length + " timestamps but " + valueBits.length + " values");
        }
        for (int i = 1; i < timestampsMs.length; i++) {
            requireAscending(timestampsMs[i - 1], timestampsMs[i]);
        }
        return new Samples(timestampsMs.clone(), valueBits.clone());
    }

    /// Starts an empty list that grows.
    public static Builder builder() {
        return new Builder();
    }

    /// How many.
    public int size() {
        return timestampsMs.length;
    }

    /// When sample `i` was taken.
    public long timestampMs(int i) {
        return timestampsMs[i];
    }

    /// The bits of value `i`, as they came.
    public long valueBits(int i) {
        return valueBits[i];
    }

    /// Value `i` for arithmetic; a NaN may lose its payload in a register, so compare bits.
    public double value(int i) {
        return Double.longBitsToDouble(valueBits[i]);
    }

    /// The samples inside `range`.
    public Samples within(TimeRange range) {
        int from = position(timestampsMs, range.startMs());
        int to = position(timestampsMs, range.endMs());
        if (from == 0 && to == size()) {
            return this;
        }
        return new Samples(
                Arrays.copyOfRange(timestampsMs, from, to),
                Arrays.copyOfRange(valueBits, from, to));
    }

    /// How many of these ascending timestamps come before `timestampMs`.
    static int position(long[] timestampsMs, long timestampMs) {
        int found = Arrays.binarySearch(timestampsMs, timestampMs);
        return found < 0 ? -found - 1 : found;
    }

    static void requireAscending(long before, long after) {
        if (after <= before) {
            throw new IllegalArgumentException(
                    "timestamp " + after + " does not come after " + before);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Samples that
                && Arrays.equals(timestampsMs, that.timestampsMs)
                && Arrays.equals(valueBits, that.valueBits);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(timestampsMs) + Arrays.hashCode(valueBits);
    }

    @Override
    public String toString() {
        if (size() == 0) {
            return "no samples";
        }
        return size() + " samples, " + timestampsMs[0] + " to " + timestampsMs[size() - 1];
    }

    /// Collects samples in time order. For one thread.
    public static final class Builder {
        private long[] timestampsMs = new long[16];
        private long[] valueBits = new long[16];
        private int size;

        private Builder() {}

        /// Adds one sample behind the others, by the bits of its value.
        ///
        /// @throws IllegalArgumentException when it is not newer than the last one
        public Builder addBits(long timestampMs, long bits) {
            if (size > 0) {
                requireAscending(timestampsMs[size - 1], timestampMs);
            }
            if (size == timestampsMs.length) {
                timestampsMs = Arrays.copyOf(timestampsMs, 2 * size);
                valueBits = Arrays.copyOf(valueBits, 2 * size);
            }
            timestampsMs[size] = timestampMs;
            valueBits[size++] = bits;
            return this;
        }

        /// Adds one sample whose value is not a NaN with a payload.
        public Builder add(long timestampMs, double value) {
            return addBits(timestampMs, Double.doubleToRawLongBits(value));
        }

        /// How many so far.
        public int size() {
            return size;
        }

        /// What was added; the builder may go on.
        public Samples build() {
            return new Samples(Arrays.copyOf(timestampsMs, size), Arrays.copyOf(valueBits, size));
        }
    }
}
