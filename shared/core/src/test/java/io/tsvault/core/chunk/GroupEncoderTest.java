package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class GroupEncoderTest {
    private final Groups groups = new Groups();

    @AfterEach
    void close() {
        groups.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 127, 128})
    void S24_aFleetReadsBackAtAnyLength(int samples) {
        for (int seed = 0; seed < 3; seed++) {
            readsBack(Shapes.fleet(seed, 4, samples));
        }
    }

    @Test
    void oneSampleReadsBack() {
        readsBack(List.of(series("a", Samples.builder().add(Long.MIN_VALUE, -0.0).build())));
        readsBack(List.of(series("a", Samples.builder().add(Long.MAX_VALUE, 1e300).build())));
    }

    @Test
    void thousandsOfSeriesOfOneSampleReadBackAndTakeAFewBytesEach() {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            series.add(series("a" + i, Samples.builder().add(1000, i).build()));
        }
        // A constant is its mode, its shape and 8 bytes that compress well.
        assertThat(readsBack(series).length).isLessThan(5 * 5000);
    }

    @Test
    void seriesWithTimestampsOfTheirOwnReadBack() {
        Random random = new Random(1);
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Samples.Builder samples = Samples.builder();
            long at = random.nextLong() / 2;
            for (int k = random.nextInt(20); k >= 0; k--) {
                at += 1 + random.nextInt(1 << random.nextInt(30));
                samples.addBits(at, random.nextLong());
            }
            series.add(series("a" + i, samples.build()));
        }
        readsBack(series);
    }

    @Test
    void anEncoderBeginsEachGroupAnew() {
        List<Series> one = Shapes.fleet(1, 3, 30);
        List<Series> other = Shapes.fleet(2, 2, 20);
        byte[] first = readsBack(one);
        readsBack(other);
        assertThat(groups.encode(one)).isEqualTo(first);
        try (GroupEncoder encoder = new GroupEncoder()) {
            one.forEach(encoder::add);
            assertThat(encoder.series()).isEqualTo(one);
            assertThat(encoder.finish()).isEqualTo(first);
            assertThat(encoder.series()).isEmpty();
        }
    }

    @Test
    void aGroupIsWrittenAsDocumented() {
        Samples walk = samples(0, 4, 7, 5);
        Samples straight = samples(1, 2, 3);
        byte[] group =
                groups.encode(
                        List.of(
                                series("a", samples(0, 3, 3, 3, 3)),
                                series("b", samples(0, 3, 3, 3, 3)),
                                series("c", straight),
                                series("d", walk),
                                series("e", Samples.of(new long[] {5}, new long[1])),
                                series("f", samples(0, 3, 3, 3, 3))));
        List<byte[]> contents = groups.contents(group);
        String[] columns = {
            "02", // two vectors
            // the next vector; the same; without 1 and 1, without 0 and 1; the next; all of 0
            "0d" + "05" + "01" + "0d000101" + "0d000001" + "05" + "0900",
            // vectors with a trend, at a level; constants; decimals of fixed level; constants
            "0c" + "08" + "00" + "00" + "00" + "020007" + "020007" + "00" + "00",
            // the lanes of vector 0, c and d
            "03" + "000000",
            // vectors: length, base, trend; length, base; decimals: base and level each
            "09" + "040002" + "010a" + "0402" + "0802",
            "20" + "0000000000000840".repeat(2) + "0000000000000000" + "0000000000000840",
        };
        assertThat(hex(contents.get(0))).isEqualTo(String.join("", columns));
        // One lane, as it is, 6 tokens in 6 bytes.
        assertThat(hex(contents.get(1))).isEqualTo("01" + "000606" + "000000" + "00" + "0400");
        assertThat(contents.get(2)).isEmpty();
        assertThat(contents).hasSize(3);
    }

    @Test
    void bucketsAreDifferencesFromTheOneBefore() {
        List<Series> buckets = Shapes.buckets(1, "one", 100);
        List<Series> mixed = new ArrayList<>(buckets);
        mixed.addAll(Shapes.buckets(2, "two", 100));
        byte[] together = readsBack(mixed);
        List<Series> renamed = new ArrayList<>();
        for (Series one : mixed) {
            Labels labels =
                    Labels.of(
                            "instance", one.labels().get("instance").orElseThrow(),
                            "lf", one.labels().get("le").orElseThrow());
            renamed.add(new Series(labels, one.samples()));
        }
        byte[] apart = readsBack(renamed);
        assertThat(together.length).isLessThan(apart.length);
        assertThat(differences(mixed)).isGreaterThan(0);
        assertThat(differences(renamed)).isZero();
        // In the order of labels the families alternate; each bucket still finds its own.
        Collections.shuffle(mixed, new Random(3));
        readsBack(mixed);
    }

    /// How many columns are written as differences.
    private long differences(List<Series> series) {
        ByteSource columns = new ByteSource(groups.contents(groups.encode(series)).get(0), 0);
        columns.varint();
        columns.skip((int) columns.varint());
        ByteSource modes = columns.slice((int) columns.varint());
        modes.skip(1); // of the one vector
        long count = 0;
        while (modes.remaining() > 0) {
            int mode = modes.u8() & 7;
            if (mode == ValueMode.DECIMAL.number()) {
                modes.skip(2);
            } else if (mode == ValueMode.DIFFERENCE.number()) {
                modes.skip(1);
                count++;
            }
        }
        return count;
    }

    @Test
    void aSharedVectorIsWrittenOnce() {
        long[] timestamps = new Random(4).longs(200, 0, 1L << 40).sorted().distinct().toArray();
        Samples samples = Samples.of(timestamps, new long[timestamps.length]);
        int one = groups.encode(List.of(series("a", samples))).length;
        List<Series> many =
                IntStream.range(0, 50)
                        .mapToObj(i -> series("a" + i, samples.part(i, 200 - i)))
                        .toList();
        assertThat(readsBack(many).length).isLessThan(one + 300);
    }

    @Test
    void theDigestIsThatOfTheContent() {
        List<Series> series = Shapes.fleet(5, 2, 10);
        Digest expected = new Digest(series.size());
        for (Series one : series) {
            int n = one.samples().size();
            long[] timestamps = new long[n];
            long[] bits = new long[n];
            one.samples().copyTimestamps(timestamps, 0);
            one.samples().copyValueBits(bits, 0);
            long labels = XxHash.of(one.labels().bytes());
            expected.add(labels, n, XxHash.of(timestamps, 0, n), XxHash.of(bits, 0, n), 0);
        }
        groups.encode(series);
        assertThat(groups.index(series).group().digest()).isEqualTo(expected.value());
    }

    @Test
    void theDigestIsOfFiveWordsForEachSeries() {
        Digest digest = new Digest(2);
        digest.add(1, 2, 3, 4, 5);
        digest.add(6, 7, 8, 9, 10);
        long[] words = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        assertThat(digest.value()).isEqualTo(XxHash.of(words, 0, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "CONSTANT, 0.06",
        "COUNTER, 0.81",
        "GAUGE_WALK, 0.40",
        "DECIMALS, 2.19",
        "NEAR_DECIMALS, 1.26",
        "NOISE, 7.6",
        "SPARSE, 0.1",
        "NAN_ALTERNATING, 0.38",
        "STALE_GAPS, 0.41",
        "REPEATED, 0.77",
        "LARGE_INTEGERS, 0.78",
        "TINY, 0.45",
        "SPECIAL, 1.37",
        "ANY_BITS, 8.04"
    })
    void aSampleOfEachKindTakesFewBytes(Shapes.Values values, double most) {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            series.add(series("a" + i, Shapes.samples(values, i, 480)));
        }
        assertThat((double) readsBack(series).length / (40 * 480)).isLessThan(most);
    }

    private byte[] readsBack(List<Series> series) {
        byte[] group = groups.encode(series);
        assertThat(groups.decode(group, groups.index(series))).isEqualTo(series);
        return group;
    }

    private static Series series(String name, Samples samples) {
        return new Series(Labels.of("name", name), samples);
    }

    /// At 0, 1, 2... from `from` on.
    private static Samples samples(int from, double... values) {
        long[] timestamps = new long[values.length];
        Arrays.setAll(timestamps, i -> from + i);
        return Samples.of(timestamps, Shapes.bits(values));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
