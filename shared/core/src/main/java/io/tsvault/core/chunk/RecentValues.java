package io.tsvault.core.chunk;

import java.util.Arrays;

/// A set of 64-bit values that is filled and emptied often: open addressing, at most half full.
final class RecentValues {
    private long[] slots = new long[64];
    private boolean[] used = new boolean[64];

    /// Empties it and makes room for `values`.
    void clear(int values) {
        if (slots.length < 2 * values) {
            int length = Integer.highestOneBit(2 * values) << 1;
            slots = new long[length];
            used = new boolean[length];
        } else {
            Arrays.fill(used, false);
        }
    }

    /// Was it not there yet?
    boolean add(long value) {
        int mask = slots.length - 1;
        int at = slot(value) & mask;
        while (used[at]) {
            if (slots[at] == value) {
                return false;
            }
            at = (at + 1) & mask;
        }
        used[at] = true;
        slots[at] = value;
        return true;
    }

    private static int slot(long value) {
        return (int) ((value * 0x9e3779b97f4a7c15L) >>> 32); // 2^64 / golden ratio, odd
    }
}
