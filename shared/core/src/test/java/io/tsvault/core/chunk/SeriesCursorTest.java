package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.chunk.ChunkReader.Loss;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Series by series through chunks that are too long to be held.
class SeriesCursorTest {
    private static final long WINDOW = Limits.window(Specimens.START_MS);

    @Test
    void aWeekIsReadSeriesBySeries() {
        List<List<Series>> groups = new ArrayList<>();
        for (int window = 0; window < 84; window++) {
            List<Series> group = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                group.add(constant("m%02d".formatted(i), window, 0, 480));
            }
            groups.add(group);
        }
        byte[] week = Specimens.specimen("week", groups).bytes();
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(week))) {
            assertThat(reader.series(Reading.EVERYTHING, TimeRange.ALL))
                    .hasSize(100)
                    .allMatch(series -> series.samples().size() == 84 * 480)
                    .isSortedAccordingTo((a, b) -> a.labels().compareTo(b.labels()));
            assertThat(reader.series(Selector.parse("m77"), TimeRange.ALL)).hasSize(1);
        }
    }

    /// Of some series in some windows, of some length: what is held at a time has many edges.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void allSamplesComeInTheirOrder(long seed) {
        List<List<Series>> groups = arbitrary(seed);
        byte[] chunk = Specimens.specimen("arbitrary", groups).bytes();
        TimeRange range =
                new TimeRange(
                        Limits.startMs(WINDOW + 1) + 77_777, Limits.startMs(WINDOW + 6) + 55_555);
        for (String query : List.of("{__name__=~\".*\"}", "m7", "{__name__=~\"m[2-6]\"}")) {
            Selector selector = Selector.parse(query);
            for (TimeRange time : List.of(TimeRange.ALL, range)) {
                try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
                    assertThat(joined(reader.series(selector, time).toList()))
                            .as("%s in %s, seed %d", query, time, seed)
                            .isEqualTo(expected(groups, new Wanted(selector, time)));
                }
            }
        }
    }

    /// Up to 3 million values in each window, most of them of a few series.
    private static List<List<Series>> arbitrary(long seed) {
        Random random = new Random(seed);
        List<List<Series>> groups = new ArrayList<>();
        for (int window = 0; window < 8; window++) {
            List<Series> group = new ArrayList<>();
            int values = 0;
            for (int i = 0; i < 10; i++) {
                int parts = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(3) / 2;
                for (int part = 0; part < parts; part++) {
                    int samples = 1 << random.nextInt(19);
                    if (values + samples > Limits.GROUP_VALUES || random.nextInt(4) == 0) {
                        groups.add(group);
                        group = new ArrayList<>();
                        values = 0;
                    }
                    group.add(constant("m" + i, window, part * Limits.GROUP_VALUES, samples));
                    values += samples;
                }
            }
            groups.add(group);
        }
        groups.removeIf(List::isEmpty);
        return groups;
    }

    private static Series constant(String metric, int window, int first, int samples) {
        long startMs = Limits.startMs(WINDOW + window) + first;
        long[] timestampsMs = new long[samples];
        for (int i = 0; i < samples; i++) {
            timestampsMs[i] = startMs + i;
        }
        return new Series(
                Labels.of("__name__", metric), Samples.of(timestampsMs, new long[samples]));
    }

    /// Parts one behind the other, which may be cut anywhere.
    private static List<Series> joined(List<Series> read) {
        List<Series> whole = new ArrayList<>();
        List<Series> parts = new ArrayList<>();
        for (Series series : read) {
            if (!parts.isEmpty() && !parts.getFirst().labels().equals(series.labels())) {
                whole.add(Parts.joined(parts));
                parts.clear();
            }
            parts.add(series);
        }
        if (!parts.isEmpty()) {
            whole.add(Parts.joined(parts));
        }
        return whole;
    }

    private static List<Series> expected(List<List<Series>> groups, Wanted wanted) {
        Map<Labels, List<Series>> parts = new TreeMap<>();
        groups.stream()
                .flatMap(List::stream)
                .filter(series -> wanted.matches(series.labels()))
                .map(wanted::within)
                .filter(series -> !Parts.isEmpty(series))
                .forEach(
                        series ->
                                parts.computeIfAbsent(series.labels(), _ -> new ArrayList<>())
                                        .add(series));
        return parts.values().stream().map(Parts::joined).toList();
    }

    /// Nobody waits for the end of a series to hold it whole.
    @Test
    void aSeriesTooLongToHoldComesInParts() {
        List<List<Series>> groups = new ArrayList<>();
        for (int window = 0; window < 12; window++) {
            groups.add(
                    List.of(
                            constant("a", window, 0, 10),
                            constant("b", window, 0, Limits.GROUP_VALUES - 10)));
        }
        byte[] chunk = Specimens.specimen("long", groups).bytes();
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            List<Series> read = reader.series(Reading.EVERYTHING, TimeRange.ALL).toList();
            assertThat(read).hasSize(1 + 3).allMatch(part -> Parts.values(part) < 6 << 18);
            assertThat(joined(read))
                    .isEqualTo(expected(groups, new Wanted(Reading.EVERYTHING, TimeRange.ALL)));
        }
    }

    /// However often the file is gone through.
    @Test
    void aLossIsToldOnce() {
        List<List<Series>> groups = new ArrayList<>();
        for (int window = 0; window < 12; window++) {
            groups.add(
                    List.of(
                            constant("a", window, 0, Limits.GROUP_VALUES / 2),
                            constant("b", window, 0, Limits.GROUP_VALUES / 2)));
        }
        byte[] chunk = Specimens.specimen("long", groups).bytes();
        Anatomist parts = new Anatomist(chunk);
        RowGroup third = parts.index().groups().get(2);
        byte[] damaged = parts.with(third.extent(), new byte[third.extent().length()]);
        List<Loss> lost = new ArrayList<>();
        try (ChunkReader reader = ChunkReader.salvage(ByteRanges.of(damaged), lost::add)) {
            List<Series> read = joined(reader.series(Reading.EVERYTHING, TimeRange.ALL).toList());
            assertThat(read)
                    .hasSize(2)
                    .allMatch(one -> one.samples().size() == 11 * Limits.GROUP_VALUES / 2);
        }
        assertThat(lost).hasSize(1);
    }
}
