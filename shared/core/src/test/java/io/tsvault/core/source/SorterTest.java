package io.tsvault.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading.Observed;
import io.tsvault.core.store.ChildJvm;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

class SorterTest {
    private static final long START_MS = 1_700_006_400_000L;
    private static final TimeRange WINDOW = new TimeRange(START_MS, START_MS + Source.WINDOW_MS);
    private static final Labels UP = Labels.of("__name__", "up");

    @ParameterizedTest
    @ValueSource(longs = {1, 5_000, 20_000, 60_000, 10_000_000})
    void S26_piecesInAnyOrderBecomeWholeSeriesInOrder(long heldBytes) throws Exception {
        for (int seed = 0; seed < 2; seed++) {
            Pieces pieces = new Pieces(new Random(seed));
            int many = heldBytes == 1 ? 60 : 400;
            try (Sorter sorter = new Sorter(WINDOW, heldBytes)) {
                for (int i = 0; i < many; i++) {
                    sorter.add(pieces.next());
                }
                Reading reading = sorter.sorted(new Observed(1, 2, 3, List.of("a warning")));
                assertThat(all(reading)).as("seed " + seed).isEqualTo(pieces.expected());
                assertThat(reading.observed())
                        .as("seed " + seed)
                        .isEqualTo(
                                new Observed(
                                        pieces.duplicates + 1,
                                        pieces.outside + 2,
                                        3,
                                        List.of("a warning")));
            }
        }
    }

    /// Makes pieces, and remembers what they come to.
    private static final class Pieces {
        private final Random random;
        private final SortedMap<Labels, SortedMap<Long, Object>> whole = new TreeMap<>();
        private long duplicates;
        private long outside;

        Pieces(Random random) {
            this.random = random;
        }

        Series next() {
            boolean early = random.nextBoolean();
            Labels labels =
                    Labels.of(
                            early ? "Cluster" : "zone",
                            "c" + random.nextInt(3),
                            "__name__",
                            "m" + random.nextInt(20));
            boolean histograms = labels.hashCode() % 3 == 0;
            Samples.Builder floats = Samples.builder();
            Histograms.Builder natives = Histograms.builder();
            long ms = START_MS + (random.nextInt(490) * 15_000L) - 60_000;
            for (int i = random.nextInt(20) - 1; i >= 0; i--, ms += 15_000) {
                if (histograms && ms % 2 == 0) {
                    natives.add(ms, histogram(ms));
                    remember(labels, ms, histogram(ms));
                } else {
                    floats.addBits(ms, bits(ms));
                    remember(labels, ms, bits(ms));
                }
            }
            return new Series(labels, floats.build(), natives.build());
        }

        private static long bits(long ms) {
            return ms % 7 == 0 ? Samples.STALE_MARKER : Double.doubleToRawLongBits(ms / 3.0);
        }

        private static Histogram histogram(long ms) {
            HistogramLayout layout =
                    new HistogramLayout(
                            Flavour.INTEGER, 1, 0, List.of(new Span(0, 2)), List.of(), List.of());
            return Histogram.of(layout, ResetHint.UNKNOWN, new Totals(ms, 1, bits(ms)), 3, ms % 5);
        }

        private void remember(Labels labels, long ms, Object value) {
            if (!WINDOW.contains(ms)) {
                outside++;
            } else if (whole.computeIfAbsent(labels, _ -> new TreeMap<>()).put(ms, value) != null) {
                duplicates++;
            }
        }

        List<Series> expected() {
            List<Series> expected = new ArrayList<>();
            whole.forEach(
                    (labels, values) -> {
                        Samples.Builder floats = Samples.builder();
                        Histograms.Builder natives = Histograms.builder();
                        values.forEach(
                                (ms, value) -> {
                                    if (value instanceof Histogram histogram) {
                                        natives.add(ms, histogram);
                                    } else {
                                        floats.addBits(ms, (Long) value);
                                    }
                                });
                        expected.add(new Series(labels, floats.build(), natives.build()));
                    });
            return expected;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10_000_000})
    void S26_twoValuesForOneInstantAreRefused(long heldBytes) {
        try (Sorter sorter = new Sorter(WINDOW, heldBytes)) {
            sorter.add(up(START_MS, 1));
            sorter.add(up(START_MS + 1, 5));
            sorter.add(up(START_MS, 2));
            assertThatThrownBy(() -> all(sorter.sorted(Observed.NOTHING)))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("two different values of up at 2023-11-15T00:00:00Z");
        }
    }

    @Test
    void S26_aFloatAndAHistogramForOneInstantAreRefused() {
        try (Sorter sorter = new Sorter(WINDOW, Sorter.DEFAULT_HELD_BYTES)) {
            sorter.add(up(START_MS, 1));
            Histograms natives =
                    Histograms.builder().add(START_MS, Pieces.histogram(START_MS)).build();
            sorter.add(new Series(UP, Samples.NONE, natives));
            assertThatThrownBy(() -> all(sorter.sorted(Observed.NOTHING)))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("a float and a histogram");
        }
    }

    @Test
    void aZeroAndAMinusZeroAreTwoValues() {
        try (Sorter sorter = new Sorter(WINDOW, Sorter.DEFAULT_HELD_BYTES)) {
            sorter.add(up(START_MS, 0.0));
            sorter.add(up(START_MS, -0.0));
            assertThatThrownBy(() -> all(sorter.sorted(Observed.NOTHING)))
                    .isInstanceOf(Permanent.class);
        }
    }

    @Test
    void aRangeOverTheEdgeOfAWindowIsRefused() {
        TimeRange two = new TimeRange(START_MS, START_MS + Source.WINDOW_MS + 1);
        assertThatThrownBy(() -> new Sorter(two, 1).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("edge of a window");
    }

    @Test
    void L09_nothingIsLeftInTheTemporaryFolder() throws Exception {
        try (Sorter sorter = new Sorter(WINDOW, 1)) {
            for (int i = 0; i < 20; i++) {
                sorter.add(up(START_MS + i, i));
                assertThat(runs()).isEmpty();
            }
            assertThat(all(sorter.sorted(Observed.NOTHING)).getFirst().samples().size())
                    .isEqualTo(20);
        }
        assertThat(runs()).isEmpty();
    }

    private static List<Path> runs() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("tsvault-run-"))
                    .toList();
        }
    }

    @Test
    void aSeriesTooLongToJoinAsksForLess() {
        try (Sorter sorter = new Sorter(WINDOW, 64 << 20)) {
            for (int piece = 0; piece < 12; piece++) {
                Samples.Builder samples = Samples.builder();
                for (int i = 0; i < 100_000; i++) {
                    samples.add(START_MS + (12L * i) + piece, i);
                }
                sorter.add(new Series(UP, samples.build()));
            }
            assertThatThrownBy(() -> all(sorter.sorted(Observed.NOTHING)))
                    .isInstanceOf(TooMuch.class)
                    .hasMessageContaining("up has more than");
        }
    }

    @Test
    @Tag("slow")
    void S38_aMillionSeriesAreSortedInLittleHeap() throws Exception {
        Process child = ChildJvm.start(List.of(), MillionSeries.class);
        assertThat(ChildJvm.said(child)).isEqualTo("1000000 series 20000000 samples\n");
        assertThat(child.waitFor()).isZero();
    }

    private static Series up(long ms, double value) {
        return new Series(UP, Samples.builder().add(ms, value).build());
    }

    private static List<Series> all(Reading reading) {
        List<Series> all = new ArrayList<>();
        reading.forEachRemaining(all::add);
        return all;
    }
}
