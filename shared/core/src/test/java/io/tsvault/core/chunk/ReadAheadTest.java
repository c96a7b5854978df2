package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Which bytes of a file are asked for. The last 64 KiB, with index and names, were read when it
/// was opened.
class ReadAheadTest {
    private static final int GAP = 64 << 10;

    /// Seven groups of 40 KB, `a` to `g`, one behind the other; the last is in the tail.
    private static final byte[] SEVEN = chunk(5_000, "a", "b", "c", "d", "e", "f", "g");

    private final List<ChunkReader> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(ChunkReader::close);
    }

    @Test
    void openingAFileIsOneReadOfItsEndAndASmallOneOfItsBegin() {
        RecordedRanges file = new RecordedRanges(SEVEN);
        reader(file);
        assertThat(file.takeReads())
                .containsExactly(new Extent(SEVEN.length - GAP, GAP), new Extent(0, Frame.HEADER));
        byte[] small = Specimens.described().bytes();
        RecordedRanges smallFile = new RecordedRanges(small);
        ChunkReader reader = reader(smallFile);
        assertThat(reader.series(Reading.EVERYTHING, TimeRange.ALL)).hasSize(1);
        assertThat(smallFile.takeReads()).containsExactly(new Extent(0, small.length));
    }

    /// However long the file is.
    @Test
    void theBeginOfAFileIsChecked() {
        for (int at = 0; at < Frame.HEADER; at++) {
            byte[] damaged = SEVEN.clone();
            damaged[at] ^= 1;
            assertThatThrownBy(() -> ChunkReader.open(ByteRanges.of(damaged)).close())
                    .isInstanceOfSatisfying(
                            DamagedChunk.class, e -> assertThat(e.offset()).isZero());
        }
    }

    @Test
    void neighboursAreReadTogether() {
        assertThat(reads(SEVEN, Reading.EVERYTHING)).containsExactly(extent(SEVEN, 0, 6));
    }

    @Test
    void onlyGroupsThatMayMatchAreRead() {
        assertThat(reads(SEVEN, Selector.parse("c"))).containsExactly(extent(SEVEN, 2, 2));
        assertThat(reads(SEVEN, Selector.parse("g"))).isEmpty();
        assertThat(reads(SEVEN, Selector.parse("cc"))).isEmpty();
        assertThat(reads(SEVEN, Selector.parse("{n=\"1\"}"))).isEmpty();
        assertThat(reads(SEVEN, Selector.parse("{__name__=~\"b|d\"}")))
                .containsExactly(extent(SEVEN, 1, 3));
    }

    @Test
    void whatLiesFarApartIsReadApart() {
        assertThat(reads(SEVEN, Selector.parse("{__name__=~\"a|d|e\"}")))
                .containsExactly(extent(SEVEN, 0, 0), extent(SEVEN, 3, 4));
    }

    @Test
    void aRequestIsWorth64KiBThatNobodyWants() {
        Selector outer = Selector.parse("{__name__=~\"a|c\"}");
        byte[] near = withGroup(SEVEN, 1, GAP);
        assertThat(reads(near, outer)).containsExactly(extent(near, 0, 2));
        byte[] far = withGroup(SEVEN, 1, GAP + 1);
        assertThat(reads(far, outer)).containsExactly(extent(far, 0, 0), extent(far, 2, 2));
    }

    /// As two groups of so many bytes.
    @ParameterizedTest
    @CsvSource({"1048576, 1", "1048577, 0"})
    void noMoreThanAMebibyteIsReadAhead(int bytes, int last) {
        byte[] first = withGroup(SEVEN, 0, 40_000);
        byte[] chunk = withGroup(first, 1, bytes - 40_000);
        assertThat(reads(chunk, Reading.EVERYTHING).getFirst()).isEqualTo(extent(chunk, 0, last));
    }

    /// Wherever in the file it begins.
    @Test
    void whatIsReadAheadCountsFromTheFirstGroup() {
        assertThat(reads(SEVEN, Selector.parse("{__name__=~\"b|c\"}")))
                .containsExactly(extent(SEVEN, 1, 2));
    }

    /// Series by series too, when all of them may be held at once.
    @Test
    void neighboursOfTwoWindowsAreReadTogether() {
        byte[] chunk = twoWindows();
        RecordedRanges file = new RecordedRanges(chunk);
        ChunkReader reader = reader(file);
        file.takeReads();
        assertThat(reader.series(Reading.EVERYTHING, TimeRange.ALL)).hasSize(2);
        assertThat(file.takeReads())
                .containsExactly(
                        reader.index().labelBlocks().getFirst().extent(), extent(chunk, 0, 3));
        TimeRange first = new TimeRange(Specimens.START_MS, Specimens.START_MS + 60_000);
        assertThat(reader.series(Reading.EVERYTHING, first)).hasSize(2);
        assertThat(file.takeReads()).containsExactly(extent(chunk, 0, 1));
    }

    private static byte[] twoWindows() {
        List<List<Series>> groups = new ArrayList<>();
        for (int window = 0; window < 2; window++) {
            groups.add(List.of(noise("a", window, 30_000)));
            groups.add(List.of(noise("b", window, 30_000)));
        }
        return Specimens.specimen("two windows", groups).bytes();
    }

    /// With zeros in place of a row group.
    private static byte[] withGroup(byte[] chunk, int number, int bytes) {
        Anatomist parts = new Anatomist(chunk);
        return parts.with(parts.index().groups().get(number).extent(), new byte[bytes]);
    }

    /// Goes on behind groups that are zeros.
    private List<Extent> reads(byte[] chunk, Selector selector) {
        RecordedRanges file = new RecordedRanges(chunk);
        ChunkReader reader = ChunkReader.salvage(file, _ -> {});
        opened.add(reader);
        file.takeReads();
        Wanted wanted = new Wanted(selector, TimeRange.ALL);
        WindowCursor cursor = new WindowCursor(reader, reader.rowGroups(), wanted);
        assertThat(file.takeReads()).as("before the first series is asked for").isEmpty();
        cursor.forEachRemaining(one -> assertThat(selector.matches(one.labels())).isTrue());
        return file.takeReads();
    }

    private ChunkReader reader(RecordedRanges file) {
        ChunkReader reader = ChunkReader.open(file);
        opened.add(reader);
        return reader;
    }

    /// From one row group to another.
    private static Extent extent(byte[] chunk, int from, int to) {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            long start = reader.rowGroups().get(from).extent().offset();
            return new Extent(start, (int) (reader.rowGroups().get(to).extent().end() - start));
        }
    }

    private static byte[] chunk(int samples, String... metrics) {
        List<List<Series>> groups = new ArrayList<>();
        for (String metric : metrics) {
            groups.add(List.of(noise(metric, 0, samples)));
        }
        return Specimens.specimen("noise", groups).bytes();
    }

    private static Series noise(String metric, int window, int samples) {
        Random random = new Random(window);
        Samples.Builder noise = Samples.builder();
        for (int i = 0; i < samples; i++) {
            long timestampMs = Specimens.START_MS + window * Limits.WINDOW_MS + i;
            noise.addBits(timestampMs, random.nextLong());
        }
        return new Series(Labels.of("__name__", metric), noise.build());
    }
}
