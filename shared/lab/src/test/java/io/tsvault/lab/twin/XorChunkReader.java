package io.tsvault.lab.twin;

import io.tsvault.core.series.Samples;
import io.tsvault.wire.v1.Chunk;

import java.nio.ByteBuffer;

/// Reads an XOR chunk, the server's or the twin's; knows nothing of the class that writes it.
final class XorChunkReader {
    private final ByteBuffer data;
    private int bit = 16;

    private XorChunkReader(ByteBuffer data) {
        this.data = data;
    }

    static Samples read(Chunk chunk) {
        if (chunk.getType() != Chunk.Encoding.XOR) {
            throw new IllegalArgumentException("a chunk of type " + chunk.getType());
        }
        ByteBuffer data = chunk.getData().asReadOnlyByteBuffer();
        return new XorChunkReader(data).samples(data.getChar(0));
    }

    private Samples samples(int count) {
        Samples.Builder samples = Samples.builder();
        long zigzag = uvarint();
        long t = (zigzag >>> 1) ^ -(zigzag & 1);
        long value = bits(64);
        samples.addBits(t, value);
        long step = 0;
        int leading = 0;
        int length = 0;
        for (int i = 1; i < count; i++) {
            step = i == 1 ? uvarint() : step + dod();
            t += step;
            if (bits(1) == 1) {
                if (bits(1) == 1) {
                    leading = (int) bits(5);
                    length = (int) bits(6);
                    length = length == 0 ? 64 : length;
                }
                value ^= bits(length) << (64 - leading - length);
            }
            samples.addBits(t, value);
        }
        return samples.build();
    }

    private long dod() {
        int[] widths = {0, 14, 17, 20, 64};
        int prefix = 0;
        while (prefix < 4 && bits(1) == 1) {
            prefix++;
        }
        int width = widths[prefix];
        long raw = bits(width);
        boolean isNegative = width > 0 && width < 64 && raw > 1L << (width - 1);
        return isNegative ? raw - (1L << width) : raw;
    }

    private long uvarint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            long next = bits(8);
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    private long bits(int count) {
        long value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value = (value << 1) | ((data.get(bit / 8) >> (7 - bit % 8)) & 1);
        }
        return value;
    }
}
