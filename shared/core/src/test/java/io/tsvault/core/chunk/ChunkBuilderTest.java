package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.Index.LabelExtent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ChunkBuilderTest {
    private static final List<EncodedGroup> GROUPS =
            List.of(
                    group(0, names("a", 2)),
                    group(0, names("b", 2)),
                    group(1, names("a", 2)),
                    group(1, names("b", 2)));

    @Test
    void theSameGroupsAgainAreTheSameChunkAgain() {
        try (ChunkBuilder builder = new ChunkBuilder(Map.of("source", "prom-1"))) {
            builder.add(new Metadata("up", Metadata.Type.GAUGE, "Is it there?", ""));
            int empty = builder.sizeWith(GROUPS.getFirst());
            GROUPS.forEach(builder::add);
            Chunk first = builder.finish();
            assertThat(builder.isEmpty()).isTrue();
            assertThat(builder.sizeWith(GROUPS.getFirst())).isEqualTo(empty);
            GROUPS.forEach(builder::add);
            assertThat(builder.isEmpty()).isFalse();
            Chunk second = builder.finish();
            assertThat(second.bytes()).isEqualTo(first.bytes());
            assertThat(second.summary()).isEqualTo(first.summary());
            assertThat(Reading.of(second.bytes()).metadata()).hasSize(1);
        }
    }

    /// A later one of fewer groups has nothing left of them.
    @Test
    void aChunkIsWhatItWouldBeWithoutTheOneBefore() {
        Chunk alone = chunk(GROUPS.subList(2, 3));
        try (ChunkBuilder builder = new ChunkBuilder(Map.of())) {
            GROUPS.forEach(builder::add);
            builder.finish();
            builder.add(GROUPS.get(2));
            assertThat(builder.finish().bytes()).isEqualTo(alone.bytes());
        }
    }

    @Test
    void windowsOfTheSameSeriesShareALabelBlock() {
        assertThat(namedByBlock(chunk(GROUPS))).containsExactly(4);
    }

    @Test
    void aWindowOfOtherSeriesHasALabelBlockOfItsOwn() {
        List<EncodedGroup> groups = new ArrayList<>(GROUPS);
        groups.add(group(2, names("c", 3)));
        groups.add(group(3, names("a", 2)));
        groups.add(group(3, names("b", 2)));
        assertThat(namedByBlock(chunk(groups))).containsExactly(4, 3);
    }

    /// Windows that name the same ones in the same groups are not counted again.
    @Test
    void aSeriesIsCountedOnceInHoweverManyWindowsItIs() {
        assertThat(chunk(GROUPS).summary().series()).isEqualTo(4);
        List<EncodedGroup> groups = new ArrayList<>(GROUPS);
        groups.add(group(2, names("a", 2)));
        groups.add(group(2, names("c", 2)));
        groups.add(group(3, names("b", 3)));
        assertThat(chunk(groups).summary().series()).isEqualTo(7);
    }

    @Test
    void aLabelBlockEndsBehindTheGroupThatMakesItFull() {
        int most = LabelBlock.MAX_SERIES / 2;
        List<EncodedGroup> groups =
                List.of(
                        group(0, names("a", most)),
                        group(0, names("b", 1)),
                        group(0, names("c", 1)),
                        group(0, names("d", most)));
        assertThat(namedByBlock(chunk(groups))).containsExactly(most + 1, most + 1);
    }

    @Test
    void aLabelBlockOfManyBytesIsFullToo() {
        Labels mebibyte = Labels.of("__name__", "a" + "x".repeat(LabelBlock.MAX_BYTES - 13));
        assertThat(mebibyte.byteLength()).isEqualTo(LabelBlock.MAX_BYTES);
        List<EncodedGroup> groups =
                List.of(
                        group(0, List.of(mebibyte)),
                        group(0, names("b", 1)),
                        group(0, names("c", 1)),
                        group(0, names("d", 1)));
        assertThat(namedByBlock(chunk(groups))).containsExactly(2, 2);
    }

    @Test
    void metadataHasItsBoundToTheByte() {
        try (ChunkBuilder builder = new ChunkBuilder(Map.of())) {
            Metadata half = metadata("a", Limits.METADATA_BYTES / 2);
            builder.add(half);
            builder.add(half);
            Metadata tooMuch = metadata("b", Limits.METADATA_BYTES / 2 + 1);
            assertThatThrownBy(() -> builder.add(tooMuch))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("metadata of more than 2097152 bytes");
            Metadata rest = metadata("b", Limits.METADATA_BYTES / 2);
            builder.add(rest);
            builder.add(GROUPS.getFirst());
            assertThat(Reading.of(builder.finish().bytes()).metadata()).containsExactly(half, rest);
        }
    }

    /// By the name of a family, or one that begins so; nothing is lost.
    @Test
    void everyChunkHasTheMetadataOfItsSeries() {
        Metadata plain = new Metadata("up", Metadata.Type.GAUGE, "", "");
        Metadata buckets = new Metadata("wait", Metadata.Type.HISTOGRAM, "", "");
        Metadata other = new Metadata("wait_bucket", Metadata.Type.COUNTER, "", "");
        Metadata totals = new Metadata("hits", Metadata.Type.COUNTER, "", "");
        Metadata nothing = new Metadata("absent", Metadata.Type.GAUGE, "", "");
        try (ChunkBuilder builder = new ChunkBuilder(Map.of())) {
            List.of(plain, buckets, other, totals, nothing).forEach(builder::add);
            builder.add(group(0, names("up", 2)));
            builder.add(group(0, names("wait_bucket", 2)));
            assertThat(metadata(builder.cut())).containsExactly(plain, buckets, other);
            builder.add(group(1, List.of(Labels.of("n", "1"))));
            assertThat(metadata(builder.cut())).isEmpty();
            builder.add(group(2, names("hits_totals", 1)));
            builder.add(group(2, names("up", 1)));
            assertThat(metadata(builder.cut())).containsExactly(plain);
            builder.add(group(3, names("hits_total", 1)));
            assertThat(metadata(builder.finish())).containsExactly(nothing, totals);
        }
    }

    private static List<Metadata> metadata(Chunk chunk) {
        return Reading.of(chunk.bytes()).metadata();
    }

    /// What compresses well takes no room from samples.
    @Test
    void metadataCountsAsItIsWritten() {
        try (ChunkBuilder builder = new ChunkBuilder(Map.of())) {
            int without = builder.sizeWith(GROUPS.getFirst());
            builder.add(metadata("a", Limits.METADATA_BYTES));
            assertThat(builder.sizeWith(GROUPS.getFirst())).isBetween(without, without + 1000);
        }
    }

    private static Metadata metadata(String family, int bytes) {
        Metadata bare = new Metadata(family, Metadata.Type.INFO, "", "");
        String help = "h".repeat(bytes - MetadataBlock.bytes(bare));
        return new Metadata(family, Metadata.Type.INFO, help, "");
    }

    /// Of each kind there are tens of thousands of bytes that do not compress.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noChunkIsLargerThanSaidBeforeItsLastGroup(long seed) {
        Random random = new Random(seed);
        Map<String, String> properties = Map.of("noise", noise(random, 30_000));
        List<EncodedGroup> groups = new ArrayList<>();
        for (int window = 0; window < 4; window++) {
            for (String name : List.of("a", "b", "c")) {
                Labels labels =
                        Labels.of(
                                "__name__",
                                name + noise(random, 7_000),
                                "noise",
                                noise(random, 10_000));
                groups.add(group(window, List.of(labels), 1500, random));
            }
        }
        Metadata help = new Metadata("m", Metadata.Type.INFO, noise(random, 30_000), "");
        for (int last = 0; last < groups.size(); last++) {
            try (ChunkBuilder builder = new ChunkBuilder(properties)) {
                builder.add(help);
                groups.subList(0, last).forEach(builder::add);
                int said = builder.sizeWith(groups.get(last));
                builder.add(groups.get(last));
                assertThat(builder.finish().length())
                        .as("%d groups, seed %d", last + 1, seed)
                        .isBetween(said / 2, said);
            }
        }
    }

    /// The index entries of the smallest groups are a large part of the file.
    @Test
    void theIndexOfManySmallGroupsCounts() {
        try (ChunkBuilder builder = new ChunkBuilder(Map.of())) {
            Random random = new Random(4);
            int said = 0;
            for (int window = 0; window < 500; window++) {
                List<Labels> name = List.of(Labels.of("n", noise(random, 2)));
                EncodedGroup group = group(window, name, 1, random);
                said = builder.sizeWith(group);
                builder.add(group);
            }
            assertThat(builder.finish().length()).isBetween(said / 3, said);
        }
    }

    @Test
    void anIndexIsFullBeforeItHasMoreGroupsThanTheFormatAllows() {
        try (ChunkBuilder builder = new ChunkBuilder(Map.of())) {
            EncodedGroup group = GROUPS.getFirst();
            for (int i = 1; i < Limits.GROUPS - 1; i++) {
                builder.add(group);
            }
            assertThat(builder.sizeWith(group)).isLessThan(Limits.FILE_BYTES);
            builder.add(group);
            assertThat(builder.sizeWith(group)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void metricNamesFillHalfOfTheIndexAtMost() {
        try (ChunkBuilder builder = new ChunkBuilder(Map.of())) {
            EncodedGroup first = group(0, List.of(metricOfBytes("a", 500_000)));
            builder.add(first);
            int entry = 80;
            int left = Limits.DIRECTORY_BYTES / 2 - entry - first.metricBytes();
            EncodedGroup fits = group(0, List.of(metricOfBytes("b", left / 2)));
            EncodedGroup not = group(0, List.of(metricOfBytes("b", left / 2 + 1)));
            assertThat(builder.sizeWith(fits)).isLessThan(Limits.FILE_BYTES);
            assertThat(builder.sizeWith(not)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    /// A reader takes 16 MiB of labels beyond 4 KiB for each series.
    @Test
    void longLabelsFillAChunk() {
        try (ChunkBuilder builder = new ChunkBuilder(Map.of())) {
            int most = 16;
            List<EncodedGroup> groups = new ArrayList<>();
            for (int i = 0; i <= most; i++) {
                String value = "%02d".formatted(i) + "x".repeat((1 << 20) - 7);
                groups.add(group(0, List.of(Labels.of("n", value))));
            }
            assertThat(groups.getFirst().labelBytes()).isEqualTo(1 << 20);
            for (EncodedGroup group : groups.subList(0, most)) {
                assertThat(builder.sizeWith(group)).isLessThan(Limits.FILE_BYTES);
                builder.add(group);
            }
            assertThat(builder.sizeWith(groups.getLast())).isEqualTo(Integer.MAX_VALUE);
            assertThat(Reading.of(builder.finish().bytes()).series()).hasSize(most);
            assertThat(builder.sizeWith(groups.getLast())).isLessThan(Limits.FILE_BYTES);
        }
    }

    private static Labels metricOfBytes(String begin, int bytes) {
        Labels metric = Labels.of("__name__", begin + "x".repeat(bytes - 13));
        assertThat(metric.byteLength()).isEqualTo(bytes);
        return metric;
    }

    private static Chunk chunk(List<EncodedGroup> groups) {
        try (ChunkBuilder builder = new ChunkBuilder(Map.of())) {
            groups.forEach(builder::add);
            return builder.finish();
        }
    }

    /// How many series each label block names.
    private static List<Integer> namedByBlock(Chunk chunk) {
        Reading.of(chunk.bytes());
        try (ChunkReader reader = ChunkReader.open(chunk.ranges())) {
            return reader.index().labelBlocks().stream().map(LabelExtent::series).toList();
        }
    }

    private static List<Labels> names(String metric, int count) {
        List<Labels> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Labels.of("__name__", metric, "n", "%05d".formatted(i)));
        }
        return names;
    }

    private static EncodedGroup group(int window, List<Labels> names) {
        return group(window, names, 2, new Random(window));
    }

    /// Of samples that do not compress.
    private static EncodedGroup group(int window, List<Labels> names, int samples, Random random) {
        List<Series> series = new ArrayList<>();
        for (Labels labels : names) {
            Samples.Builder noise = Samples.builder();
            for (int i = 0; i < samples; i++) {
                long timestampMs = Specimens.START_MS + window * Limits.WINDOW_MS + i;
                noise.addBits(timestampMs, random.nextLong());
            }
            series.add(new Series(labels, noise.build()));
        }
        return Specimens.encoded(series);
    }

    private static String noise(Random random, int characters) {
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            noise.append((char) (' ' + random.nextInt(95)));
        }
        return noise.toString();
    }
}
