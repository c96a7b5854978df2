package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.RowGroup.Size;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Groups that no encoder wrote, most of them with checksums that match.
class GroupDecoderTest {
    private final Groups groups = new Groups();

    @AfterEach
    void close() {
        groups.close();
    }

    @Test
    void everyFlippedByteAndEveryMissingEndIsDamage() {
        List<Series> series = Shapes.fleet(1, 1, 6);
        byte[] good = groups.encode(series);
        Groups.Index index = groups.index(series);
        for (int i = 0; i < good.length; i++) {
            byte[] cut = Arrays.copyOf(good, i);
            assertThatThrownBy(() -> groups.decode(cut, index))
                    .as("%d bytes", i)
                    .isInstanceOf(DamagedChunk.class);
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 << (i % 8));
            assertThatThrownBy(() -> groups.decode(bad, index))
                    .as("byte %d", i)
                    .isInstanceOf(DamagedChunk.class);
        }
    }

    /// Whoever can compute a checksum still gets no wrong number past the digest.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void hostileContentIsDamageOrTheSameSeries(int samples) {
        List<Series> series = Shapes.fleet(samples, 1, samples);
        List<byte[]> contents = groups.contents(groups.encode(series));
        Groups.Index index = groups.index(series);
        assertThat(groups.decode(groups.framed(contents), index)).isEqualTo(series);
        for (int stream = 0; stream < contents.size(); stream++) {
            byte[] good = contents.get(stream);
            for (int i = 0; i < good.length; i++) {
                for (int value : new int[] {good[i] ^ (1 << (i % 8)), good[i] + 1, 0, 0x7f, 0xff}) {
                    byte[] bad = good.clone();
                    bad[i] = (byte) value;
                    contents.set(stream, bad);
                    isDamageOr(series, contents, index);
                }
                contents.set(stream, Arrays.copyOf(good, i));
                isDamageOr(series, contents, index);
            }
            contents.set(stream, good);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void manyChangesAtOnceAreDamageOrTheSameSeries(long seed) {
        Random random = new Random(seed);
        List<Series> series = Shapes.fleet(seed, 2, 12);
        List<byte[]> good = groups.contents(groups.encode(series));
        Groups.Index index = groups.index(series);
        for (int round = 0; round < 1500; round++) {
            List<byte[]> contents = new ArrayList<>(good);
            int stream = random.nextInt(5) == 0 ? random.nextInt(good.size()) : 0;
            contents.set(stream, changed(good.get(stream), random));
            isDamageOr(series, contents, index);
        }
    }

    /// With some bytes replaced, doubled or left out.
    private static byte[] changed(byte[] good, Random random) {
        ByteSink changed = new ByteSink();
        int rarely = 1 + random.nextInt(Math.max(1, good.length));
        for (byte one : good) {
            int what = random.nextInt(rarely) == 0 ? random.nextInt(4) : 4;
            switch (what) {
                case 0 -> changed.u8(random.nextInt(256));
                case 1 -> changed.u8(random.nextBoolean() ? 0 : 0xff);
                case 2 -> changed.bytes(new byte[] {one, one});
                case 3 -> {}
                default -> changed.u8(one);
            }
        }
        return changed.toArray();
    }

    private void isDamageOr(List<Series> series, List<byte[]> contents, Groups.Index index) {
        List<Series> read;
        try {
            read = groups.decode(groups.framed(contents), index);
        } catch (DamagedChunk expected) {
            assertThat(expected.offset()).isGreaterThanOrEqualTo(Groups.OFFSET);
            return;
        }
        assertThat(read).isEqualTo(series);
    }

    @Test
    void otherContentIsNotWhatWasWritten() {
        List<Series> series = Shapes.fleet(3, 1, 5);
        List<Series> other = new ArrayList<>(series);
        Samples samples = series.get(4).samples();
        long[] bits = new long[samples.size()];
        samples.copyValueBits(bits, 0);
        bits[2] ^= 1;
        long[] timestamps = Shapes.timestamps(Shapes.START_MS, bits.length);
        other.set(4, new Series(series.get(4).labels(), Samples.of(timestamps, bits)));
        byte[] others = groups.encode(other);
        groups.encode(series);
        Groups.Index index = groups.index(series);
        assertThatThrownBy(() -> groups.decode(others, index))
                .isInstanceOf(DamagedChunk.class)
                .hasMessage(
                        "damaged chunk at byte 4096: the content of a row group is not what was"
                                + " written");
    }

    @Test
    void seriesUnderOtherNamesAreNotWhatWasWritten() {
        List<Series> series = Shapes.fleet(3, 1, 5);
        byte[] group = groups.encode(series);
        List<Series> renamed =
                series.stream().map(one -> new Series(Labels.of("a", "b"), one.samples())).toList();
        Groups.Index index = groups.index(renamed);
        assertThatThrownBy(() -> groups.decode(group, index))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("is not what was written");
    }

    @Test
    void swappedLanesAreNoticed() {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Shapes.Values values = i % 2 == 0 ? Shapes.Values.GAUGE_WALK : Shapes.Values.ANY_BITS;
            series.add(new Series(Labels.of("a", "" + i), Shapes.samples(values, i, 200)));
        }
        List<byte[]> contents = groups.contents(groups.encode(series));
        Groups.Index index = groups.index(series);
        byte[] columns = contents.get(0);
        ByteSource blocks = new ByteSource(columns, 0);
        blocks.varint();
        blocks.skip((int) blocks.varint());
        blocks.skip((int) blocks.varint());
        int length = (int) blocks.varint();
        byte[] bad = columns.clone();
        for (int i = blocks.position(); i < blocks.position() + length; i++) {
            assertThat(columns[i]).isBetween((byte) 0, (byte) 1);
            bad[i] ^= 1;
        }
        contents.set(0, bad);
        assertThatThrownBy(() -> groups.decode(groups.framed(contents), index))
                .isInstanceOf(DamagedChunk.class);
        contents.set(0, columns);
        assertThat(groups.decode(groups.framed(contents), index)).isEqualTo(series);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 20, ''",
        "19, 20, timestamps",
        "20, 19, more values",
        "1000, 1000, fewer values"
    })
    void aGroupHoldsWhatTheIndexCounts(int samples, int values, String damage) {
        List<Series> series =
                List.of(
                        new Series(
                                Labels.of("a", "1"), Shapes.samples(Shapes.Values.COUNTER, 1, 10)),
                        new Series(
                                Labels.of("a", "2"),
                                Samples.of(
                                        new long[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 11}, new long[10])));
        byte[] group = groups.encode(series);
        long digest = groups.index(series).group().digest();
        Groups.Index index = Groups.index(series, new Size(2, samples, values), digest);
        if (damage.isEmpty()) {
            assertThat(groups.decode(group, index)).isEqualTo(series);
        } else {
            assertThatThrownBy(() -> groups.decode(group, index))
                    .isInstanceOf(DamagedChunk.class)
                    .hasMessageContaining(damage);
        }
    }

    /// COLUMNS of one series `a="1"` whose one value is 0, with something wrong.
    @ParameterizedTest
    @CsvSource({
        "01 0105 020000 00 020100 080000000000000000, ''",
        "02 0105 020000 00 020100 080000000000000000, '2 timestamp vectors, at most 1'",
        "00 0105 0100 00 00 080000000000000000, 'more series with timestamps of their own than"
                + " timestamps'",
        "01 0101 020000 00 020100 080000000000000000, 'a first series without timestamps'",
        "01 0104 020000 00 020100 080000000000000000, 'shape 4'",
        "01 020901 020000 00 020100 080000000000000000, '1 vectors, at most 0'",
        "01 0a09ffffffffffffffff7f 020000 00 020100 080000000000000000, 'vectors, at most 0'",
        "01 040d000100 020000 00 020100 080000000000000000, '1 timestamps left out, at most 0'",
        "01 040d000001 020000 00 020100 080000000000000000, '1 timestamps left out, at most 0'",
        "01 020500 020000 00 020100 080000000000000000, '1 bytes behind the end of SHAPE'",
        "01 0105 03000000 00 020100 080000000000000000, '1 bytes behind the end of MODES'",
        "01 0105 020000 0100 020100 080000000000000000, '1 bytes behind the end of LANES'",
        "01 0105 020000 00 03010000 080000000000000000, '1 bytes behind the end of NUMBERS'",
        "01 0105 020000 00 020100 09000000000000000000, '1 bytes behind the end of CONSTANTS'",
        "01 0105 020000 00 020100 080000000000000000 00, '1 bytes behind the end of COLUMNS'",
        "01 0105 020000 00 020000 080000000000000000, 'a timestamp vector without timestamps'",
        "01 0105 020000 00 020200 080000000000000000, '2 timestamps, at most 1'",
        "01 0105 020000 00 020102 080000000000000000, 'is not what was written'",
        "01 0105 020000 00 020100 080100000000000000, 'is not what was written'",
        "01 0105 020000 00 020100 070000000000000000, 'behind the end of COLUMNS'",
        "01 00 020000 00 020100 080000000000000000, '1 bytes wanted where only 0 are left'"
    })
    void eachRuleOfTheGrammarIsChecked(String hex, String message) {
        Series one = new Series(Labels.of("a", "1"), Samples.of(new long[1], new long[1]));
        groups.encode(List.of(one));
        Groups.Index index = groups.index(List.of(one));
        byte[] columns = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] group = groups.framed(List.of(columns, new byte[] {1, 0, 0, 0}, new byte[0]));
        if (message.isEmpty()) {
            assertThat(groups.decode(group, index)).containsExactly(one);
        } else {
            assertThatThrownBy(() -> groups.decode(group, index))
                    .isInstanceOf(DamagedChunk.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void timestampsThatDoNotAscendAreDamage() {
        Series one = new Series(Labels.of("a", "1"), Samples.of(new long[] {0, 1, 2}, new long[3]));
        groups.encode(List.of(one));
        Groups.Index index = groups.index(List.of(one));
        // Three timestamps from 0 on, as differences.
        byte[] columns =
                HexFormat.of().parseHex("010105020000" + "0100" + "020300" + "08" + "00".repeat(8));
        for (byte[] residuals : new byte[][] {{2, 0}, {2, 1}, {0, 2}, {4, 3}}) {
            byte[] lanes = {1, 0, 2, 2, residuals[0], residuals[1]};
            byte[] group = groups.framed(List.of(columns, lanes, new byte[0]));
            assertThatThrownBy(() -> groups.decode(group, index))
                    .isInstanceOf(DamagedChunk.class)
                    .hasMessageContaining("timestamps that do not ascend");
        }
        byte[] group = groups.framed(List.of(columns, new byte[] {1, 0, 2, 2, 2, 2}, new byte[0]));
        assertThat(groups.decode(group, index)).containsExactly(one);
    }

    /// Of a vector of 3 only the last timestamp is left.
    @ParameterizedTest
    @CsvSource({
        "2, 0, 'fewer values than the index counts'",
        "3, 0, '3 timestamps left out, at most 2'",
        "2, 1, '1 timestamps left out, at most 0'"
    })
    void aSliceKeepsATimestamp(int front, int back, String message) {
        Series one = new Series(Labels.of("a", "1"), Samples.of(new long[] {2}, new long[1]));
        groups.encode(List.of(one));
        Groups.Index index =
                Groups.index(
                        List.of(one),
                        new Size(1, 3, 3),
                        groups.index(List.of(one)).group().digest());
        String shape = "040d00%02x%02x".formatted(front, back);
        byte[] columns =
                HexFormat.of()
                        .parseHex(
                                "01"
                                        + shape
                                        + "020000"
                                        + "0100"
                                        + "020300"
                                        + "08"
                                        + "00".repeat(8));
        byte[] group = groups.framed(List.of(columns, new byte[] {1, 0, 2, 2, 2, 2}, new byte[0]));
        assertThatThrownBy(() -> groups.decode(group, index))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(message);
    }

    @Test
    void aStreamOfAnUnknownKindIsSkippedOrTooNew() {
        List<Series> series = Shapes.fleet(4, 1, 3);
        byte[] group = groups.encode(series);
        Groups.Index index = groups.index(series);
        for (int kind : new int[] {128, 200, 255}) {
            assertThat(groups.decode(with(group, kind), index)).isEqualTo(series);
        }
        for (int kind : new int[] {5, 19, 127}) {
            assertThatThrownBy(() -> groups.decode(with(group, kind), index))
                    .isInstanceOf(UnsupportedChunk.TooNew.class)
                    .hasMessageContaining("a stream of kind " + kind)
                    .hasMessageContaining("it is too new");
        }
        for (int kind : new int[] {1, 3, 17}) {
            assertThatThrownBy(() -> groups.decode(with(group, kind), index))
                    .isInstanceOf(DamagedChunk.class)
                    .hasMessageContaining("stream " + kind + " where it does not belong");
        }
    }

    private static byte[] with(byte[] group, int kind) {
        ByteSink sink = new ByteSink();
        sink.bytes(group);
        sink.bytes(new byte[] {(byte) kind, 0, 1, 1, 7});
        sink.u32(StreamSink.crc(sink.array(), group.length, 5));
        return sink.toArray();
    }

    @Test
    void theLimitOfAStreamGrowsWithWhatItHolds() {
        assertThat(GroupDecoder.limit(new Size(0, 0, 0))).isEqualTo(1024);
        assertThat(GroupDecoder.limit(new Size(3, 0, 5))).isEqualTo(1024 + 160 + 192);
    }
}
