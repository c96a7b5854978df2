package io.tsvault.core.series;

import java.util.Arrays;
import java.util.Objects;

/// Samples of one series: timestamps in milliseconds, strictly ascending, and the 64 bits of each
/// value. Bits, not doubles: NaN payloads, stale markers and -0.0 are data.
///
/// Immutable. Equal when every timestamp and every bit is equal. Samples may share their arrays
/// with others: a part ([#within]) copies nothing, nor does a decoder that hands out thousands of
/// series with the same timestamps.
public final class Samples {
    /// The NaN by which Prometheus says that a series has ended.
    public static final long STALE_MARKER = 0x7ff0000000000002L;

    /// No samples.
    public static final Samples NONE = new Samples(new long[0], 0, new long[0], 0, 0);

    private final long[] timestampsMs;
    private final int firstTimestamp;
    private final long[] valueBits;
    private final int firstValue;
    private final int size;

    private Samples(
            long[] timestampsMs, int firstTimestamp, long[] valueBits, int firstValue, int size) {
        this.timestampsMs = timestampsMs;
        this.firstTimestamp = firstTimestamp;
        this.valueBits = valueBits;
        this.firstValue = firstValue;
        this.size = size;
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
        return new Samples(timestampsMs.clone(), 0, valueBits.clone(), 0, valueBits.length);
    }

    /// A view, for decoders that have made the arrays themselves and know that the timestamps
    /// ascend: nothing is copied and the order is not checked. The arrays must never change again.
    public static Samples view(
            long[] timestampsMs, int firstTimestamp, long[] valueBits, int firstValue, int size) {
        Objects.checkFromIndexSize(firstTimestamp, size, timestampsMs.length);
        Objects.checkFromIndexSize(firstValue, size, valueBits.length);
        return new Samples(timestampsMs, firstTimestamp, valueBits, firstValue, size);
    }

    /// Starts an empty list that grows.
    public static Builder builder() {
        return new Builder();
    }

    /// How many.
    public int size() {
        return size;
    }

    /// When sample `i` was taken.
    public long timestampMs(int i) {
        return timestampsMs[firstTimestamp + Objects.checkIndex(i, size)];
    }

    /// The bits of value `i`, as they came.
    public long valueBits(int i) {
        return valueBits[firstValue + Objects.checkIndex(i, size)];
    }

    /// Does sample `i` only say that the series has ended?
    public boolean isStale(int i) {
        return valueBits(i) == STALE_MARKER;
    }

    /// Value `i` for arithmetic; a NaN may lose its payload in a register, so compare bits.
    public double value(int i) {
        return Double.longBitsToDouble(valueBits(i));
    }

    /// Copies every timestamp into `into`, from `at` on.
    public void copyTimestamps(long[] into, int at) {
        System.arraycopy(timestampsMs, firstTimestamp, into, at, size);
    }

    /// Copies the bits of every value into `into`, from `at` on.
    public void copyValueBits(long[] into, int at) {
        System.arraycopy(valueBits, firstValue, into, at, size);
    }

    /// The samples inside `range`.
    public Samples within(TimeRange range) {
        int from = position(range.startMs());
        int to = range.endMs() == Long.MAX_VALUE ? size : position(range.endMs());
        if (from == 0 && to == size) {
            return this;
        }
        return part(from, to);
    }

    /// The samples from number `from` until just before number `to`.
    public Samples part(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return new Samples(
                timestampsMs, firstTimestamp + from, valueBits, firstValue + from, to - from);
    }

    private int position(long timestampMs) {
        int found =
                Arrays.binarySearch(
                        timestampsMs, firstTimestamp, firstTimestamp + size, timestampMs);
        return (found < 0 ? -found - 1 : found) - firstTimestamp;
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
                && sameTimestamps(that)
                && Arrays.equals(
                        valueBits,
                        firstValue,
                        firstValue + size,
                        that.valueBits,
                        that.firstValue,
                        that.firstValue + that.size);
    }

    private boolean sameTimestamps(Samples that) {
        return size == that.size && hasTimestamps(that.timestampsMs, that.firstTimestamp);
    }

    /// Are the timestamps those of `vector` from position `from` on?
    public boolean hasTimestamps(long[] vector, int from) {
        return from + size <= vector.length
                && Arrays.equals(
                        timestampsMs,
                        firstTimestamp,
                        firstTimestamp + size,
                        vector,
                        from,
                        from + size);
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + Long.hashCode(timestampMs(i)) + 7 * Long.hashCode(valueBits(i));
        }
        return hash;
    }

    @Override
    public String toString() {
        if (size == 0) {
            return "no samples";
        }
        return size + " samples, " + timestampMs(0) + " to " + timestampMs(size - 1);
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
            return new Samples(
                    Arrays.copyOf(timestampsMs, size), 0, Arrays.copyOf(valueBits, size), 0, size);
        }
    }
}
