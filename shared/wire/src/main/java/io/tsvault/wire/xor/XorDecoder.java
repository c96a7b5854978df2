package io.tsvault.wire.xor;

import java.util.Arrays;
import java.util.Objects;

/// Unpacks chunks, one after the other: [#open], then [#decode].
///
/// The bytes may come from anybody. Whatever they are, a call gives samples or throws
/// [MalformedChunk], reads nothing beyond the length it is told, and takes memory only for bytes
/// that are there. What it does not judge is the samples: timestamps may stand still, descend or
/// wrap around, as a Prometheus would read them too. Whoever needs them in order has to look.
///
/// ```java
/// int samples = decoder.open(bytes, offset, length);
/// decoder.decode(timestampsMs, valueBits, 0);
/// ```
///
/// A decoder keeps a copy of the last chunk. For one thread.
public final class XorDecoder {
    private static final int HEADER_BYTES = 2;

    /// Behind the copy: further than a sample and a move can reach, so that one look per sample is
    /// enough to see where a chunk has been cut.
    private static final int PADDING = 32;

    /// "1111" b64, "11" b5 b6 and 64 bits.
    private static final int MOST_BYTES_PER_SAMPLE = 19;

    private static final int MOST_VARINT_BYTES = 10;
    private static final int NOTHING_OPEN = -1;

    private byte[] bytes = new byte[256];
    private int end;
    private int size = NOTHING_OPEN;
    private int next;

    /// Copies a chunk and looks at its count, which is held against the bytes that are there.
    ///
    /// @return how many samples [#decode] will give
    /// @throws MalformedChunk when the bytes are too few for them, or too many
    public int open(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        size = NOTHING_OPEN;
        if (length < HEADER_BYTES) {
            throw new MalformedChunk(0, length + " bytes are too few for a count");
        }
        int count = ((source[offset] & 0xff) << 8) | (source[offset + 1] & 0xff);
        if (8L * length < fewestBits(count) || length > PADDING + MOST_BYTES_PER_SAMPLE * count) {
            throw new MalformedChunk(0, count + " samples cannot take " + length + " bytes");
        }
        if (bytes.length < length + PADDING) {
            bytes = new byte[2 * length + PADDING];
        }
        System.arraycopy(source, offset, bytes, 0, length);
        Arrays.fill(bytes, length, length + PADDING, (byte) 0);
        end = 8 * length;
        size = count;
        return count;
    }

    private static int fewestBits(int count) {
        int first = 8 + 64;
        int second = 8 + 1;
        return 8 * HEADER_BYTES
                + switch (count) {
                    case 0 -> 0;
                    case 1 -> first;
                    default -> first + second + 2 * (count - 2);
                };
    }

    /// Unpacks the chunk that was opened last to `at` and the places behind it.
    ///
    /// @return how many samples that are
    /// @throws MalformedChunk when the bytes are no chunk; the arrays may hold a part of it
    /// @throws IllegalArgumentException when the arrays have no room
    public int decode(long[] timestampsMs, long[] valueBits, int at) {
        if (size == NOTHING_OPEN) {
            throw new IllegalStateException("there is no chunk: open one");
        }
        int room = Math.min(timestampsMs.length, valueBits.length) - at;
        if (at < 0 || room < size) {
            throw new IllegalArgumentException(size + " samples at " + at + ": no room");
        }
        next = HEADER_BYTES;
        if (size > 0) {
            long zigzag = uvarint();
            timestampsMs[at] = (zigzag >>> 1) ^ -(zigzag & 1);
            valueBits[at] = Bits.peek(bytes, 8 * next);
            next += Long.BYTES;
        }
        requireEnd(size < 2 ? 8 * next : decodeLater(timestampsMs, valueBits, at));
        return size;
    }

    /// Behind the last sample: zero bits up to the byte, and perhaps a zero byte of Prometheus 2.
    private void requireEnd(int position) {
        requireInside(position, 1);
        if (end - position > 8 || Bits.peek(bytes, position) != 0) {
            throw new MalformedChunk(
                    position / 8, "something behind the last of " + size + " samples");
        }
    }

    private void requireInside(int position, int sample) {
        if (position > end) {
            throw new MalformedChunk(end / 8, "cut in sample " + sample + " of " + size);
        }
    }

    private long uvarint() {
        long value = 0;
        for (int i = 0; i < MOST_VARINT_BYTES; i++) {
            byte part = bytes[next++];
            value |= (part & 0x7fL) << (7 * i);
            if (part >= 0 && (i < MOST_VARINT_BYTES - 1 || part <= 1)) {
                return value;
            }
        }
        throw new MalformedChunk(next - 1, "a varint of more than 64 bits");
    }

    /// In one loop over local variables: with fields, which memory has to follow, it is slower.
    ///
    /// @return the bit behind the last sample
    private int decodeLater(long[] timestampsMs, long[] valueBits, int at) {
        byte[] in = bytes;
        long step = uvarint();
        int position = 8 * next;
        long t = timestampsMs[at];
        long value = valueBits[at];
        int significant = 64;
        int trailing = 0;
        for (int i = 1; i < size; i++) {
            long word = Bits.peek(in, position);
            if (i > 1) {
                int ones = Long.numberOfLeadingZeros(~word);
                if (ones == 0) {
                    position++;
                    word <<= 1;
                } else if (ones < 4) {
                    int width = 11 + 3 * ones;
                    step += dod(word << (ones + 1), width);
                    position += ones + 1 + width;
                    word <<= ones + 1 + width;
                } else {
                    step += Bits.get(in, position + 4, 64);
                    position += 4 + 64;
                    word = Bits.peek(in, position);
                }
            }
            t += step;
            if (word >= 0) {
                position++;
            } else {
                position += 2;
                if (word << 1 < 0) {
                    significant = significant(word);
                    trailing = trailing(word, significant, position);
                    position += 11;
                }
                value ^= Bits.get(in, position, significant) << trailing;
                position += significant;
            }
            requireInside(position, i + 1);
            timestampsMs[at + i] = t;
            valueBits[at + i] = value;
        }
        return position;
    }

    /// A dod of `width` bits, which `word` begins with.
    private static long dod(long word, int width) {
        return ((word - (1L << -width)) >> -width) + 1;
    }

    /// Of a word that begins with "11" b5 b6.
    private static int significant(long word) {
        int length = (int) (word >>> 51) & 63;
        return length == 0 ? 64 : length;
    }

    private static int trailing(long word, int significant, int position) {
        int leading = (int) (word >>> 57) & 31;
        if (leading + significant > 64) {
            throw new MalformedChunk(
                    position / 8, "a window of " + leading + " + " + significant + " bits");
        }
        return 64 - leading - significant;
    }
}
