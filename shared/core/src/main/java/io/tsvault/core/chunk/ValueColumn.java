package io.tsvault.core.chunk;

import io.tsvault.core.series.Samples;

/// The decoded values of a column. Columns with the same values share one.
final class ValueColumn {
    private final long[] bits;
    private long hash;
    private boolean hashed;

    /// @param bits never to be changed again
    ValueColumn(long[] bits) {
        this.bits = bits;
    }

    int size() {
        return bits.length;
    }

    long bits(int i) {
        return bits[i];
    }

    long[] array() {
        return bits;
    }

    /// XXH64 of the values.
    long hash() {
        if (!hashed) {
            hash = XxHash.of(bits, 0, bits.length);
            hashed = true;
        }
        return hash;
    }

    /// The values at as many timestamps, which begin at `from`.
    Samples at(long[] timestamps, int from) {
        return Samples.view(timestamps, from, bits, 0, bits.length);
    }
}
