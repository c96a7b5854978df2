package io.tsvault.core.chunk;

import java.util.Arrays;

/// Reads the columns of one row group in the order in which they were written.
final class ColumnSource {
    /// Larger than any number of bits that are there.
    private static final int NO_TOKEN = Integer.MAX_VALUE;

    private static final long[] BASES = Token.bases();
    private static final int[] WIDTHS = Token.widths(NO_TOKEN);

    /// So that the last bits can be read eight bytes at a time.
    private static final int SLACK = 16;

    final ByteSource modes;
    final ByteSource numbers;
    final ByteSource constants;
    final ByteSource repeats;
    private final ByteSource laneNumbers;
    private final Lane[] lanes;
    private final ByteSource bitSource;
    private final byte[] bits;
    private final long bitCount;
    private long bit;

    /// The tokens of one lane and how many were read.
    private static final class Lane {
        final byte[] tokens;
        int at;

        Lane(byte[] tokens) {
            this.tokens = tokens;
        }
    }

    private ColumnSource(
            ByteSource[] columns, byte[][] lanes, ByteSource bits, ByteSource repeats) {
        modes = columns[0];
        laneNumbers = columns[1];
        numbers = columns[2];
        constants = columns[3];
        this.repeats = repeats;
        this.lanes = Arrays.stream(lanes).map(Lane::new).toArray(Lane[]::new);
        bitSource = bits;
        bitCount = 8L * bits.remaining();
        int from = bits.position();
        this.bits = Arrays.copyOfRange(bits.array(), from, from + bits.remaining() + SLACK);
    }

    /// Reads the streams behind COLUMNS.
    ///
    /// @param columns the blocks of COLUMNS without the first
    /// @param limit how many bytes these streams may have in all, decompressed
    static ColumnSource of(
            StreamSource streams, ByteSource group, ByteSource[] columns, int limit) {
        ByteSource tokens = streams.next(group, StreamKind.TOKENS, limit);
        int left = limit - tokens.remaining();
        byte[][] lanes = streams.lanes(tokens, left);
        for (byte[] lane : lanes) {
            left -= lane.length;
        }
        ByteSource bits = streams.next(group, StreamKind.BITS, left);
        left -= bits.remaining();
        ByteSource repeats = new ByteSource(new byte[0], group.offset());
        if (streams.isNext(group, StreamKind.REPEATS)) {
            repeats = streams.next(group, StreamKind.REPEATS, left);
        }
        streams.requireEnd(group);
        return new ColumnSource(columns, lanes, bits, repeats);
    }

    /// The residuals of a column of `n` integers, to `into[1]` and behind.
    void residuals(long[] into, int n) {
        if (n < 2) {
            return;
        }
        int number = laneNumbers.u8();
        if (number >= lanes.length) {
            throw laneNumbers.damaged("lane " + number + " of " + lanes.length);
        }
        Lane lane = lanes[number];
        if (lane.tokens.length - lane.at < n - 1) {
            throw laneNumbers.damaged("lane " + number + " ends inside a column");
        }
        int first = lane.at - 1;
        lane.at += n - 1;
        if (allDirect(lane.tokens, first + 1, first + n)) {
            for (int i = 1; i < n; i++) {
                into[i] = ByteSink.unzigzagged(lane.tokens[first + i]);
            }
        } else {
            withBits(lane.tokens, first, into, n);
        }
    }

    private static boolean allDirect(byte[] tokens, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= tokens[i];
        }
        return (all & -Token.DIRECT) == 0;
    }

    private void withBits(byte[] tokens, int first, long[] into, int n) {
        long at = bit;
        for (int i = 1; i < n; i++) {
            int token = tokens[first + i] & 0xff;
            long code = BASES[token];
            int width = WIDTHS[token];
            if (width != 0) {
                if (width > bitCount - at) {
                    throw bitSource.damaged(
                            width == NO_TOKEN ? "token " + token : "the bits end inside a column");
                }
                code |= bits(at, width);
                at += width;
            }
            into[i] = ByteSink.unzigzagged(code);
        }
        bit = at;
    }

    private long bits(long at, int width) {
        int index = (int) (at >>> 3);
        int shift = (int) (at & 7);
        long word = (long) ByteSink.LONG.get(bits, index) >>> shift;
        if (shift + width > Long.SIZE) {
            word |= (long) bits[index + Long.BYTES] << (Long.SIZE - shift);
        }
        return word & ((1L << width) - 1);
    }

    /// Nothing may be left in any stream.
    void requireEnd() {
        modes.requireEnd("MODES");
        laneNumbers.requireEnd("LANES");
        numbers.requireEnd("NUMBERS");
        constants.requireEnd("CONSTANTS");
        repeats.requireEnd("REPEATS");
        for (Lane lane : lanes) {
            if (lane.at != lane.tokens.length) {
                throw laneNumbers.damaged("tokens behind the last column");
            }
        }
        if (bitCount - bit >= Byte.SIZE) {
            throw bitSource.damaged("bits behind the last column");
        }
    }
}
