package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class ChunkReaderTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long HOUR_MS = HOUR.toMillis();
    private static final long START_MS = Specimens.START_MS;

    /// `a` has the first five minutes of two windows, `b` the last hour of the first.
    private static final Series A = Specimens.series("a", 0, 20, i -> i);
    private static final Series B = Specimens.series("b", 240, 240, i -> i);
    private static final Series LATER_A = Specimens.series("a", 480, 20, i -> i);
    private static final byte[] CHUNK =
            Specimens.specimen("two windows", List.of(List.of(A), List.of(B), List.of(LATER_A)))
                    .bytes();

    private final RecordedRanges file = new RecordedRanges(CHUNK);

    @Test
    void propertiesComeBack() {
        try (ChunkReader reader = ChunkReader.open(Specimens.described().chunk().ranges())) {
            assertThat(reader.properties()).isEqualTo(Map.of("source", "prom-1", "übermaß", "ja"));
        }
    }

    @Test
    void aClosedReaderReadsNothingAndHasClosedItsFile() {
        byte[] chunk = Specimens.specimen("compressed", List.of(Specimens.everyMode())).bytes();
        RecordedRanges compressed = new RecordedRanges(chunk);
        ChunkReader reader = ChunkReader.open(compressed);
        assertThat(reader.series(Reading.EVERYTHING, TimeRange.ALL)).hasSize(10);
        assertThat(compressed.isClosed()).isFalse();
        reader.close();
        assertThat(compressed.isClosed()).isTrue();
        assertThatThrownBy(() -> reader.series(Reading.EVERYTHING, TimeRange.ALL).toList())
                .isInstanceOf(IllegalStateException.class);
    }

    /// Shorter than header and trailer, longer than the format allows, or of a length that may be.
    @ParameterizedTest
    @CsvSource({
        "0, too short",
        "59, too short",
        "60, does not begin as a chunk",
        "67108864, does not begin as a chunk",
        "67108865, too long",
        "9223372036854775807, too long"
    })
    void aFileHasALengthThatAChunkMayHave(long length, String why) {
        ByteRanges zeros =
                new ByteRanges() {
                    @Override
                    public long size() {
                        return length;
                    }

                    @Override
                    public byte[] read(long offset, int length) {
                        return new byte[length];
                    }

                    @Override
                    public void close() {}
                };
        assertThatThrownBy(() -> ChunkReader.open(zeros).close())
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(why);
    }

    @Test
    void aChunkOfNothingIsReadAsNothing() {
        byte[] header = Frame.header(Frame.Version.CURRENT);
        byte[] chunk = Anatomist.framed(header, new byte[6]);
        Reading reading = Reading.of(chunk);
        assertThat(reading.series()).isEmpty();
        assertThat(reading.metadata()).isEmpty();
        assertThat(reading.summary().samples()).isZero();
    }

    @Test
    void aSeriesIsInARangeWithItsSamplesThere() {
        assertThat(series(0, 10)).containsExactly(part(A, 0, 10));
        assertThat(series(1, 2)).containsExactly(part(A, 1, 2));
        assertThat(series(20, 240)).isEmpty();
        assertThat(series(20, 241)).containsExactly(part(B, 0, 1));
        assertThat(series(479, 480)).containsExactly(part(B, 239, 240));
        assertThat(series(480, 481)).containsExactly(part(LATER_A, 0, 1));
        assertThat(series(500, 1000)).isEmpty();
        assertThat(series(15, 485))
                .containsExactly(Parts.joined(List.of(part(A, 15, 20), part(LATER_A, 0, 5))), B);
    }

    private List<Series> series(long firstStep, long endStep) {
        TimeRange range = new TimeRange(at(firstStep), at(endStep));
        try (ChunkReader reader = ChunkReader.open(file)) {
            return reader.series(Reading.EVERYTHING, range).toList();
        }
    }

    private static Series part(Series series, int from, int to) {
        return new Series(series.labels(), series.samples().part(from, to));
    }

    private static long at(long step) {
        return START_MS + step * 15_000;
    }

    @Test
    void oneSeriesOfARowGroupMayHaveNothingInTheRange() {
        byte[] chunk = Specimens.specimen("one group", List.of(List.of(A, B))).bytes();
        TimeRange early = new TimeRange(at(0), at(20));
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            assertThat(reader.series(Reading.EVERYTHING, early)).containsExactly(A);
        }
    }

    @Test
    void windowsThatNoRowGroupReachesAreLeftOut() {
        assertThat(windows(TimeRange.ALL, HOUR))
                .containsExactly(hour(0) + " a", hour(1) + " b", hour(2) + " a");
        assertThat(windows(TimeRange.ALL, Duration.ofMinutes(30)))
                .hasSize(4)
                .endsWith(new TimeRange(START_MS + 2 * HOUR_MS, at(480 + 120)) + " a");
        assertThat(windows(new TimeRange(at(20), at(240)), HOUR)).isEmpty();
    }

    @Test
    void windowsAreCutToTheRange() {
        assertThat(windows(new TimeRange(at(19), at(240)), HOUR))
                .containsExactly(new TimeRange(at(19), at(240)) + " a");
        assertThat(windows(new TimeRange(at(240), at(481)), HOUR))
                .containsExactly(hour(1) + " b", new TimeRange(at(480), at(481)) + " a");
    }

    private static TimeRange hour(int number) {
        return new TimeRange(START_MS + number * HOUR_MS, START_MS + (number + 1) * HOUR_MS);
    }

    /// The range and the metrics of each.
    private List<String> windows(TimeRange range, Duration width) {
        try (ChunkReader reader = ChunkReader.open(file)) {
            return reader.windows(Reading.EVERYTHING, range, width)
                    .map(window -> window.range() + metrics(window))
                    .toList();
        }
    }

    private static String metrics(ChunkWindow window) {
        StringBuilder metrics = new StringBuilder();
        window.series()
                .forEach(one -> metrics.append(' ').append(one.labels().get("__name__").get()));
        return metrics.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, false",
        "PT-1H, false",
        "PT0.001S, true",
        "PT0.007S, false",
        "PT1H, true",
        "PT2H, true",
        "PT3H, false",
        "PT4H, false"
    })
    void windowsDivideTwoHours(Duration width, boolean allowed) {
        try (ChunkReader reader = ChunkReader.open(file)) {
            if (allowed) {
                reader.windows(Reading.EVERYTHING, TimeRange.ALL, width).close();
            } else {
                assertThatThrownBy(() -> reader.windows(Reading.EVERYTHING, TimeRange.ALL, width))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("give two hours, or what they can be divided by");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "b", "c", "d", "e", "{n=\"1\"}", "{__name__=~\"b|d\"}", "{n=\"\"}"})
    void whatASelectorMeansIsFound(String promQl) {
        List<List<Series>> groups = new ArrayList<>();
        for (String pair : List.of("ab", "cd")) {
            groups.add(
                    IntStream.range(0, 4)
                            .mapToObj(
                                    i ->
                                            Specimens.series(
                                                    Labels.of(
                                                            "__name__",
                                                            pair.substring(i / 2, i / 2 + 1),
                                                            "n",
                                                            "" + i % 2),
                                                    0,
                                                    9,
                                                    at -> at % 3))
                            .toList());
        }
        Selector selector = Selector.parse(promQl);
        byte[] chunk = Specimens.specimen("pairs", groups).bytes();
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            assertThat(reader.series(selector, TimeRange.ALL))
                    .containsExactlyElementsOf(
                            groups.stream()
                                    .flatMap(List::stream)
                                    .filter(one -> selector.matches(one.labels()))
                                    .toList());
        }
    }

    @Test
    void aSeriesWithoutLabelsMayLieBeforeTheEpoch() {
        Series nameless =
                new Series(Labels.NONE, Samples.of(new long[] {Long.MIN_VALUE}, new long[] {7}));
        Series early = new Series(Labels.NONE, Samples.of(new long[] {-10, -5}, new long[2]));
        byte[] chunk =
                Specimens.specimen("early", List.of(List.of(nameless), List.of(early))).bytes();
        assertThat(Reading.of(chunk).inWindows()).containsExactly(nameless, early);
    }

    /// Behind digests that match: whoever merges windows would lose what is not in its place.
    @Test
    void seriesOutOfTheirOrderAreDamage() {
        requireMisplaced(List.of(B), List.of(A));
        requireMisplaced(List.of(part(A, 10, 20)), List.of(part(A, 0, 10)));
        requireMisplaced(List.of(part(A, 0, 11)), List.of(part(A, 10, 20)));
        byte[] goesOn = chunk(List.of(part(A, 0, 10)), List.of(part(A, 10, 20)));
        assertThat(Reading.of(goesOn).series()).containsExactly(A);
    }

    private static void requireMisplaced(List<Series> first, List<Series> second) {
        byte[] chunk = chunk(first, second);
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            long offset = reader.rowGroups().getLast().extent().offset();
            assertThatThrownBy(() -> reader.series(Reading.EVERYTHING, TimeRange.ALL).toList())
                    .isInstanceOfSatisfying(
                            DamagedChunk.class, e -> assertThat(e.offset()).isEqualTo(offset))
                    .hasMessageContaining("is not in its place");
        }
    }

    private static byte[] chunk(List<Series> first, List<Series> second) {
        return Specimens.specimen("some", List.of(first, second)).bytes();
    }
}
