package io.tsvault.core.chunk;

import java.util.Arrays;

/// Ascending positions in a column.
final class Positions {
    private int[] positions = new int[16];
    private int size;

    void add(int position) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, 2 * size);
        }
        positions[size++] = position;
    }

    int get(int i) {
        return positions[i];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void copyFrom(Positions that) {
        if (positions.length < that.size) {
            positions = new int[that.size];
        }
        System.arraycopy(that.positions, 0, positions, 0, that.size);
        size = that.size;
    }

    boolean same(Positions that) {
        return Arrays.equals(positions, 0, size, that.positions, 0, that.size);
    }

    /// Overwrites the integer at each position with the one before it, at the front with the first
    /// that has no position, so that the predicted column has no jumps where nothing is said.
    void carryOver(long[] integers, int n) {
        int leading = 0;
        while (leading < size && positions[leading] == leading) {
            leading++;
        }
        long last = leading < n ? integers[leading] : 0;
        for (int i = 0; i < leading; i++) {
            integers[i] = last;
        }
        for (int i = leading; i < size; i++) {
            integers[positions[i]] = integers[positions[i] - 1];
        }
    }
}
