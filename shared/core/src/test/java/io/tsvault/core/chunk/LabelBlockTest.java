package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.ThreadMXBean;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

class LabelBlockTest {
    private static final int LONGEST = LabelBlock.MAX_LABEL_BYTES;

    @Test
    void aBlockIsWrittenAsDocumented() {
        byte[] block =
                LabelBlock.encode(
                        List.of(
                                Labels.of("job", "node", "zone", "a1"),
                                Labels.of("job", "node", "zone", "a22"),
                                Labels.of("job", "node", "zone", "a22"),
                                Labels.of("jobs", "node", "zone", "a1")));
        String series =
                "00" + "02" + "00" + "01" + "0101" + "01" + "0200" + "00" + "02" + "02" + "01";
        String values = "00" + "00" + "01" + "00" + "00";
        // Of a22 one byte is kept; nothing of zone is kept for jobs.
        String lengths = "0003" + "0004" + "0004" + "0002" + "0102" + "0004" + "0004";
        String text = ascii("job" + "node" + "zone" + "a1" + "22" + "jobs" + "node");
        assertThat(HexFormat.of().formatHex(block))
                .isEqualTo("04" + block(series) + block(values) + block(lengths) + block(text));
    }

    private static String block(String hex) {
        return HexFormat.of().toHexDigits((byte) (hex.length() / 2)) + hex;
    }

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(US_ASCII));
    }

    @Test
    void noSeriesAndNoLabelsReadBack() {
        readsBack(List.of());
        readsBack(List.of(Labels.NONE, Labels.of("a", "1"), Labels.of("a", "2", "b", "1")));
    }

    @Test
    void S37_rawBytesAndQuotedNamesReadBack() {
        byte[] raw = {(byte) 0xff, 0, (byte) 0x80};
        readsBack(
                List.of(
                        Labels.ofBytes(raw, raw),
                        Labels.ofBytes(raw, new byte[] {0}),
                        Labels.of("with space", "x", "ünïcode.name", "\u0000\ud83c\udc04"),
                        Labels.of("with space", "x", "ünïcode.namé", "\ud83c\udc05")));
    }

    @Test
    void textsOfAnyLengthReadBack() {
        List<Labels> labels = new ArrayList<>();
        for (int length : new int[] {1, 127, 128, 129, 16_383, 16_384, LONGEST - 9}) {
            labels.add(Labels.of("a", "v".repeat(length)));
        }
        readsBack(labels);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyLabelsReadBack(long seed) {
        Random random = new Random(seed);
        List<Labels> labels = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Map<String, String> one = new TreeMap<>();
            for (int k = random.nextInt(5); k > 0; k--) {
                one.put(
                        "n" + random.nextInt(6),
                        "v".repeat(random.nextInt(3)) + random.nextInt(20));
            }
            labels.add(Labels.of(one));
        }
        readsBack(labels);
        readsBack(labels.stream().sorted().toList());
    }

    @Test
    void theNamesOfAFleetTakeAFewBytesEach() {
        List<Labels> labels = Shapes.fleet(1, 100, 1).stream().map(Series::labels).toList();
        byte[] block = readsBack(labels);
        try (Zstd.Compressor zstd = new Zstd.Compressor()) {
            assertThat(zstd.compress(block).length).isLessThan(2 * labels.size());
        }
        assertThat(block.length).isLessThan(7 * labels.size());
    }

    @Test
    void aRunIsAPartOfABlock() {
        List<Labels> labels = IntStream.range(0, 10).mapToObj(i -> Labels.of("i", "" + i)).toList();
        LabelBlock block = LabelBlock.decode(source(LabelBlock.encode(labels)));
        LabelBlock.Run run = new LabelBlock.Run(block, 4, 3);
        assertThat(run.size()).isEqualTo(3);
        assertThat(run.labels(0)).isEqualTo(labels.get(4)).isEqualTo(block.labels().get(4));
        assertThat(run.hash(2)).isEqualTo(XxHash.of(labels.get(6).bytes()));
        assertThat(block.size()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        // count, series, values, lengths, text; the first label is a=1
        "8193, '', '', '', '', '8193 series in a label block, at most 8192'",
        "1, 0100, '', '', '', '1 shared labels, at most 0'",
        "2, 000100 0200, 00, 00010001, 6131, '2 shared labels, at most 1'",
        "1, 00ffffffff0f, '', '', '', '4294967295 labels'",
        "1, 000101, '', '', '', '1 texts, at most 0'",
        "1, 000100, 01, 00010001, 6131, '1 texts, at most 0'",
        "1, 000100, 00, 0101, 61, '1 bytes kept, at most 0'",
        "2, 000100 000101, 0000, 00010001 0200, 6131, '2 bytes kept, at most 1'",
        "1, 000100, 00, 00010002, 6131, '2 bytes of text, at most 1'",
        "1, 000100, 00, 00010000, 61, 'an empty text'",
        "1, 00020000, 0000, 00010001, 6131, 'twice'",
        "1, 00010000, 00, 00010001, 6131, '1 bytes behind the end of SERIES'",
        "1, 000100, 0000, 00010001, 6131, '1 bytes behind the end of VALUES'",
        "1, 000100, 00, 0001000100, 6131, '1 bytes behind the end of LENGTHS'",
        "1, 000100, 00, 00010001, 613131, '1 bytes behind the end of TEXT'",
        "1, 00, 00, 00010001, 6131, '1 bytes wanted where only 0 are left'",
        "1, 000100, '', 00010001, 6131, '1 bytes wanted where only 0 are left'"
    })
    void aBlockThatNoWriterWroteIsDamage(
            int count, String series, String values, String lengths, String text, String message) {
        ByteSink block = new ByteSink();
        block.varint(count);
        for (String hex : new String[] {series, values, lengths, text}) {
            block.block(HexFormat.of().parseHex(hex.replace(" ", "")));
        }
        isDamage(block.toArray(), message);
    }

    @Test
    void whatLiesBehindABlockIsDamage() {
        isDamage(HexFormat.of().parseHex("000000000000"), "1 bytes behind the end of LABELS");
        isDamage(HexFormat.of().parseHex("0001"), "1 bytes wanted where only 0 are left");
    }

    @Test
    void aSeriesMayHaveAMebibyteOfLabelsAndABlockTwo() {
        // Two lengths, of one byte and of three, and a name of one byte.
        int longest = LONGEST - 5;
        Labels large = Labels.of("a", "v".repeat(longest));
        assertThat(large.byteLength()).isEqualTo(LONGEST);
        byte[] two = readsBack(List.of(large, large));
        byte[] three = LabelBlock.encode(List.of(large, large, Labels.of("a", "1")));
        assertThat(three.length).isLessThan(two.length + 10);
        isDamage(three, "more than 2097152 bytes of labels");
        byte[] larger = LabelBlock.encode(List.of(Labels.of("a", "v".repeat(longest + 1))));
        isDamage(larger, "more than 1048576 bytes of labels");
    }

    /// 8192 series in 16 KiB, each with the same half megabyte.
    @Test
    void aBombOfLabelsIsRefused() {
        ByteSink series = new ByteSink();
        series.bytes(new byte[] {0, 1, 0});
        for (int i = 1; i < LabelBlock.MAX_SERIES; i++) {
            series.bytes(new byte[] {1, 0});
        }
        ByteSink lengths = new ByteSink();
        lengths.bytes(new byte[] {0, 1, 0});
        lengths.varint(LONGEST / 2);
        byte[] text = new byte[1 + (LONGEST / 2)];
        ByteSink block = new ByteSink();
        block.varint(LabelBlock.MAX_SERIES);
        block.block(series.toArray());
        block.block(new byte[1]);
        block.block(lengths.toArray());
        block.block(text);
        isDamage(block.toArray(), "more than 2097152 bytes of labels");
    }

    /// Texts of growing length, of which each keeps the one before.
    @Test
    void aBombOfTextsIsRefused() {
        int count = 4096;
        ByteSink series = new ByteSink();
        ByteSink values = new ByteSink();
        ByteSink lengths = new ByteSink();
        lengths.bytes(new byte[] {0, 1});
        for (int i = 0; i < count; i++) {
            series.bytes(new byte[] {0, 1, 0});
            values.varint(i);
            lengths.varint(i);
            lengths.varint(1);
        }
        ByteSink block = new ByteSink();
        block.varint(count);
        block.block(series.toArray());
        block.block(values.toArray());
        block.block(lengths.toArray());
        block.block(new byte[1 + count]);
        isDamage(block.toArray(), "bytes of labels");
    }

    /// The same within one series, whose labels are only put together at its end.
    @Test
    void aBombOfTextsInOneSeriesIsRefusedWhileItIsRead() {
        int count = 20_000;
        ByteSink series = new ByteSink();
        series.u8(0);
        series.varint(count);
        ByteSink lengths = new ByteSink();
        for (int i = 0; i < count; i++) {
            series.varint(i);
            lengths.varint(i);
            lengths.varint(1);
            lengths.bytes(new byte[] {0, 1});
        }
        ByteSink block = new ByteSink();
        block.varint(1);
        block.block(series.toArray());
        block.block(new byte[count]);
        block.block(lengths.toArray());
        block.block(new byte[2 * count]);
        long before = allocated();
        isDamage(block.toArray(), "bytes of labels");
        assertThat(allocated() - before).isLessThan(32 << 20);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Test
    void textsWithOneHashAreToldApart() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        readsBack(List.of(Labels.of("Aa", "BB"), Labels.of("BB", "Aa"), Labels.of("BB", "BB")));
    }

    @Test
    void anyDamageIsNoticedOrGivesLabels() {
        List<Labels> labels = Shapes.fleet(2, 2, 1).stream().map(Series::labels).toList();
        byte[] good = LabelBlock.encode(labels);
        for (int i = 0; i < good.length; i++) {
            byte[] prefix = Arrays.copyOf(good, i);
            assertThatThrownBy(() -> LabelBlock.decode(source(prefix)))
                    .isInstanceOf(DamagedChunk.class);
            for (int value : new int[] {good[i] ^ 1, good[i] ^ 0x80, 0, 0xff, good[i] + 1}) {
                byte[] bad = good.clone();
                bad[i] = (byte) value;
                try {
                    LabelBlock block = LabelBlock.decode(source(bad));
                    readsBack(block.labels());
                } catch (DamagedChunk expected) {
                    assertThat(expected.offset()).isBetween(0L, (long) good.length);
                }
            }
        }
    }

    private static byte[] readsBack(List<Labels> labels) {
        byte[] bytes = LabelBlock.encode(labels);
        LabelBlock block = LabelBlock.decode(source(bytes));
        assertThat(block.labels()).isEqualTo(labels);
        return bytes;
    }

    private static void isDamage(byte[] block, String message) {
        assertThatThrownBy(() -> LabelBlock.decode(source(block)))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(message);
    }

    private static ByteSource source(byte[] bytes) {
        return new ByteSource(bytes, 0);
    }
}
