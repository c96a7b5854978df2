package io.tsvault.wire.histogram;

/// Reads bits of a chunk, the highest of each byte first, and the numbers that are made of them.
final class BitReader {
    /// Payload bits of a number, by how many ones it begins with.
    private static final int[] WIDTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};

    private final byte[] bytes;
    private final int start;
    private final long end;
    private long position;

    BitReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.start = offset;
        this.position = 8L * offset;
        this.end = 8L * (offset + length);
    }

    long left() {
        return end - position;
    }

    /// The next bits, 0 to 64, as a number.
    long bits(int count) {
        require(count);
        long bits = 0;
        for (int missing = count; missing > 0; ) {
            int inByte = 8 - (int) (position & 7);
            int taken = Math.min(inByte, missing);
            int part = (bytes[(int) (position >> 3)] & 0xff) >>> (inByte - taken);
            bits = (bits << taken) | (part & ((1 << taken) - 1));
            position += taken;
            missing -= taken;
        }
        return bits;
    }

    private void require(int count) {
        if (count > left()) {
            throw malformed("the chunk is cut");
        }
    }

    private int width() {
        int ones = 0;
        while (ones < WIDTHS.length - 1 && bits(1) == 1) {
            ones++;
        }
        return WIDTHS[ones];
    }

    long unsigned() {
        return bits(width());
    }

    long signed() {
        int width = width();
        long bits = bits(width);
        boolean isNegative = width > 0 && width < 64 && bits > 1L << (width - 1);
        return isNegative ? bits - (1L << width) : bits;
    }

    /// A small number of things that each take at least `bitsEach`.
    int count(int bitsEach) {
        long count = unsigned();
        if (count < 0 || count > left() / bitsEach) {
            throw malformed(Long.toUnsignedString(count) + " of something cannot follow");
        }
        return (int) count;
    }

    /// Behind the last sample: zero bits up to the byte, and perhaps a zero byte of Prometheus 2.
    void requireEnd() {
        if (left() > 15 || bits((int) left()) != 0) {
            throw malformed("something behind the last sample");
        }
    }

    MalformedHistogramChunk malformed(String reason) {
        return new MalformedHistogramChunk((int) (position >> 3) - start, reason);
    }
}
