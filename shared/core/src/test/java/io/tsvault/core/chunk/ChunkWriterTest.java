package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ChunkWriterTest {
    private static final int LEAST_SIZE = 64 << 10;
    private static final Labels UP = Labels.of("__name__", "up");

    private final List<Chunk> chunks = new ArrayList<>();
    private final ChunkWriter writer = new ChunkWriter(chunks::add);

    @Test
    void aWriterThatWasGivenNothingMakesNoChunk() {
        writer.add(new Metadata("up", Metadata.Type.GAUGE, "", ""));
        writer.close();
        assertThat(chunks).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                1,
                2,
                127,
                128,
                129,
                Limits.GROUP_VALUES - 1,
                Limits.GROUP_VALUES,
                Limits.GROUP_VALUES + 1
            })
    void aSeriesOfAnyLengthComesBack(int samples) {
        requireRoundTrip(List.of(noise(UP, Specimens.START_MS, 1, samples)));
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void aSeriesOfAMillionSamplesInOneWindowComesBack(int more) {
        requireRoundTrip(List.of(noise(UP, Specimens.START_MS, 1, (1 << 20) + more)));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Long.MIN_VALUE,
                Long.MIN_VALUE + 5_999_999,
                -7_200_000,
                -7_200_001,
                -1,
                0,
                7_199_999,
                7_200_000,
                Long.MAX_VALUE - 1
            })
    void timestampsAtTheEdgesOfTimeAndOfWindowsComeBack(long firstMs) {
        List<Series> series = new ArrayList<>();
        series.add(new Series(UP, Samples.of(new long[] {firstMs}, new long[] {7})));
        long next = firstMs + 1;
        long[] bits = {8};
        if (Limits.window(next) == Limits.window(firstMs)) {
            series.set(0, new Series(UP, Samples.of(new long[] {firstMs, next}, new long[2])));
        } else {
            series.add(new Series(UP, Samples.of(new long[] {next}, bits)));
        }
        requireRoundTrip(series);
    }

    @Test
    void bothEndsOfTimeFitInOneChunk() {
        requireRoundTrip(
                List.of(
                        new Series(UP, Samples.of(new long[] {Long.MIN_VALUE}, new long[] {1})),
                        new Series(UP, Samples.of(new long[] {Long.MAX_VALUE}, new long[] {2}))));
    }

    @Test
    void aSeriesWithoutLabelsIsASeries() {
        requireRoundTrip(
                List.of(
                        noise(Labels.NONE, Specimens.START_MS, 1, 3),
                        noise(UP, Specimens.START_MS, 1, 3)));
    }

    @Test
    void aSeriesMayGoOnWhereItEnded() {
        Series whole = noise(UP, Specimens.START_MS, 1000, 4000);
        for (int from = 0; from < 4000; from += 500) {
            writer.add(new Series(UP, whole.samples().part(from, from + 500)));
        }
        Series other = noise(Labels.of("__name__", "z"), Specimens.START_MS, 1000, 10);
        writer.add(other);
        writer.close();
        Reading reading = Reading.of(chunks.getFirst().bytes());
        assertThat(reading.series()).containsExactly(whole, other);
        assertThat(reading.summary().series()).isEqualTo(2);
        assertThat(reading.summary().samples()).isEqualTo(4010);
    }

    @Test
    void whatIsRefusedLeavesTheWriterAsItWas() {
        Series first = noise(UP, Specimens.START_MS + 5, 1000, 10);
        Series next = noise(Labels.of("__name__", "wait"), Specimens.START_MS, 1000, 10);
        writer.add(first);
        requireRefused(noise(UP, Specimens.START_MS + 9005, 1000, 2), "does not go on where");
        requireRefused(noise(UP, Specimens.START_MS - 7_200_000, 1000, 2), "sort by window");
        requireRefused(noise(Labels.of("A", "b"), Specimens.START_MS, 1000, 2), "sort each window");
        requireRefused(noise(UP, Specimens.START_MS + 7_199_999, 1, 2), "crosses the edge");
        requireRefused(new Series(UP, Samples.NONE), "has no samples");
        Labels huge = Labels.of("__name__", "v".repeat(LabelBlock.MAX_LABEL_BYTES));
        requireRefused(noise(huge, Specimens.START_MS, 1000, 2), "1048588 bytes of labels");
        writer.add(next);
        writer.close();
        assertThat(Reading.of(chunks.getFirst().bytes()).series()).containsExactly(first, next);
    }

    private void requireRefused(Series series, String why) {
        assertThatThrownBy(() -> writer.add(series))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void theMostLabelsThatASeriesMayHaveComeBack() {
        Labels huge = Labels.of("__name__", "v".repeat(LabelBlock.MAX_LABEL_BYTES - 12));
        assertThat(huge.byteLength()).isEqualTo(LabelBlock.MAX_LABEL_BYTES);
        List<Series> series = new ArrayList<>();
        series.add(noise(Labels.of("__name__", "a"), Specimens.START_MS, 1000, 2));
        series.add(noise(huge, Specimens.START_MS, 1000, 2));
        series.forEach(writer::add);
        writer.close();
        assertThat(readWindows(chunks)).isEqualTo(series);
    }

    /// Two of them fit the index; twelve do not.
    @Test
    void metricNamesThatFillTheIndexBeginAnotherChunk() {
        List<Series> series = new ArrayList<>();
        for (int window = 0; window < 12; window++) {
            Labels labels = Labels.of("__name__", "n".repeat(500_000));
            series.add(noise(labels, Specimens.START_MS + window * Limits.WINDOW_MS, 1000, 2));
        }
        series.forEach(writer::add);
        writer.close();
        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(readWindows(chunks)).isEqualTo(series);
    }

    @Test
    void whatIsDiscardedIsHandedToNobody() {
        writer.add(noise(UP, Specimens.START_MS, 1000, 100));
        writer.discard();
        writer.discard();
        assertThat(chunks).isEmpty();
        requireEnded();
    }

    @Test
    void aClosedWriterTakesNothing() {
        writer.add(noise(UP, Specimens.START_MS, 1000, 100));
        writer.close();
        assertThat(chunks).hasSize(1);
        requireEnded();
        writer.discard();
        assertThat(chunks).hasSize(1);
    }

    private void requireEnded() {
        Metadata metadata = new Metadata("up", Metadata.Type.GAUGE, "", "");
        assertThatThrownBy(() -> writer.add(noise(UP, Specimens.START_MS, 1000, 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> writer.add(metadata)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(writer::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed or discarded");
    }

    /// Or the next chunk would lack what the receiver refused.
    @Test
    void aReceiverThatFailsEndsTheWriter() {
        ChunkWriter unlucky =
                new ChunkWriter(
                        _ -> {
                            throw new IllegalStateException("no room");
                        });
        unlucky.add(noise(UP, Specimens.START_MS, 1000, 100));
        assertThatThrownBy(unlucky::close).hasMessageContaining("no room");
        assertThatThrownBy(unlucky::close).hasMessageContaining("closed or discarded");
    }

    @Test
    void chunksKeepToTheirSizeAndLoseNothing() {
        ChunkWriter small = new ChunkWriter(LEAST_SIZE, Map.of("k", "v"), chunks::add);
        List<Series> series = fleet(40, 1500);
        series.forEach(small::add);
        small.close();
        assertThat(chunks).hasSizeGreaterThan(5);
        assertThat(chunks).allMatch(chunk -> fits(chunk, LEAST_SIZE));
        assertThat(readWindows(chunks)).isEqualTo(series);
    }

    @Test
    void namesThatDoNotCompressCountToo() {
        ChunkWriter small = new ChunkWriter(LEAST_SIZE, Map.of(), chunks::add);
        Random random = new Random(3);
        List<Series> series = new ArrayList<>();
        for (int window = 0; window < 60; window++) {
            long startMs = Specimens.START_MS + window * Limits.WINDOW_MS;
            List<Labels> labels = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                labels.add(randomLabels(random));
            }
            labels.sort(Comparator.naturalOrder());
            labels.forEach(one -> series.add(noise(one, startMs, 15_000, 2)));
        }
        series.forEach(small::add);
        small.close();
        assertThat(chunks).hasSizeGreaterThan(5);
        assertThat(chunks).allMatch(chunk -> fits(chunk, LEAST_SIZE));
        assertThat(readWindows(chunks)).isEqualTo(series);
    }

    private static Labels randomLabels(Random random) {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            labels.put(
                    Integer.toString(random.nextInt(1 << 20), 36),
                    Integer.toString(random.nextInt(1 << 30), 36));
        }
        return Labels.of(labels);
    }

    /// A chunk of one group is as large as that is.
    private static boolean fits(Chunk chunk, int limit) {
        return chunk.length() <= limit || chunk.summary().rowGroups() == 1;
    }

    @ParameterizedTest
    @CsvSource({"65535, false", "65536, true", "67108864, true", "67108865, false"})
    void chunksAreOf64KiBTo64MiB(int sizeLimit, boolean allowed) {
        if (allowed) {
            new ChunkWriter(sizeLimit, Map.of(), chunks::add).discard();
        } else {
            assertThatThrownBy(() -> new ChunkWriter(sizeLimit, Map.of(), chunks::add))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("give 65536 to 67108864");
        }
    }

    @Test
    void propertiesAreFew() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= Limits.PROPERTIES; i++) {
            many.put("p" + i, "");
        }
        Map<String, String> large = Map.of("p", "v".repeat(Limits.PROPERTY_BYTES));
        for (Map<String, String> properties : List.of(many, large)) {
            assertThatThrownBy(() -> new ChunkWriter(LEAST_SIZE, properties, chunks::add))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a chunk may have 256 of 65536");
        }
    }

    @Test
    void metadataHasItsBounds() {
        String help = "?".repeat(1 << 20);
        writer.add(new Metadata("a", Metadata.Type.GAUGE, help, ""));
        assertThatThrownBy(() -> writer.add(new Metadata("b", Metadata.Type.GAUGE, help, "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shorter help texts");
        writer.add(noise(UP, Specimens.START_MS, 1000, 1));
        writer.close();
        assertThat(Reading.of(chunks.getFirst().bytes()).metadata()).hasSize(1);
    }

    @Test
    void propertiesHaveTheirBoundToTheByte() {
        Map<String, String> most = new HashMap<>();
        for (int i = 1; i < Limits.PROPERTIES; i++) {
            most.put("%03d".formatted(i), "");
        }
        // The count takes 2 bytes, each of these 5, and the last one a name of 3 and 5 for lengths.
        int left = Limits.PROPERTY_BYTES - 2 - (5 * (Limits.PROPERTIES - 1)) - 4 - 3;
        most.put("big", "v".repeat(left));
        ChunkWriter full = new ChunkWriter(LEAST_SIZE, most, chunks::add);
        full.add(noise(UP, Specimens.START_MS, 1000, 1));
        full.close();
        assertThat(Reading.of(chunks.getFirst().bytes()).properties()).isEqualTo(most);
        most.put("big", "v".repeat(left + 1));
        assertThatThrownBy(() -> new ChunkWriter(LEAST_SIZE, most, chunks::add))
                .hasMessageContaining("256 properties of 65537 bytes");
    }

    /// Timestamps that do not ascend are such, which nobody checks in a view. The writer has ended.
    @Test
    void whatDoesNotComeBackIsHandedToNobody() {
        long[] timestamps = new long[4];
        Arrays.setAll(timestamps, i -> Specimens.START_MS + new int[] {0, 2, 1, 3}[i]);
        writer.add(new Series(UP, Samples.view(timestamps, 0, new long[4], 0, 4)));
        assertThatThrownBy(writer::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the codec changed the samples of " + UP);
        assertThat(chunks).isEmpty();
        requireEnded();
    }

    /// And does not go on with what is left of the one before.
    @Test
    void aWindowBeginsWithARowGroupOfItsOwnSize() {
        for (int window = 0; window < 2; window++) {
            for (int i = 0; i < 100; i++) {
                Labels labels = Labels.of("__name__", "m", "n", "%03d".formatted(i));
                long startMs = Specimens.START_MS + window * Limits.WINDOW_MS;
                writer.add(noise(labels, startMs, 1000, 512));
            }
        }
        writer.close();
        assertThat(chunks.getFirst().summary().rowGroups()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 2"})
    void aChunkIsAsLargeAsItMayBe(int more, int expected) {
        List<Series> series = List.of(bits(0), bits(1));
        int most;
        try (ChunkBuilder builder = new ChunkBuilder(Map.of())) {
            builder.add(Specimens.encoded(series.subList(0, 1)));
            most = builder.sizeWith(Specimens.encoded(series.subList(1, 2)));
        }
        assertThat(most).isGreaterThan(LEAST_SIZE);
        ChunkWriter exact = new ChunkWriter(most + more, Map.of(), chunks::add);
        series.forEach(exact::add);
        exact.close();
        assertThat(chunks).hasSize(expected);
        assertThat(readWindows(chunks)).isEqualTo(series);
    }

    /// 40 KB that do not compress.
    private static Series bits(int window) {
        long[] timestamps = new long[5000];
        Arrays.setAll(timestamps, i -> Specimens.START_MS + window * Limits.WINDOW_MS + i);
        return new Series(
                UP, Samples.of(timestamps, new Random(window).longs(timestamps.length).toArray()));
    }

    @Test
    void chunksOfAdjoiningSlicesBecomeOne() {
        Labels other = Labels.of("__name__", "z");
        Chunk early =
                chunk(
                        noise(UP, Specimens.START_MS, 1000, 100),
                        noise(UP, Specimens.START_MS + 7_200_000, 1000, 100));
        Chunk late =
                chunk(
                        noise(UP, Specimens.START_MS + 7_300_000, 1000, 50),
                        noise(other, Specimens.START_MS + 7_300_000, 1000, 50));
        try (ChunkReader first = ChunkReader.open(early.ranges());
                ChunkReader second = ChunkReader.open(late.ranges())) {
            writer.addAll(List.of(first, second), Reading.EVERYTHING, TimeRange.ALL);
            writer.close();
            Reading reading = Reading.of(chunks.getFirst().bytes());
            assertThat(reading.inWindows())
                    .hasSize(3)
                    .extracting(one -> one.samples().size())
                    .containsExactly(100, 150, 50);
            assertThat(reading.metadata()).hasSize(1);
            ChunkWriter wrong = new ChunkWriter(chunks::add);
            assertThatThrownBy(
                            () ->
                                    wrong.addAll(
                                            List.of(second, first),
                                            Reading.EVERYTHING,
                                            TimeRange.ALL))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("two parts that overlap in time");
            wrong.discard();
        }
    }

    private static Chunk chunk(Series... series) {
        List<Chunk> one = new ArrayList<>();
        ChunkWriter single = new ChunkWriter(one::add);
        single.add(new Metadata("up", Metadata.Type.GAUGE, "Is it there?", ""));
        Arrays.asList(series).forEach(single::add);
        single.close();
        return one.getFirst();
    }

    private void requireRoundTrip(List<Series> series) {
        series.forEach(writer::add);
        writer.close();
        assertThat(readWindows(chunks).equals(series)).as("the same series").isTrue();
        long samples = series.stream().mapToLong(one -> one.samples().size()).sum();
        assertThat(chunks).hasSize(1);
        assertThat(chunks.getFirst().summary().samples()).isEqualTo(samples);
        long first = series.getFirst().samples().timestampMs(0);
        assertThat(chunks.getFirst().summary().minTimeMs()).isEqualTo(first);
    }

    private static List<Series> readWindows(List<Chunk> chunks) {
        List<Series> series = new ArrayList<>();
        for (Chunk chunk : chunks) {
            try (ChunkReader reader = ChunkReader.open(chunk.ranges())) {
                reader.windows(Reading.EVERYTHING, TimeRange.ALL, Reading.TWO_HOURS)
                        .forEach(window -> window.series().forEach(series::add));
            }
        }
        return series;
    }

    private static List<Series> fleet(int windows, int seriesPerWindow) {
        List<Labels> labels = new ArrayList<>();
        for (int i = 0; i < seriesPerWindow; i++) {
            labels.add(Labels.of("__name__", "m" + i % 7, "instance", "host-" + i));
        }
        labels.sort(Comparator.naturalOrder());
        List<Series> series = new ArrayList<>();
        for (int window = 0; window < windows; window++) {
            long startMs = Specimens.START_MS + window * Limits.WINDOW_MS;
            labels.forEach(one -> series.add(noise(one, startMs, 600_000, 12)));
        }
        return series;
    }

    /// Values that compress to a few bits each.
    private static Series noise(Labels labels, long startMs, long stepMs, int n) {
        Random random = new Random(labels.hashCode() + startMs);
        long[] timestamps = new long[n];
        long[] bits = new long[n];
        Arrays.setAll(timestamps, i -> startMs + i * stepMs);
        Arrays.setAll(bits, _ -> Double.doubleToRawLongBits(random.nextInt(8)));
        return new Series(labels, Samples.of(timestamps, bits));
    }
}
