package io.tsvault.core.chunk;

import java.util.Arrays;

/// The columns of doubles of one group, as bits, one behind the other.
final class ValueColumns {
    private long[] bits;
    private int[] starts = new int[64];
    private int count;

    /// @param values room for so many before it has to grow
    ValueColumns(int values) {
        bits = new long[values];
    }

    /// Appends a column; its values are to be written to [#array] from its start on.
    ///
    /// @return its number
    int add(int size) {
        int end = starts[count] + size;
        if (end > bits.length) {
            bits = Arrays.copyOf(bits, Math.max(2 * bits.length, end));
        }
        if (count + 2 > starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[count + 1] = end;
        return count++;
    }

    int count() {
        return count;
    }

    /// Where column `i` begins; where the last one ends for `i` = [#count].
    int start(int i) {
        return starts[i];
    }

    int size(int i) {
        return starts[i + 1] - starts[i];
    }

    boolean same(int a, int b) {
        return Arrays.equals(bits, starts[a], starts[a + 1], bits, starts[b], starts[b + 1]);
    }

    /// Valid until the next [#add].
    long[] array() {
        return bits;
    }

    void clear() {
        count = 0;
    }
}
