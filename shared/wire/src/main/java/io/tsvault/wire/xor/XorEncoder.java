package io.tsvault.wire.xor;

import static io.tsvault.wire.xor.Bits.put;
import static io.tsvault.wire.xor.Bits.putWide;

import java.util.Arrays;

/// Packs samples into chunks, one after the other, byte for byte as a Prometheus would.
///
/// Any timestamps can be packed, also descending ones; to a Prometheus such a chunk is of no use.
/// Samples are kept until the chunk is taken and then packed in one loop over local variables:
/// with fields, which memory has to follow, it takes a quarter longer.
///
/// An encoder keeps its arrays, 40 bytes for each sample of the longest chunk. For one thread.
public final class XorEncoder {
    /// More do not fit into the count of a chunk.
    public static final int MAX_SAMPLES = 65_535;

    private static final int FIRST_CAPACITY = 128;
    private static final int HEADER_BYTES = 2;

    /// Two varints, a count and the width of a move.
    private static final int MOST_BYTES_BESIDE_SAMPLES = 32;

    /// "1111" b64, "11" b5 b6 and 64 bits.
    private static final int MOST_BYTES_PER_SAMPLE = 19;

    /// A field of no bits, and one that says that 64 follow.
    private static final long NO_FIELD = 0;
    private static final long FAR = (0b1111 << 6) | 4;

    private final boolean addsSpareByte;
    private long[] timestampsMs = new long[FIRST_CAPACITY];
    private long[] valueBits = new long[FIRST_CAPACITY];
    private byte[] bytes = new byte[0];
    private int size;

    /// Ends its chunks as Prometheus 3 does.
    public XorEncoder() {
        this(false);
    }

    private XorEncoder(boolean addsSpareByte) {
        this.addsSpareByte = addsSpareByte;
    }

    /// Ends its chunks as Prometheus 2 does: with a zero byte more where the last sample ends with
    /// its byte and with whole bytes of significant bits. No reader misses or minds that byte.
    public static XorEncoder asPrometheus2() {
        return new XorEncoder(true);
    }

    /// Adds one sample to the chunk.
    ///
    /// @throws IllegalStateException when the chunk has [#MAX_SAMPLES]
    public void append(long timestampMs, long bits) {
        if (size == timestampsMs.length) {
            grow();
        }
        timestampsMs[size] = timestampMs;
        valueBits[size++] = bits;
    }

    private void grow() {
        if (size == MAX_SAMPLES) {
            throw new IllegalStateException(
                    "a chunk holds " + MAX_SAMPLES + " samples: take it before you append more");
        }
        int capacity = Math.min(2 * size, MAX_SAMPLES);
        timestampsMs = Arrays.copyOf(timestampsMs, capacity);
        valueBits = Arrays.copyOf(valueBits, capacity);
    }

    /// How many samples the chunk has so far.
    public int size() {
        return size;
    }

    /// The chunk; the next one begins.
    public byte[] take() {
        int length = pack(); // may change the array
        return Arrays.copyOf(bytes, length);
    }

    /// Puts the chunk at `at` of `target`, without any other array; the next one begins.
    ///
    /// @return how many bytes it has
    /// @throws IllegalArgumentException when they do not fit; the samples are still there
    public int take(byte[] target, int at) {
        int samples = size;
        int length = pack();
        if (at < 0 || length > target.length - at) {
            size = samples;
            throw new IllegalArgumentException(
                    length + " bytes at " + at + " of an array of " + target.length);
        }
        System.arraycopy(bytes, 0, target, at, length);
        return length;
    }

    private int pack() {
        int most = MOST_BYTES_BESIDE_SAMPLES + MOST_BYTES_PER_SAMPLE * size;
        if (bytes.length < most) {
            bytes = new byte[Math.max(most, 2 * bytes.length)];
        }
        bytes[0] = (byte) (size >>> 8);
        bytes[1] = (byte) size;
        int length = size == 0 ? HEADER_BYTES : packLater(packFirst());
        size = 0;
        return length;
    }

    /// The first sample and the step to the second: whole bytes.
    ///
    /// @return the bit behind them
    private int packFirst() {
        long t = timestampsMs[0];
        int position = 8 * putUvarint(HEADER_BYTES, (t << 1) ^ (t >> 63));
        position = putWide(bytes, position, valueBits[0], 64);
        return size == 1 ? position : 8 * putUvarint(position / 8, timestampsMs[1] - t);
    }

    private int putUvarint(int at, long value) {
        int next = at;
        long rest = value;
        for (; rest >>> 7 != 0; rest >>>= 7) {
            bytes[next++] = (byte) (rest | 0x80);
        }
        bytes[next++] = (byte) rest;
        return next;
    }

    /// The other samples. `tail` always ends with the bits that were put last, as [Bits#put] wants
    /// it; what is not put yet are its last `count` bits.
    ///
    /// @return bytes of the chunk
    private int packLater(int firstBit) {
        long[] times = timestampsMs;
        long[] values = valueBits;
        int position = firstBit;
        long window = 0;
        long lastStep = 0;
        long tail = 0;
        for (int i = 1, samples = size; i < samples; i++) {
            long step = times[i] - times[i - 1];
            long dod = step - lastStep;
            long field = i == 1 ? NO_FIELD : dodField(dod);
            lastStep = step;
            int count = (int) field & 63;
            tail = (tail << count) | (field >>> 6);
            if (field == FAR) {
                position = putWide(bytes, put(bytes, position, tail, count), dod, 64);
                tail = dod;
                count = 0;
            }
            long xor = values[i] ^ values[i - 1];
            if (xor == 0) {
                tail <<= 1;
                position = put(bytes, position, tail, count + 1);
                continue;
            }
            if ((xor & ~window) == 0) {
                tail = (tail << 2) | 0b10;
                count += 2;
            } else {
                window = window(xor);
                tail = (tail << 13) | windowField(window);
                count += 13;
            }
            int length = length(window);
            long significant = xor >>> Long.numberOfTrailingZeros(window);
            if (count + length <= Bits.AT_ONCE) {
                tail = (tail << length) | significant;
                position = put(bytes, position, tail, count + length);
            } else {
                position = putWide(bytes, put(bytes, position, tail, count), significant, length);
                tail = significant;
            }
        }
        return end(position, length(window));
    }

    /// A dod as it is written: its bits, times 64, and how many they are.
    private static long dodField(long dod) {
        if (dod == 0) {
            return 1; // "0"
        }
        long signed = dod - 1;
        int needed = 65 - Long.numberOfLeadingZeros(signed ^ (signed >> 63));
        if (needed <= 14) {
            return (((0b10L << 14) | (dod & 0x3fff)) << 6) | 16;
        }
        if (needed <= 17) {
            return (((0b110L << 17) | (dod & 0x1_ffff)) << 6) | 20;
        }
        return needed <= 20 ? (((0b1110L << 20) | (dod & 0xf_ffff)) << 6) | 24 : FAR;
    }

    /// Ones where a difference is written: from its first one, or bit 32, to its last.
    private static long window(long xor) {
        return (-1L >>> Math.min(31, Long.numberOfLeadingZeros(xor)))
                & (-1L << Long.numberOfTrailingZeros(xor));
    }

    private static int length(long window) {
        return 64 - Long.numberOfLeadingZeros(window) - Long.numberOfTrailingZeros(window);
    }

    /// "11" b5(leading) b6(length mod 64)
    private static int windowField(long window) {
        int leading = Long.numberOfLeadingZeros(window);
        return (0b11 << 11) | (leading << 6) | (length(window) & 63);
    }

    /// @param significant of the window used last
    /// @return bytes of the chunk
    private int end(int position, int significant) {
        int length = (position + 7) / 8;
        boolean endsInWholeBytes =
                size == 1 || (significant % 8 == 0 && valueBits[size - 1] != valueBits[size - 2]);
        if (addsSpareByte && position % 8 == 0 && endsInWholeBytes) {
            bytes[length++] = 0;
        }
        return length;
    }
}
