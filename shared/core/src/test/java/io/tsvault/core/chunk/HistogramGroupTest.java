package io.tsvault.core.chunk;

import static io.tsvault.core.chunk.HistogramSamples.START_MS;
import static io.tsvault.core.chunk.HistogramSamples.STEP_MS;
import static io.tsvault.core.chunk.HistogramSamples.bits;
import static io.tsvault.core.chunk.HistogramSamples.every15Seconds;
import static io.tsvault.core.chunk.HistogramSamples.labels;
import static io.tsvault.core.chunk.HistogramSamples.layout;
import static io.tsvault.core.chunk.HistogramSamples.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class HistogramGroupTest {
    private static final HistogramLayout TWO =
            layout(Flavour.INTEGER, 3, new Span(-4, 1), new Span(2, 1));

    @ParameterizedTest
    @ValueSource(
            ints = {
                -4,
                -3,
                -2,
                -1,
                0,
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9,
                -5,
                Integer.MIN_VALUE,
                Integer.MAX_VALUE
            })
    void everySchemaComesBack(int schema) {
        List<Histogram> both = new ArrayList<>();
        for (Flavour flavour : Flavour.values()) {
            HistogramLayout layout = layout(flavour, schema, new Span(schema, 2));
            both.add(histogram(layout, 3, 1, 2));
            both.add(histogram(layout, 5, 2, 3));
        }
        requireRoundTrip(series(1, every15Seconds(both)));
    }

    @Test
    void customBoundsComeBackAndAreWrittenOnce() {
        List<Series> many = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            many.add(series(number, every15Seconds(List.of(custom(number, 0.25, 1, 1e9)))));
        }
        GroupFixture group = requireRoundTrip(many.toArray(Series[]::new));
        GroupFixture half = requireRoundTrip(many.subList(0, 25).toArray(Series[]::new));
        // 8 bytes of sum, no three bounds.
        assertThat(group.bytes().length - half.bytes().length).isLessThan(25 * 24);
    }

    @Test
    void otherCustomBoundsAreKeptApart() {
        requireRoundTrip(
                series(1, every15Seconds(List.of(custom(1, 1, 2, 3), custom(2, 1, 2.5, 3)))),
                series(2, every15Seconds(List.of(custom(1, 1, 2.5, 3), custom(2, -0.0, 0, 7)))));
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void histogramsWithoutBucketsComeBack(Flavour flavour) {
        HistogramLayout none = layout(flavour, 3);
        HistogramLayout emptySpans = layout(flavour, 3, new Span(5, 0), new Span(-7, 0));
        requireRoundTrip(
                series(1, every15Seconds(List.of(histogram(none, 4), histogram(emptySpans, 4)))));
    }

    @Test
    void oneHistogramComesBack() {
        requireRoundTrip(series(1, every15Seconds(List.of(histogram(TWO, 3, 1, 2)))));
    }

    @Test
    void staleHistogramsAmongOthersComeBack() {
        List<Histogram> histograms = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            histograms.add(i % 7 == 6 ? HistogramSamples.STALE : histogram(TWO, 3L * i, i, 2L * i));
        }
        requireRoundTrip(series(1, every15Seconds(histograms)));
    }

    @Test
    void aLayoutGoesOnBehindAnotherAsIfNothingHadBeen() {
        List<Histogram> smooth = new ArrayList<>();
        List<Histogram> broken = new ArrayList<>();
        for (int i = 0; i < 480; i++) {
            Histogram one = histogram(TWO, 3000L * i, 1000L * i, 2000L * i);
            smooth.add(one);
            broken.add(i % 100 == 99 ? HistogramSamples.STALE : one);
        }
        int without = requireRoundTrip(series(1, every15Seconds(smooth))).bytes().length;
        int with = requireRoundTrip(series(1, every15Seconds(broken))).bytes().length;
        assertThat(with - without).isLessThan(100);
    }

    @Test
    void counterResetsComeBack() {
        List<Histogram> histograms = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ResetHint hint = i % 60 == 0 ? ResetHint.YES : ResetHint.NO;
            int k = i % 60;
            Totals totals = new Totals(3L * k, 0, bits(k * 0.1));
            histograms.add(Histogram.of(TWO, hint, totals, k, 2L * k));
        }
        requireRoundTrip(series(1, every15Seconds(histograms)));
    }

    @Test
    void everyHintComesBack() {
        List<Histogram> histograms = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ResetHint hint = HistogramEncoder.HINTS.get(i * i % 4);
            histograms.add(Histogram.of(TWO, hint, new Totals(3, 0, bits(1)), 1, 2));
        }
        histograms.add(Histogram.of(TWO, ResetHint.GAUGE, new Totals(3, 0, bits(1)), 1, 2));
        requireRoundTrip(series(1, every15Seconds(histograms)));
    }

    @Test
    void hugeCountsComeBack() {
        List<Histogram> histograms = new ArrayList<>();
        for (long bucket : new long[] {-1, 0, Long.MIN_VALUE, Long.MAX_VALUE, -2, 1, -1, -1}) {
            for (long count : new long[] {0, -1, Long.MIN_VALUE}) {
                histograms.add(histogram(TWO, count, bucket, ~bucket));
            }
        }
        requireRoundTrip(series(1, every15Seconds(histograms)));
    }

    @Test
    void payloadsOfNaNComeBack() {
        List<Histogram> histograms = new ArrayList<>();
        HistogramLayout doubles = layout(Flavour.FLOAT, 3, new Span(0, 2));
        for (int i = 0; i < 64; i++) {
            long payload = 0x7ff0_0000_0000_0001L + i;
            long quiet = 0xfff8_0000_0000_0000L + i;
            Totals totals = new Totals(quiet, payload, i % 3 == 0 ? bits(i) : payload);
            histograms.add(Histogram.of(doubles, ResetHint.GAUGE, totals, payload, bits(-0.0)));
        }
        requireRoundTrip(series(1, every15Seconds(histograms)));
    }

    @Test
    void bucketsThatOverlapComeBack() {
        HistogramLayout overlapping =
                new HistogramLayout(
                        Flavour.INTEGER,
                        0,
                        0,
                        List.of(new Span(0, 3), new Span(-2, 3), new Span(-3, 3), new Span(1, 1)),
                        List.of(new Span(Integer.MAX_VALUE, 2), new Span(Integer.MIN_VALUE, 2)),
                        List.of());
        long[] counts = IntStream.range(0, 14).mapToLong(i -> 10L * i).toArray();
        requireRoundTrip(
                series(
                        1,
                        every15Seconds(
                                List.of(
                                        histogram(overlapping, 99, counts),
                                        histogram(TWO, 9, 4, 5),
                                        histogram(overlapping, 100, counts)))));
    }

    @Test
    void asManyBucketsAsThereMayBeComeBack() {
        long[] counts = new Random(1).longs(HistogramLayout.MAX_BUCKETS, 0, 50).toArray();
        Span[] ones = new Span[HistogramLayout.MAX_BUCKETS];
        Arrays.fill(ones, new Span(-1, 1));
        HistogramLayout manySpans = layout(Flavour.INTEGER, 8, ones);
        HistogramLayout oneSpan =
                layout(Flavour.FLOAT, 8, new Span(-9, HistogramLayout.MAX_BUCKETS));
        requireRoundTrip(
                series(
                        1,
                        every15Seconds(
                                List.of(
                                        histogram(manySpans, 7, counts),
                                        histogram(oneSpan, 7, counts),
                                        histogram(manySpans, 8, counts)))));
    }

    @Test
    void asManyEmptySpansAsThereMayBeComeBack() {
        Span[] empty = new Span[HistogramLayout.MAX_BUCKETS];
        Arrays.fill(empty, new Span(Integer.MIN_VALUE, 0));
        requireRoundTrip(
                series(
                        1,
                        every15Seconds(List.of(histogram(layout(Flavour.INTEGER, 0, empty), 1)))));
    }

    @Test
    void floatsAndHistogramsOfOneSeriesComeBack() {
        Samples.Builder floats = Samples.builder();
        Histograms.Builder histograms = Histograms.builder();
        for (int i = 0; i < 300; i++) {
            long timestampMs = START_MS + (i * STEP_MS);
            if (i < 100 || i % 10 == 3) {
                floats.add(timestampMs, i);
            } else {
                histograms.add(timestampMs, histogram(TWO, 3L * i, i, 2L * i));
            }
        }
        Samples plain = Samples.of(new long[] {START_MS, START_MS + 1}, new long[] {7, 8});
        requireRoundTrip(
                new Series(labels(1), plain),
                new Series(labels(2), floats.build(), histograms.build()),
                new Series(labels(3), floats.build()),
                new Series(labels(4), Samples.NONE, histograms.build()),
                new Series(labels(5), floats.build(), histograms.build()));
    }

    @Test
    void seriesOfOneScrapeShareTheirTimestamps() {
        List<Histogram> some = new ArrayList<>();
        Samples.Builder floats = Samples.builder();
        Random random = new Random(3);
        Histograms.Builder jittered = Histograms.builder();
        long timestampMs = START_MS;
        for (int i = 0; i < 200; i++) {
            timestampMs += STEP_MS + random.nextInt(1000);
            some.add(histogram(TWO, 3L * i, i, 2L * i));
            jittered.add(timestampMs, some.getLast());
            floats.add(timestampMs, i);
        }
        Series histogramSeries = series(1, jittered.build());
        int alone = requireRoundTrip(histogramSeries).bytes().length;
        Series part =
                series(
                        2,
                        jittered.build()
                                .within(
                                        new TimeRange(
                                                START_MS + 50 * STEP_MS,
                                                START_MS + 150 * STEP_MS)));
        Series plain = new Series(labels(3), floats.build());
        int all = requireRoundTrip(histogramSeries, part, plain).bytes().length;
        assertThat(all - alone).isLessThan(150);
    }

    @Test
    void aBucketKeepsItsColumnWhenAnotherComes() {
        HistogramColumns columns = new HistogramColumns();
        columns.expect(0, TWO, 5);
        columns.expect(1, layout(Flavour.INTEGER, 3, new Span(-4, 4)), 7);
        columns.expect(2, layout(Flavour.INTEGER, 2, new Span(-4, 1)), 1);
        columns.begin();
        assertThat(columns.of(0)).containsExactly(0, 1, 2, 3);
        assertThat(columns.of(1)).containsExactly(0, 1, 2, 4, 5, 3);
        assertThat(columns.of(2)).containsExactly(6, 7, 8);
        assertThat(columns.values(3)).hasSize(12);
        assertThat(columns.values(4)).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void whateverTheModelAllowsComesBack(int seed) {
        Random random = new Random(seed);
        List<Series> many = new ArrayList<>();
        List<HistogramLayout> layouts = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            double fresh = random.nextDouble();
            List<Histogram> histograms = new ArrayList<>();
            for (int i = random.nextInt(1, 60); i > 0; i--) {
                if (layouts.isEmpty() || random.nextDouble() < fresh) {
                    layouts.add(HistogramSamples.arbitraryLayout(random));
                }
                HistogramLayout layout = layouts.get(random.nextInt(layouts.size()));
                histograms.add(HistogramSamples.arbitrary(random, layout));
            }
            many.add(series(number, every15Seconds(histograms)));
        }
        requireRoundTrip(many.toArray(Series[]::new));
    }

    @Test
    void anEncoderCanBeUsedAgain() {
        Series one =
                series(1, every15Seconds(List.of(custom(1, 1, 2, 3), histogram(TWO, 3, 1, 2))));
        try (GroupEncoder encoder = new GroupEncoder()) {
            encoder.add(one);
            byte[] first = encoder.finish();
            encoder.add(one);
            assertThat(encoder.finish()).isEqualTo(first);
        }
    }

    @Test
    void aSeriesWithoutSamplesIsRefused() {
        try (GroupEncoder encoder = new GroupEncoder()) {
            assertThatThrownBy(() -> encoder.add(series(1, Histograms.NONE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no samples");
        }
    }

    private static GroupFixture requireRoundTrip(Series... series) {
        GroupFixture group = GroupFixture.of(List.of(series));
        assertThat(group.decode()).isEqualTo(List.of(series));
        return group;
    }

    private static Histogram histogram(HistogramLayout layout, long count, long... buckets) {
        return Histogram.of(
                layout, ResetHint.NO, new Totals(count, 0, bits(count / 10.0)), buckets);
    }

    private static Histogram custom(int count, double... bounds) {
        List<Long> bits = Arrays.stream(bounds).mapToObj(HistogramSamples::bits).toList();
        List<Span> spans = List.of(new Span(0, bounds.length + 1));
        HistogramLayout layout =
                new HistogramLayout(
                        Flavour.INTEGER, HistogramLayout.CUSTOM, 0, spans, List.of(), bits);
        return histogram(layout, count, new long[bounds.length + 1]);
    }
}
