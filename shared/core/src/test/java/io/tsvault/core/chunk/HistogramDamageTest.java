package io.tsvault.core.chunk;

import static io.tsvault.core.chunk.HistogramSamples.START_MS;
import static io.tsvault.core.chunk.HistogramSamples.arbitrary;
import static io.tsvault.core.chunk.HistogramSamples.every15Seconds;
import static io.tsvault.core.chunk.HistogramSamples.labels;
import static io.tsvault.core.chunk.HistogramSamples.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class HistogramDamageTest {
    private static final long SEED = 11;

    /// The streams of a row group.
    private static final List<StreamKind> KINDS =
            List.of(StreamKind.COLUMNS, StreamKind.TOKENS, StreamKind.BITS, StreamKind.REPEATS);

    private final List<Series> content = content();
    private final GroupFixture group = GroupFixture.of(content);
    private final StreamSource source = new StreamSource();

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void everyPrefixIsSeen() {
        byte[] whole = group.bytes();
        for (int length = 0; length < whole.length; length++) {
            requireDamaged(Arrays.copyOf(whole, length), "a prefix of " + length);
        }
    }

    @Test
    void everyFlippedByteIsSeen() {
        for (int at = 0; at < group.bytes().length; at++) {
            for (int mask : new int[] {1, 0x80, 0xff}) {
                byte[] bytes = group.bytes();
                bytes[at] ^= (byte) mask;
                requireDamaged(bytes, "byte " + at + " ^ " + mask);
            }
        }
    }

    @Tag("slow")
    @Test
    void everyFlippedBitBehindAValidChecksumIsSeen() {
        List<Stream> streams = streams();
        for (int stream = 0; stream < streams.size(); stream++) {
            int bits = 8 * streams.get(stream).plain().length();
            for (int bit = 0; bit < bits; bit++) {
                byte[] plain = streams.get(stream).plain().bytes();
                plain[bit >> 3] ^= (byte) (1 << (bit & 7));
                requireDamagedOrSame(
                        framed(streams, stream, plain), "bit " + bit + " of stream " + stream);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void bytesAtRandomBehindAValidChecksumAreSeen(int seed) {
        Random random = new Random(seed);
        List<Stream> streams = streams();
        for (int round = 0; round < 500; round++) {
            byte[] plain = streams.getFirst().plain().bytes();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                plain[random.nextInt(plain.length)] = (byte) random.nextInt();
            }
            requireDamagedOrSame(framed(streams, 0, plain), "round " + round + " of seed " + seed);
        }
    }

    @Test
    void moreValuesThanTheIndexCountsAreSeenBeforeTheyAreAllocated() {
        RowGroup.Size size = group.size();
        for (int values = size.samples(); values < size.values(); values += 7) {
            GroupFixture other =
                    group.withSize(new RowGroup.Size(size.series(), size.samples(), values));
            assertThatThrownBy(() -> other.decode(source, other.bytes()))
                    .isInstanceOf(DamagedChunk.class);
        }
    }

    @Test
    void aFloatAndAHistogramAtOneTimeAreSeen() {
        Histogram one = arbitrary(new Random(SEED));
        Samples floats = Samples.of(new long[] {START_MS}, new long[] {5});
        Histograms later = Histograms.builder().add(START_MS + 1, one).build();
        GroupFixture both = GroupFixture.of(List.of(new Series(labels(1), floats, later)));
        List<Stream> streams = streams(both);
        byte[] columns = streams.getFirst().plain().bytes();
        // Behind the count of vectors and the length of the block lies the shape.
        assertThat(columns[2]).isEqualTo((byte) 0b01_01_11);
        columns[2] = 0b00_01_11;
        assertThatThrownBy(() -> both.decode(source, framed(streams, 0, columns)))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("has a float and a histogram at " + START_MS);
    }

    /// What NUMBERS say of two histograms: runs, each with a layout whose spans are positive, then
    /// negative.
    @ParameterizedTest
    @CsvSource({
        "00 03, '3 histograms of a layout, at most 2'",
        "00 01 00 00 00 02, '2 histograms of a layout, at most 1'",
        "00 00, a run of no histograms",
        "00 02 818004, '65537 spans, at most 65536'",
        "00 02 01 00 00 808004, '65536 spans, at most 65535'",
        "00 02 01 00 818004, '65537 buckets, at most 65536'",
        "00 02 02 00 ffff03 00 02, '2 buckets, at most 1'",
        "00 02 01 00 808004 01 00 01, '1 buckets, at most 0'",
        "00 02 01 00 ffff03 02 00 01 00 01, '1 buckets, at most 0'",
        "00 02 01 00 ffff03 01 00 01, more values of histograms than the index counts"
    })
    void aLayoutKeepsToTheLimitsOfTheFormat(String numbers, String why) {
        requireDamaged("00", numbers, "", why);
    }

    @Test
    void thereAreNoMoreBoundsThanBytesForThem() {
        requireDamaged("04", "00 02 02", "00".repeat(15), "2 custom bounds, at most 1");
        requireDamaged("04", "00 02 02", "00".repeat(16), "1 bytes wanted where only 0 are left");
    }

    /// A row group of two histograms, one behind the other.
    private void requireDamaged(String flags, String numbers, String constants, String why) {
        ByteSink columns = new ByteSink();
        columns.varint(1);
        // A column of histograms, of the next vector; the timestamps 0 and 1, of lane 0.
        for (String block : List.of("12", "00" + flags, "00", "0200" + numbers, constants)) {
            columns.block(HexFormat.of().parseHex(block.replace(" ", "")));
        }
        byte[] tokens = {1, 0, 1, 1, 2};
        byte[] bytes;
        try (StreamSink sink = new StreamSink()) {
            sink.raw(StreamKind.COLUMNS, columns.toArray());
            sink.raw(StreamKind.TOKENS, tokens);
            sink.raw(StreamKind.BITS, new byte[0]);
            bytes = sink.take();
        }
        RowGroup.Size size = new RowGroup.Size(1, 2, 1000);
        LabelBlock.Run one = new LabelBlock(List.of(labels(1))).run(0, 1);
        GroupFixture two = new GroupFixture(new GroupFixture.Content(bytes), size, 0, one);
        assertThatThrownBy(() -> two.decode(source, bytes))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(why);
    }

    private static List<Series> content() {
        Random random = new Random(SEED);
        List<Histogram> mixed = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Histogram one = arbitrary(random);
            mixed.add(one);
            mixed.add(arbitrary(random, one.layout()));
            mixed.add(HistogramSamples.STALE);
        }
        Samples floats = Samples.of(new long[] {1, 2}, new long[] {3, 4});
        HistogramSamples.Traffic busy = new HistogramSamples.Traffic(40, 1, 10);
        return List.of(
                series(1, every15Seconds(mixed)),
                series(2, HistogramSamples.client(random, busy, 10)),
                new Series(labels(3), floats, every15Seconds(mixed)));
    }

    private void requireDamaged(byte[] bytes, String what) {
        assertThatThrownBy(() -> group.decode(source, bytes))
                .as(what)
                .isInstanceOf(DamagedChunk.class);
    }

    private void requireDamagedOrSame(byte[] bytes, String what) {
        try {
            assertThat(group.decode(source, bytes)).as(what).isEqualTo(content);
        } catch (DamagedChunk _) {
            return;
        } catch (RuntimeException | Error e) {
            fail(what, e);
        }
    }

    /// A stream of the group, decompressed.
    private record Stream(StreamKind kind, GroupFixture.Content plain) {}

    private List<Stream> streams() {
        return streams(group);
    }

    private List<Stream> streams(GroupFixture of) {
        List<Stream> streams = new ArrayList<>();
        ByteSource rest = new ByteSource(of.bytes(), 0);
        while (rest.remaining() > 0) {
            StreamSource.Stream next = source.next(rest, GroupDecoder.limit(of.size()));
            StreamKind kind = KINDS.get(streams.size());
            assertThat(next.kind()).isEqualTo(kind.number());
            byte[] plain = next.plain().bytes(next.plain().remaining());
            streams.add(new Stream(kind, new GroupFixture.Content(plain)));
        }
        return streams;
    }

    /// All streams again, one of them with other content.
    private static byte[] framed(List<Stream> streams, int changed, byte[] plain) {
        try (StreamSink sink = new StreamSink()) {
            for (int i = 0; i < streams.size(); i++) {
                Stream stream = streams.get(i);
                sink.raw(stream.kind(), i == changed ? plain : stream.plain().bytes());
            }
            return sink.take();
        }
    }
}
