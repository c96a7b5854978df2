package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.wire.v1.Chunk;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// Writes the XOR chunk of Prometheus: samples of one series, packed bit by bit.
///
/// ```text
/// chunk  --> count(u16) first second later*        then zero bits up to the byte; 2.x adds a
///                                                  zero byte where there are none to add
/// first  --> varint(t) bits64(v)
/// second --> uvarint(t - t0) value
/// later  --> dod value        dod: how much the step between timestamps has changed
/// dod    --> "0" | "10" b14 | "110" b17 | "1110" b20 | "1111" b64     the first that fits
/// value  --> "0"                           the same bits as before
///          | "10" significant              inside the window used before
///          | "11" b5(leading) b6(length mod 64) significant
/// ```
///
/// A payload of n bits holds a `dod` from -(2^(n-1) - 1) to 2^(n-1).
final class XorChunk {
    /// Prometheus aims at this many samples.
    static final int MAX_SAMPLES = 120;

    private static final int[] DOD_BITS = {14, 17, 20};
    private static final int NO_WINDOW = -1;

    private final Bits bits = new Bits();
    private long lastMs;
    private long lastStep;
    private long lastValue;
    private int leading = NO_WINDOW;
    private int trailing;

    private XorChunk() {}

    /// One chunk of at most 65535 samples, by time.
    static Chunk of(List<FloatPoint> samples) {
        XorChunk chunk = new XorChunk();
        chunk.bits.write(samples.size(), 16);
        for (int i = 0; i < samples.size(); i++) {
            chunk.add(i, samples.get(i));
        }
        return Chunk.newBuilder()
                .setMinTimeMs(samples.getFirst().timestampMs())
                .setMaxTimeMs(samples.getLast().timestampMs())
                .setType(Chunk.Encoding.XOR)
                .setData(chunk.bits.toBytes())
                .build();
    }

    private void add(int i, FloatPoint sample) {
        long step = sample.timestampMs() - lastMs;
        if (i == 0) {
            long t = sample.timestampMs();
            bits.writeUvarint((t << 1) ^ (t >> 63));
            bits.write(sample.bits(), 64);
        } else {
            if (i == 1) {
                bits.writeUvarint(step);
            } else {
                writeDod(step - lastStep);
            }
            writeValue(sample.bits() ^ lastValue);
        }
        lastStep = step;
        lastMs = sample.timestampMs();
        lastValue = sample.bits();
    }

    private void writeDod(long dod) {
        if (dod == 0) {
            bits.write(0, 1);
            return;
        }
        for (int i = 0; i < DOD_BITS.length; i++) {
            long limit = 1L << (DOD_BITS[i] - 1);
            if (-limit < dod && dod <= limit) {
                int prefix = i + 2;
                bits.write((1L << prefix) - 2, prefix);
                bits.write(dod, DOD_BITS[i]);
                return;
            }
        }
        bits.write(0b1111, 4);
        bits.write(dod, 64);
    }

    private void writeValue(long xor) {
        if (xor == 0) {
            bits.write(0, 1);
            return;
        }
        int newLeading = Math.min(31, Long.numberOfLeadingZeros(xor));
        int newTrailing = Long.numberOfTrailingZeros(xor);
        boolean fits = leading != NO_WINDOW && newLeading >= leading && newTrailing >= trailing;
        if (fits) {
            bits.write(0b10, 2);
        } else {
            leading = newLeading;
            trailing = newTrailing;
            bits.write(0b11, 2);
            bits.write(leading, 5);
            bits.write(64 - leading - trailing, 6);
        }
        bits.write(xor >>> trailing, 64 - leading - trailing);
    }

    /// Bits, the highest first.
    private static final class Bits {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int open;
        private int filled;

        /// The lowest `count` bits.
        void write(long value, int count) {
            for (int i = count - 1; i >= 0; i--) {
                open = (open << 1) | (int) ((value >>> i) & 1);
                if (++filled == 8) {
                    bytes.write(open);
                    open = 0;
                    filled = 0;
                }
            }
        }

        void writeUvarint(long value) {
            long rest = value;
            while (rest >>> 7 != 0) {
                write((rest & 0x7f) | 0x80, 8);
                rest >>>= 7;
            }
            write(rest, 8);
        }

        ByteString toBytes() {
            write(0, (8 - filled) % 8);
            return ByteString.copyFrom(bytes.toByteArray());
        }
    }
}
