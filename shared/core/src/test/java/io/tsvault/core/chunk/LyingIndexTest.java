package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.Index.LabelExtent;
import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.RowGroup.Metrics;
import io.tsvault.core.chunk.RowGroup.NameRun;
import io.tsvault.core.chunk.RowGroup.Size;
import io.tsvault.core.chunk.RowGroup.Times;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What an index can say that is not so, behind checksums that match. Row group 1 is the one that
/// it lies about: the second of two in the first of two windows.
class LyingIndexTest {
    private static final byte[] CHUNK =
            Specimens.specimen(
                            "two windows",
                            List.of(
                                    List.of(
                                            Specimens.series("a", 1, 9, i -> i % 2),
                                            Specimens.series("b", 1, 9, i -> i % 3)),
                                    List.of(
                                            Specimens.series("c", 1, 9, i -> i % 2),
                                            Specimens.series("d", 1, 9, i -> i % 3)),
                                    List.of(
                                            Specimens.series("c", 480, 9, i -> i % 2),
                                            Specimens.series("d", 480, 9, i -> i % 3))))
                    .bytes();

    record Lie(String what, UnaryOperator<Index> change, String noticed) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Lie> lies() {
        List<Lie> lies = new ArrayList<>(liesAboutSizes());
        lies.addAll(liesAboutContent());
        lies.addAll(liesAboutPlaces());
        return lies;
    }

    private static List<Lie> liesAboutSizes() {
        return List.of(
                new Lie("no series", size(0, 18, 18), "0 series with 18 samples"),
                new Lie("a series less", size(1, 18, 18), "1 bytes behind the end of SHAPE"),
                new Lie("more series than named", size(3, 18, 18), "3 series, at most 2"),
                new Lie("more series than samples", size(2, 1, 18), "2 series with 1 samples"),
                new Lie("fewer samples", size(2, 17, 18), "other samples"),
                new Lie("more samples", size(2, 19, 19), "fewer values"),
                new Lie("samples for values", size(2, 10, 18), "other samples"),
                new Lie("fewer values", size(2, 9, 9), "more values"),
                new Lie("more values", size(2, 18, 19), "fewer values than the index counts"),
                new Lie(
                        "too many values",
                        size(2, 18, Limits.GROUP_VALUES + 1),
                        "values, at most " + (Limits.GROUP_VALUES - 18)),
                new Lie("no series at all", series(0), "0 series, where row groups have 6"),
                new Lie("too many series", series(7), "7 series, where row groups have 6"));
    }

    private static List<Lie> liesAboutContent() {
        Labels a = MetricNames.labels(new byte[] {'a'});
        Labels c = MetricNames.labels(new byte[] {'c'});
        Labels d = MetricNames.labels(new byte[] {'d'});
        return List.of(
                new Lie("an earlier begin", times(-1, 0), "other times"),
                new Lie("a later begin", times(1, 0), "other times"),
                new Lie("an earlier end", times(0, -1), "other times"),
                new Lie("a later end", times(0, 1), "other times"),
                new Lie("an end in the next window", times(0, 7_200_000), "not in one window"),
                new Lie("an end before the begin", times(0, -7_000_000), "not in one window"),
                new Lie("another window", times(14_400_000, 14_400_000), "behind those of a later"),
                new Lie("a lesser metric", metrics(a, d), "other metric names"),
                new Lie("a metric less", metrics(c, c), "other metric names"),
                new Lie("no metric", metrics(Labels.NONE, Labels.NONE), "other metric names"),
                new Lie("another digest", group(LyingIndexTest::otherDigest), "not what was"));
    }

    private static List<Lie> liesAboutPlaces() {
        return List.of(
                new Lie("other names", names(0, 0), "not what was written"),
                new Lie("names beyond the block", names(0, 3), "2 series, at most 1"),
                new Lie("a block that is not there", names(2, 0), "2 label blocks, at most 1"),
                new Lie("a byte less", extent(0, -1), "wanted where only"),
                new Lie("a byte more", extent(0, 1), "stream 16 where it does not belong"),
                new Lie("a byte later", extent(1, 0), ""),
                new Lie("an extent as long as a file", extent(0, 11 << 20), "at most 10485760"),
                new Lie("an extent behind the end", extent(1 << 20, 0), "outside of the file"),
                new Lie("nothing", extent(0, -10_000), ""),
                new Lie("a group that ends in the index", intoIndex(1), "outside of the file"),
                new Lie("a group up to the index", intoIndex(0), ""),
                new Lie("an endless gap", extent(Integer.MAX_VALUE, 0), "outside of the file"),
                new Lie("the group before again", LyingIndexTest::twice, "outside of the file"),
                new Lie("groups in another order", LyingIndexTest::reversed, "outside of the file"),
                new Lie("a label block with more", blocks(1), "4 series instead of 5"),
                new Lie("a label block with fewer", blocks(-1), "2 series, at most 1"),
                new Lie("metadata that is a group", LyingIndexTest::strayMetadata, "stream 1"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void whoeverReadsEverythingNoticesALie(Lie lie) {
        byte[] chunk = new Anatomist(CHUNK).with(lie.change());
        assertThatThrownBy(() -> Reading.of(chunk))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(lie.noticed());
    }

    /// The price of an index that is read alone; the SHA-256 of the file is there to notice.
    @Test
    void whoeverLooksForOneThingMayMissWhatTheIndexHides() {
        Labels a = MetricNames.labels(new byte[] {'a'});
        byte[] chunk = new Anatomist(CHUNK).with(metrics(a, a));
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            assertThat(reader.series(Selector.parse("c"), TimeRange.ALL))
                    .singleElement()
                    .satisfies(series -> assertThat(series.samples().size()).isEqualTo(9));
        }
    }

    @Test
    void whatTheIndexDoesNotNameIsNotThere() {
        byte[] chunk = new Anatomist(CHUNK).with(index -> of(index, index.groups().subList(0, 2)));
        assertThat(Reading.of(chunk).series()).hasSize(4);
    }

    @Test
    void anIndexLongerThanAnyIsNotRead() {
        byte[] stream =
                Anatomist.stream(
                        StreamKind.INDEX.number(), new byte[Limits.PACKED_DIRECTORY_BYTES]);
        byte[] header = Frame.header(Frame.Version.CURRENT);
        byte[] chunk = Anatomist.framedStream(header, stream, Frame.Version.CURRENT);
        assertThatThrownBy(() -> Reading.of(chunk))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("an index of " + stream.length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b a", "a a", "a b a"})
    void propertiesComeInOrderAndOnce(String names) {
        List<String> all = List.of(names.split(" "));
        ByteSink index = new ByteSink();
        index.bytes(new byte[] {0, 0, 0, 0, 0, (byte) all.size()});
        for (String name : all) {
            index.text(name);
            index.text("value");
        }
        requireDamaged(index.toArray(), "property 'a' out of order");
    }

    /// As bytes, where a character of four comes behind all of three; as strings of Java it would
    /// come before some.
    @Test
    void propertiesAreInTheOrderOfTheirBytes() {
        Map<String, String> properties =
                Map.of("\uffee", "three", "\ud83d\ude00", "four", "z", "1");
        byte[] chunk =
                Specimens.chunk(
                                List.of(List.of(Specimens.series("a", 0, 1, i -> i))),
                                List.of(),
                                properties)
                        .bytes();
        assertThat(Reading.of(chunk).properties()).isEqualTo(properties);
        byte[] index = new Anatomist(chunk).index().encode();
        String text = new String(index, StandardCharsets.UTF_8);
        assertThat(text.indexOf("\uffee"))
                .isBetween(text.indexOf("z"), text.indexOf("\ud83d\ude00"));
    }

    @Test
    void anIndexHasNothingBehindItsEnd() {
        requireDamaged(new byte[7], "1 bytes behind the end of INDEX");
        byte[] header = Frame.header(Frame.Version.CURRENT);
        byte[] stream = Anatomist.stream(StreamKind.INDEX.number(), new byte[6]);
        byte[] longer = Arrays.copyOf(stream, stream.length + 1);
        byte[] chunk = Anatomist.framedStream(header, longer, Frame.Version.CURRENT);
        assertThatThrownBy(() -> Reading.of(chunk))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("1 bytes wanted where only 0 are left");
    }

    /// An index without anything besides, in a file without anything else.
    private static void requireDamaged(byte[] index, String why) {
        byte[] header = Frame.header(Frame.Version.CURRENT);
        assertThatThrownBy(() -> Reading.of(Anatomist.framed(header, index)))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(why);
    }

    private static UnaryOperator<Index> group(UnaryOperator<RowGroup> change) {
        return index -> {
            List<RowGroup> groups = new ArrayList<>(index.groups());
            groups.set(1, change.apply(groups.get(1)));
            return of(index, groups);
        };
    }

    private static Index of(Index index, List<RowGroup> groups) {
        long series = groups.stream().mapToLong(group -> group.size().series()).sum();
        return new Index(
                Math.clamp(series, 1, index.series()),
                index.metadata(),
                index.labelBlocks(),
                groups,
                index.properties());
    }

    private static UnaryOperator<Index> series(long series) {
        return index ->
                new Index(
                        series,
                        index.metadata(),
                        index.labelBlocks(),
                        index.groups(),
                        index.properties());
    }

    private static UnaryOperator<Index> size(int series, int samples, int values) {
        return group(
                group ->
                        new RowGroup(
                                group.extent(),
                                group.names(),
                                group.times(),
                                group.metrics(),
                                new Size(series, samples, values),
                                group.digest()));
    }

    private static UnaryOperator<Index> times(long laterMin, long laterMax) {
        return group(
                group ->
                        new RowGroup(
                                group.extent(),
                                group.names(),
                                new Times(
                                        group.times().minMs() + laterMin,
                                        group.times().maxMs() + laterMax),
                                group.metrics(),
                                group.size(),
                                group.digest()));
    }

    private static UnaryOperator<Index> metrics(Labels min, Labels max) {
        return group(
                group ->
                        new RowGroup(
                                group.extent(),
                                group.names(),
                                group.times(),
                                new Metrics(min, max),
                                group.size(),
                                group.digest()));
    }

    private static RowGroup otherDigest(RowGroup group) {
        return new RowGroup(
                group.extent(),
                group.names(),
                group.times(),
                group.metrics(),
                group.size(),
                group.digest() ^ 1);
    }

    private static UnaryOperator<Index> names(int block, int first) {
        return group(
                group ->
                        new RowGroup(
                                group.extent(),
                                new NameRun(block, first),
                                group.times(),
                                group.metrics(),
                                group.size(),
                                group.digest()));
    }

    private static UnaryOperator<Index> extent(int later, int longer) {
        return group(
                group -> {
                    Extent extent = group.extent();
                    return Anatomist.at(
                            group, new Extent(extent.offset() + later, extent.length() + longer));
                });
    }

    /// The last row group, so long that it ends where the index does not begin yet, or behind.
    private static UnaryOperator<Index> intoIndex(int bytes) {
        return index -> {
            List<RowGroup> groups = new ArrayList<>(index.groups());
            RowGroup last = groups.getLast();
            long end = index.labelBlocks().getLast().extent().end() + bytes;
            long start = last.extent().offset();
            groups.set(
                    groups.size() - 1, Anatomist.at(last, new Extent(start, (int) (end - start))));
            return of(index, groups);
        };
    }

    private static UnaryOperator<Index> blocks(int more) {
        return index -> {
            List<LabelExtent> blocks = new ArrayList<>(index.labelBlocks());
            LabelExtent first = blocks.getFirst();
            blocks.set(0, new LabelExtent(first.extent(), first.series() + more));
            return new Index(
                    index.series(), index.metadata(), blocks, index.groups(), index.properties());
        };
    }

    private static Index twice(Index index) {
        List<RowGroup> groups = new ArrayList<>(index.groups());
        groups.set(1, groups.getFirst());
        return of(index, groups);
    }

    private static Index reversed(Index index) {
        List<RowGroup> groups = new ArrayList<>(index.groups());
        Collections.swap(groups, 0, 1);
        return of(index, groups);
    }

    private static Index strayMetadata(Index index) {
        return new Index(
                index.series(),
                Optional.of(index.groups().getFirst().extent()),
                index.labelBlocks(),
                index.groups(),
                Map.of());
    }
}
