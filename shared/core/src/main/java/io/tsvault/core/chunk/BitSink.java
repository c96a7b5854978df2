package io.tsvault.core.chunk;

import java.util.Arrays;

/// Bits that grow at the end: bit 0 of the first byte is the first.
final class BitSink {
    private byte[] bytes = new byte[1 << 12];
    private int size; // whole words of 8 bytes
    private long open; // bits not yet in bytes
    private int openBits;

    /// @param bits no bit set above the lowest `width`
    /// @param width 0 to 63
    void put(long bits, int width) {
        open |= bits << openBits;
        int total = openBits + width;
        if (total < Long.SIZE) {
            openBits = total;
            return;
        }
        flush();
        int taken = Long.SIZE - openBits;
        openBits = total - Long.SIZE;
        open = taken == Long.SIZE ? 0 : bits >>> taken;
    }

    long bits() {
        return 8L * size + openBits;
    }

    /// All bits in whole bytes, the last one filled with zeros.
    byte[] toArray() {
        int length = size + ((openBits + 7) >>> 3);
        byte[] whole = Arrays.copyOf(bytes, size + Long.BYTES);
        ByteSink.LONG.set(whole, size, open);
        return Arrays.copyOf(whole, length);
    }

    void clear() {
        size = 0;
        open = 0;
        openBits = 0;
    }

    private void flush() {
        if (size + Long.BYTES > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        ByteSink.LONG.set(bytes, size, open);
        size += Long.BYTES;
    }
}
