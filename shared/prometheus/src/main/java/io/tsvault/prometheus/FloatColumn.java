package io.tsvault.prometheus;

import io.tsvault.core.series.Samples;
import io.tsvault.core.series.TimeRange;
import io.tsvault.wire.xor.XorDecoder;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The floats of one series, in the order in which they come, then by time. For one thread.
final class FloatColumn {
    private static final int FIRST_ROOM = 1_024;

    private final TimeRange range;
    private final Tally tally;
    private final XorDecoder decoder = new XorDecoder();
    private long[] timestampsMs = new long[FIRST_ROOM];
    private long[] valueBits = new long[FIRST_ROOM];
    private int size;
    private boolean ascends = true;

    FloatColumn(TimeRange range, Tally tally) {
        this.range = range;
        this.tally = tally;
    }

    int size() {
        return size;
    }

    /// The timestamp that came last.
    long lastMs() {
        return timestampsMs[size - 1];
    }

    void clear() {
        size = 0;
        ascends = true;
    }

    /// Adds the samples of an XOR chunk, those outside the range left out.
    void addChunk(byte[] bytes, int offset, int length) {
        int count = decoder.open(bytes, offset, length);
        makeRoom(count);
        decoder.decode(timestampsMs, valueBits, size);
        int from = size;
        for (int i = from; i < from + count; i++) {
            keep(timestampsMs[i], valueBits[i]);
        }
    }

    void add(long timestampMs, long bits) {
        makeRoom(1);
        keep(timestampMs, bits);
    }

    private void makeRoom(int more) {
        if (size + more > timestampsMs.length) {
            int room = Math.max(size + more, 2 * timestampsMs.length);
            timestampsMs = Arrays.copyOf(timestampsMs, room);
            valueBits = Arrays.copyOf(valueBits, room);
        }
    }

    private void keep(long timestampMs, long bits) {
        if (!range.contains(timestampMs)) {
            tally.outside++;
            return;
        }
        ascends &= size == 0 || timestampMs > timestampsMs[size - 1];
        timestampsMs[size] = timestampMs;
        valueBits[size++] = bits;
    }

    /// Sorts, and drops what came twice.
    ///
    /// @throws Conflict when two values have one time
    void settle() {
        if (ascends) {
            return;
        }
        int[] order =
                IntStream.range(0, size)
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> timestampsMs[i]))
                        .mapToInt(i -> i)
                        .toArray();
        long[] times = new long[size];
        long[] bits = new long[size];
        int kept = 0;
        for (int i : order) {
            if (kept > 0 && times[kept - 1] == timestampsMs[i]) {
                if (bits[kept - 1] != valueBits[i]) {
                    throw new Conflict(timestampsMs[i]);
                }
                tally.duplicates++;
            } else {
                times[kept] = timestampsMs[i];
                bits[kept++] = valueBits[i];
            }
        }
        timestampsMs = times;
        valueBits = bits;
        size = kept;
        ascends = true;
    }

    /// Takes out what is older than `endMs`; the rest stays. To be settled before.
    Samples takeBefore(long endMs) {
        int found = Arrays.binarySearch(timestampsMs, 0, size, endMs);
        return take(found < 0 ? -found - 1 : found);
    }

    /// Takes out everything. To be settled before.
    Samples takeAll() {
        return take(size);
    }

    private Samples take(int count) {
        if (count == 0) {
            return Samples.NONE;
        }
        Samples samples =
                Samples.view(
                        Arrays.copyOf(timestampsMs, count),
                        0,
                        Arrays.copyOf(valueBits, count),
                        0,
                        count);
        System.arraycopy(timestampsMs, count, timestampsMs, 0, size - count);
        System.arraycopy(valueBits, count, valueBits, 0, size - count);
        size -= count;
        return samples;
    }
}
