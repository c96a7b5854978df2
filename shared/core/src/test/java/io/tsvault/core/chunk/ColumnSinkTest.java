package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class ColumnSinkTest {
    private final ColumnSink sink = new ColumnSink();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void residualsOfAnySizeReadBack(long seed) {
        Random random = new Random(seed);
        long[][] columns = new long[200][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new long[1 + random.nextInt(60)];
            int narrow = random.nextInt(64);
            for (int k = 1; k < columns[i].length; k++) {
                columns[i][k] = random.nextLong() >> narrow;
            }
            sink.residuals(columns[i], columns[i].length);
        }
        ColumnSource source = Columns.source(sink);
        for (int i = 0; i < columns.length; i++) {
            long[] into = new long[columns[i].length];
            source.residuals(into, into.length);
            assertThat(into).as("seed %d, column %d", seed, i).isEqualTo(columns[i]);
        }
        source.requireEnd();
    }

    /// 62 bits begin at each bit of a byte and reach into a ninth.
    @Test
    void theWidestBitsReadBackAtEveryPlace() {
        for (int shift = 0; shift < 64; shift++) {
            sink.clear();
            long[] residuals = new long[shift + 3];
            // Tokens with 5 and 6 bits behind, then two with 62.
            Arrays.fill(residuals, 1, shift + 1, shift % 2 == 0 ? 32 : 64);
            residuals[shift + 1] = Long.MIN_VALUE;
            residuals[shift + 2] = Long.MIN_VALUE + 1;
            sink.residuals(residuals, residuals.length);
            long[] into = new long[residuals.length];
            ColumnSource source = Columns.source(sink);
            source.residuals(into, into.length);
            assertThat(into).isEqualTo(residuals);
            source.requireEnd();
        }
    }

    @Test
    void aSmallResidualIsATokenAndALargeOneHasBitsBehind() {
        sink.residuals(new long[] {99, 31, -32, 32, -49}, 5);
        assertThat(Arrays.copyOf(sink.tokens.array(), 4)).containsExactly(62, 63, 64, 65);
        // 64 is the base of token 64, 97 the base of token 65 and 1.
        assertThat(sink.bits.bits()).isEqualTo(10);
        assertThat(sink.bits.toArray()).containsExactly(1 << 5, 0);
    }

    @Test
    void aColumnWithoutResidualsHasNoLane() {
        sink.residuals(new long[] {5}, 1);
        ColumnSource source = Columns.source(sink);
        long[] into = {7};
        source.residuals(into, 1);
        assertThat(into).containsExactly(7);
        source.requireEnd();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0102, '', 'lane 1 of 1'",
        "0, 01, '', 'lane 0 ends inside a column'",
        "0, 010203, '', 'tokens behind the last column'",
        "0, 01b4, ff, 'token 180'",
        "0, 01ff, ff, 'token 255'",
        "0, 4142, ff, 'the bits end inside a column'",
        "0, 4101, '', 'the bits end inside a column'",
        "0, 0102, 00, 'bits behind the last column'",
        "0, 4101, 0000, 'bits behind the last column'"
    })
    void columnsThatLieAreDamage(int lane, String tokens, String bits, String message) {
        assertThatThrownBy(
                        () -> {
                            ColumnSource source =
                                    source(new byte[] {(byte) lane}, hex(tokens), hex(bits));
                            source.residuals(new long[3], 3);
                            source.requireEnd();
                        })
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(message);
    }

    @Test
    void aSecondColumnMayNotReachBeyondItsLane() {
        assertThatThrownBy(
                        () -> {
                            ColumnSource source = source(new byte[2], hex("010203"), new byte[0]);
                            source.residuals(new long[3], 3);
                            source.residuals(new long[3], 3);
                        })
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("ends inside a column");
    }

    @Test
    void repeatsThatNoColumnReadsAreDamage() {
        sink.repeats.u64(1);
        ColumnSource source = Columns.source(sink);
        assertThatThrownBy(source::requireEnd)
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("8 bytes behind the end of REPEATS");
    }

    @Test
    void allStreamsShareOneLimit() {
        try (StreamSink out = new StreamSink();
                StreamSource in = new StreamSource()) {
            out.raw(StreamKind.TOKENS, hex("01" + "000404" + "01020304"));
            out.raw(StreamKind.BITS, new byte[16]);
            out.raw(StreamKind.REPEATS, new byte[64]);
            byte[] streams = out.take();
            // What TOKENS hold counts as it is and as tokens.
            int all = 8 + 4 + 16 + 64;
            ByteSource none = new ByteSource(new byte[0], 0);
            ByteSource[] blocks = {none, none, none, none};
            ByteSource whole = new ByteSource(streams, 0);
            assertThat(ColumnSource.of(in, whole, blocks, all).repeats.remaining()).isEqualTo(64);
            for (int limit = 0; limit < all; limit++) {
                int less = limit;
                assertThatThrownBy(
                                () -> ColumnSource.of(in, new ByteSource(streams, 0), blocks, less))
                        .as("limit %d", limit)
                        .isInstanceOf(DamagedChunk.class)
                        .hasMessageContaining("at most");
            }
        }
    }

    @Test
    void sevenBitsMayBeLeftOver() {
        ColumnSource source = source(new byte[1], hex("4101"), hex("1f"));
        long[] into = new long[3];
        source.residuals(into, 3);
        source.requireEnd();
        assertThat(into).containsExactly(0, -64, -1);
    }

    private static ColumnSource source(byte[] lanesOfColumns, byte[] tokens, byte[] bits) {
        try (StreamSink out = new StreamSink();
                StreamSource in = new StreamSource()) {
            ByteSink lanes = new ByteSink();
            lanes.bytes(new byte[] {1, 0, (byte) tokens.length, (byte) tokens.length});
            lanes.bytes(tokens);
            out.raw(StreamKind.TOKENS, lanes.toArray());
            out.raw(StreamKind.BITS, bits);
            ByteSource none = new ByteSource(new byte[0], 0);
            ByteSource[] blocks = {none, new ByteSource(lanesOfColumns, 0), none, none};
            RowGroup.Size size = new RowGroup.Size(1, 10, 10);
            return ColumnSource.of(
                    in, new ByteSource(out.take(), 0), blocks, GroupDecoder.limit(size));
        }
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
