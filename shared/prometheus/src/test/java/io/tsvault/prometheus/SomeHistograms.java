package io.tsvault.prometheus;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.wire.v1.BucketSpan;
import io.tsvault.wire.v1.Histogram;
import io.tsvault.wire.v1.Histogram.ResetHint;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

import java.util.List;
import java.util.Random;

/// Native histograms of every kind that a server takes, with what happens to them over time.
final class SomeHistograms {
    /// How many each series has.
    static final int EACH = 150;

    /// Whole thousandths, and what is none or too big for one.
    static final List<Double> BOUNDS = List.of(-1.5, 0.005, 0.1, 1.0, 2.5, 1e9);

    /// What number 7 of the custom ones holds.
    static final String CUSTOM_7 =
            "{count:42, sum:24.5, [-Inf,-1.5]:7, (-1.5,0.005]:14, (0.005,0.1]:7, (2.5,1.0E9]:14}";

    private static final int SERIES_ENDS = 140;

    private SomeHistograms() {}

    static WriteRequest exponential(long startMs) {
        return WriteRequest.newBuilder()
                .addTimeseries(series("counter", startMs, i -> integers(i, new Random(i % 100))))
                .addTimeseries(series("counter_float", startMs, i -> floats(i, ResetHint.UNKNOWN)))
                .addTimeseries(series("gauge", startMs, SomeHistograms::gauge))
                .addTimeseries(
                        series("gauge_float", startMs, i -> floats(i * 7 % 11, ResetHint.GAUGE)))
                .build();
    }

    static WriteRequest custom(long startMs) {
        return WriteRequest.newBuilder()
                .addTimeseries(series("custom", startMs, SomeHistograms::custom))
                .build();
    }

    private interface Maker {
        Histogram.Builder make(int i);
    }

    private static TimeSeries.Builder series(String name, long startMs, Maker maker) {
        TimeSeries.Builder series = TimeSeries.newBuilder();
        series.addAllLabels(Messages.labels(Labels.of("__name__", name)));
        for (int i = 0; i < EACH; i++) {
            Histogram.Builder histogram = maker.make(i);
            if (i == SERIES_ENDS) {
                boolean isFloat = histogram.hasCountFloat();
                histogram = Histogram.newBuilder();
                histogram.setSum(Double.longBitsToDouble(Samples.STALE_MARKER));
                if (isFloat) {
                    histogram.setCountFloat(0);
                } else {
                    histogram.setCountInt(0);
                }
            }
            series.addHistograms(histogram.setTimestamp(startMs + i * 15_003L));
        }
        return series;
    }

    private static Histogram.Builder gauge(int i) {
        return integers(i * 7 % 11, new Random(i)).setResetHint(ResetHint.GAUGE);
    }

    /// Counts grow; at 100 they begin anew, and buckets come to it.
    private static Histogram.Builder integers(int i, Random random) {
        int grown = i % 100;
        Histogram.Builder histogram =
                Histogram.newBuilder()
                        .setSchema(i < 60 ? 3 : 2)
                        .setZeroThreshold(i < 80 ? 0x1p-128 : 0.001)
                        .setSum(grown * 12.75);
        histogram.addPositiveSpans(span(-2, 2)).addPositiveSpans(span(3, grown < 30 ? 1 : 3));
        histogram.addNegativeSpans(span(0, 1));
        long positive = 0;
        long before = 0;
        int buckets = grown < 30 ? 3 : 5;
        for (int b = 0; b < buckets; b++) {
            long count = (long) grown * (b + 1) + (b == 1 ? grown * 1_000_003L : 0);
            histogram.addPositiveDeltas(count - before);
            before = count;
            positive += count;
        }
        histogram.addNegativeDeltas(grown);
        histogram.setZeroCountInt(grown * 2L);
        histogram.setCountInt(positive + grown + grown * 2L);
        return histogram.setSum(histogram.getSum() + random.nextDouble());
    }

    private static Histogram.Builder floats(int i, ResetHint hint) {
        double grown = i % 100 + 0.1 * (i % 100);
        return Histogram.newBuilder()
                .setSchema(0)
                .setZeroThreshold(0)
                .setSum(grown / 3)
                .addPositiveSpans(span(0, 2))
                .addPositiveSpans(span(5, 1))
                .addPositiveCounts(grown)
                .addPositiveCounts(grown * 2)
                .addPositiveCounts(grown / 7)
                .addNegativeSpans(span(-1, 1))
                .addNegativeCounts(grown)
                .setZeroCountFloat(grown)
                .setCountFloat(grown + grown * 2 + grown / 7 + grown + grown)
                .setResetHint(hint);
    }

    private static Histogram.Builder custom(int i) {
        Histogram.Builder histogram =
                Histogram.newBuilder().setSchema(-53).setSum(i * 3.5).setCountInt(6L * i);
        histogram.addAllCustomValues(BOUNDS);
        histogram.addPositiveSpans(span(0, 3)).addPositiveSpans(span(2, 1));
        return histogram
                .addPositiveDeltas(i)
                .addPositiveDeltas(i)
                .addPositiveDeltas(-i)
                .addPositiveDeltas(i)
                .setZeroCountInt(0);
    }

    private static BucketSpan span(int offset, int length) {
        return BucketSpan.newBuilder().setOffset(offset).setLength(length).build();
    }
}
