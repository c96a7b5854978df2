package io.tsvault.core.chunk;

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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Native histograms for tests.
final class HistogramSamples {
    static final long START_MS = 1_700_000_000_000L;
    static final long STEP_MS = 15_000;

    /// What Prometheus writes when a series has ended.
    static final Histogram STALE =
            Histogram.of(
                    new HistogramLayout(Flavour.INTEGER, 0, 0, List.of(), List.of(), List.of()),
                    ResetHint.UNKNOWN,
                    new Totals(0, 0, Samples.STALE_MARKER));

    private HistogramSamples() {}

    /// How a client's histogram moves.
    ///
    /// @param rate observations between two scrapes, on average
    /// @param burst how far the logarithm of the rate strays
    /// @param before observations before the first scrape
    record Traffic(double rate, double burst, int before) {}

    static HistogramLayout layout(Flavour flavour, int schema, Span... positive) {
        return new HistogramLayout(
                flavour, schema, bits(0x1p-128), List.of(positive), List.of(), List.of());
    }

    static Series series(int number, Histograms histograms) {
        return new Series(labels(number), Samples.NONE, histograms);
    }

    static Labels labels(int number) {
        return Labels.of("__name__", "latency_seconds", "number", String.format("%04d", number));
    }

    static Histograms every15Seconds(List<Histogram> histograms) {
        Histograms.Builder builder = Histograms.builder();
        for (Histogram histogram : histograms) {
            builder.add(START_MS + (STEP_MS * builder.size()), histogram);
        }
        return builder.build();
    }

    static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /// As a Go client makes it: schema 3, latencies around 10 ms, nanoseconds summed as seconds.
    static Histograms client(Random random, Traffic traffic, int n) {
        double middle = StrictMath.log(0.01) + random.nextGaussian();
        double spread = 0.3 + (0.2 * random.nextDouble());
        SortedMap<Integer, Long> buckets = new TreeMap<>();
        List<Histogram> histograms = new ArrayList<>();
        double sum = 0;
        long count = 0;
        for (int i = 0; i < n; i++) {
            double mean = traffic.rate() * StrictMath.exp(traffic.burst() * random.nextGaussian());
            double noise = StrictMath.sqrt(mean) * random.nextGaussian();
            long observed = (i == 0 ? traffic.before() : 0) + Math.max(0, Math.round(mean + noise));
            for (long k = 0; k < observed; k++) {
                double seconds = StrictMath.exp(middle + (spread * random.nextGaussian()));
                sum += Math.rint(seconds * 1e9) / 1e9;
                int bucket = (int) Math.ceil(8 * StrictMath.log(seconds) / StrictMath.log(2));
                buckets.merge(bucket, 1L, Long::sum);
            }
            count += observed;
            ResetHint hint = i % 120 == 0 ? ResetHint.UNKNOWN : ResetHint.NO;
            histograms.add(sparse(buckets, hint, new Totals(count, 0, bits(sum))));
        }
        return every15Seconds(histograms);
    }

    private static Histogram sparse(
            SortedMap<Integer, Long> buckets, ResetHint hint, Totals totals) {
        List<Span> spans = new ArrayList<>();
        int next = 0;
        for (int bucket : buckets.keySet()) {
            if (!spans.isEmpty() && bucket == next) {
                Span last = spans.removeLast();
                spans.add(new Span(last.offset(), last.length() + 1));
            } else {
                spans.add(new Span(bucket - next, 1));
            }
            next = bucket + 1;
        }
        long[] counts = buckets.values().stream().mapToLong(Long::longValue).toArray();
        HistogramLayout layout = layout(Flavour.INTEGER, 3, spans.toArray(Span[]::new));
        return Histogram.of(layout, hint, totals, counts);
    }

    /// Anything that the model allows, in small.
    static Histogram arbitrary(Random random) {
        return arbitrary(random, arbitraryLayout(random));
    }

    static Histogram arbitrary(Random random, HistogramLayout layout) {
        ResetHint hint = HistogramEncoder.HINTS.get(random.nextInt(4));
        Totals totals = new Totals(arbitraryBits(random), arbitraryBits(random), sum(random));
        long[] counts = random.longs(layout.buckets()).toArray();
        for (int i = 0; i < counts.length; i++) {
            counts[i] = arbitraryBits(random);
        }
        return Histogram.of(layout, hint, totals, counts);
    }

    static HistogramLayout arbitraryLayout(Random random) {
        int[] oddSchemas = {HistogramLayout.CUSTOM, 9, -5, Integer.MIN_VALUE, Integer.MAX_VALUE};
        int schema =
                random.nextInt(3) == 0
                        ? oddSchemas[random.nextInt(oddSchemas.length)]
                        : random.nextInt(-4, 9);
        List<Long> bounds = random.nextInt(4) == 0 ? arbitraryBounds(random) : List.of();
        return new HistogramLayout(
                random.nextBoolean() ? Flavour.INTEGER : Flavour.FLOAT,
                schema,
                arbitraryBits(random),
                arbitrarySpans(random),
                arbitrarySpans(random),
                bounds);
    }

    private static List<Long> arbitraryBounds(Random random) {
        return random.longs(random.nextInt(5)).boxed().toList();
    }

    private static List<Span> arbitrarySpans(Random random) {
        List<Span> spans = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int offset = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(-3, 9);
            spans.add(new Span(offset, random.nextInt(5)));
        }
        return spans;
    }

    private static long sum(Random random) {
        return random.nextInt(8) == 0 ? Samples.STALE_MARKER : arbitraryBits(random);
    }

    /// Small numbers, whole doubles, and bits at random, NaN payloads among them.
    private static long arbitraryBits(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(100);
            case 1 -> bits(random.nextInt(1000));
            case 2 -> 0x7ff0_0000_0000_0000L | random.nextInt(1, 1 << 20);
            default -> random.nextLong();
        };
    }
}
