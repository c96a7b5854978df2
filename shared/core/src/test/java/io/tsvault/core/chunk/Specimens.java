package io.tsvault.core.chunk;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/// Small chunks of every kind, always the same.
final class Specimens {
    /// The start of a window.
    static final long START_MS = 236_111 * Limits.WINDOW_MS;

    private static final int STEP_MS = 15_000;

    private Specimens() {}

    /// A chunk and the row groups that it was made of.
    record Specimen(String name, List<List<Series>> groups, Chunk chunk) {
        byte[] bytes() {
            return chunk.bytes();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Specimen> all() {
        return List.of(
                specimen("one sample", List.of(List.of(series("up", 0, 1, _ -> 1)))),
                specimen("every mode", List.of(everyMode())),
                specimen("many windows", manyWindows()),
                specimen("many label blocks", manyLabelBlocks()),
                described(),
                specimen("histograms", List.of(histograms(0), histograms(1))));
    }

    static Specimen specimen(String name, List<List<Series>> groups) {
        return new Specimen(name, groups, chunk(groups, List.of(), Map.of()));
    }

    static Specimen described() {
        List<List<Series>> groups = List.of(List.of(series("up", 0, 9, i -> i % 2)));
        List<Metadata> metadata =
                List.of(
                        new Metadata("up", Metadata.Type.GAUGE, "Is it there?", ""),
                        new Metadata("wait_seconds", Metadata.Type.HISTOGRAM, "", "seconds"));
        Map<String, String> properties = Map.of("source", "prom-1", "übermaß", "ja");
        return new Specimen("described", groups, chunk(groups, metadata, properties));
    }

    /// A chunk of exactly these groups, however small they are.
    static Chunk chunk(
            List<List<Series>> groups,
            Collection<Metadata> metadata,
            Map<String, String> properties) {
        try (ChunkBuilder builder = new ChunkBuilder(properties);
                GroupEncoder encoder = new GroupEncoder()) {
            metadata.forEach(builder::add);
            groups.forEach(group -> builder.add(encoded(group, encoder)));
            return builder.finish();
        }
    }

    static EncodedGroup encoded(List<Series> group) {
        try (GroupEncoder encoder = new GroupEncoder()) {
            return encoded(group, encoder);
        }
    }

    private static EncodedGroup encoded(List<Series> group, GroupEncoder encoder) {
        group.forEach(encoder::add);
        byte[] bytes = encoder.finish();
        return EncodedGroup.of(group, bytes, encoder.digest());
    }

    /// One column or more of each [ValueMode], with stale markers and other exceptions.
    static List<Series> everyMode() {
        Random random = new Random(1);
        long[] count = new long[40];
        long[] more = new long[40];
        double[] sum = new double[40];
        double[] again = new double[40];
        for (int i = 1; i < 40; i++) {
            count[i] = count[i - 1] + random.nextInt(1 << 20);
            more[i] = count[i] + i / 9;
            sum[i] = sum[i - 1] + random.nextInt(90) * 0.013;
            again[i] = random.nextBoolean() ? Math.PI : Math.E;
        }
        return List.of(
                series("constant", 0, 40, i -> i == 7 ? STALE : 4.5),
                series("decimal", 0, 40, i -> (i * i % 17) / 100.0),
                series("decimal_copy", 0, 40, i -> (i * i % 17) / 100.0),
                series("exceptions", 0, 40, i -> i % 9 == 2 ? -0.0 : i % 9 == 5 ? STALE : 3 * i),
                series(Labels.of("__name__", "hits", "le", "1"), 0, 40, i -> count[i]),
                series(Labels.of("__name__", "hits", "le", "2"), 0, 40, i -> more[i]),
                series("late", 11, 29, i -> Math.floor(i / 8.0)),
                series("near_decimal", 0, 40, i -> sum[i]),
                series("ordered_bits", 0, 40, i -> Math.sin(i)),
                series("repeats", 0, 40, i -> again[i]));
    }

    private static final double STALE = Double.longBitsToDouble(Samples.STALE_MARKER);

    private static List<List<Series>> manyWindows() {
        List<List<Series>> groups = new ArrayList<>();
        for (int window = 0; window < 4; window++) {
            int first = window * 480;
            groups.add(
                    List.of(
                            series("a_total", first, 12, i -> 5 * i),
                            series("b_total", first, 12, i -> 7 * i)));
            groups.add(List.of(series("c", first, 12, i -> i % 5)));
        }
        return groups;
    }

    private static List<List<Series>> manyLabelBlocks() {
        List<List<Series>> groups = new ArrayList<>();
        for (int window = 0; window < 3; window++) {
            int first = window * 480;
            List<Series> group = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Labels labels =
                        Labels.of("__name__", "x", "pod", "pod-" + window + i, "zone", "a" + i);
                group.add(series(labels, first, 3, at -> at % 7));
            }
            groups.add(group);
        }
        return groups;
    }

    /// A series of floats and histograms of several layouts, and one of histograms only.
    static List<Series> histograms(int window) {
        Histograms.Builder counts = Histograms.builder();
        Histograms.Builder doubles = Histograms.builder();
        Samples.Builder floats = Samples.builder();
        long startMs = START_MS + window * Limits.WINDOW_MS;
        for (int i = 0; i < 9; i++) {
            long timestampMs = startMs + (long) i * STEP_MS;
            HistogramLayout layout = i < 5 ? NARROW : WIDE;
            counts.add(timestampMs, histogram(layout, i, i * 11L));
            doubles.add(timestampMs, histogram(CUSTOM, i, Double.doubleToRawLongBits(i / 4.0)));
            floats.add(timestampMs + 1, i);
        }
        return List.of(
                new Series(Labels.of("__name__", "custom"), Samples.NONE, doubles.build()),
                new Series(Labels.of("__name__", "mixed"), floats.build(), counts.build()));
    }

    private static final HistogramLayout NARROW =
            new HistogramLayout(
                    Flavour.INTEGER, 3, 0, List.of(new Span(2, 2)), List.of(), List.of());
    private static final HistogramLayout WIDE =
            new HistogramLayout(
                    Flavour.INTEGER,
                    3,
                    0,
                    List.of(new Span(1, 3), new Span(2, 1)),
                    List.of(new Span(0, 1)),
                    List.of());
    private static final HistogramLayout CUSTOM =
            new HistogramLayout(
                    Flavour.FLOAT,
                    HistogramLayout.CUSTOM,
                    0,
                    List.of(new Span(0, 3)),
                    List.of(),
                    List.of(1L, 2L));

    private static Histogram histogram(HistogramLayout layout, int i, long count) {
        long[] buckets = new long[layout.buckets()];
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            buckets[bucket] = count + bucket * (long) i;
        }
        Totals totals = new Totals(count * buckets.length, i / 3, Double.doubleToRawLongBits(i));
        return Histogram.of(layout, ResetHint.UNKNOWN, totals, buckets);
    }

    static Series series(String metric, int first, int n, IntToDoubleFunction value) {
        return series(Labels.of("__name__", metric), first, n, value);
    }

    /// Samples 15 seconds apart; those from number `first` on.
    static Series series(Labels labels, int first, int n, IntToDoubleFunction value) {
        Samples.Builder samples = Samples.builder();
        for (int i = first; i < first + n; i++) {
            double bits = value.applyAsDouble(i);
            samples.addBits(START_MS + (long) i * STEP_MS, bits(bits));
        }
        return new Series(labels, samples.build());
    }

    private static long bits(double value) {
        return Double.isNaN(value) ? Samples.STALE_MARKER : Double.doubleToRawLongBits(value);
    }
}
