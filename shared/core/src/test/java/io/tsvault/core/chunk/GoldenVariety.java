package io.tsvault.core.chunk;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// One window in which every code of the format has a use: each prediction, several lanes, runs of
/// zeros, exceptions at the same places, buckets that share what others count, histograms of every
/// layout and hint.
final class GoldenVariety {
    private static final int SAMPLES = 160;
    private static final int SPEEDS = 7;

    private GoldenVariety() {}

    static List<Series> series() {
        List<Series> series = new ArrayList<>(Shapes.fleet(42, 4, SAMPLES));
        for (int speed = 0; speed < SPEEDS; speed++) {
            for (int i = 0; i < 3; i++) {
                series.add(walk("level", speed, i, false));
                series.add(walk("trend", speed, i, true));
            }
        }
        series.add(shifted("ghost_a", 0));
        series.add(shifted("ghost_b", 3));
        addHistograms(series);
        series.sort(Comparator.comparing(Series::labels));
        return List.copyOf(series);
    }

    /// Wanders slowly behind noise that is `2^speed` times as loud; or does so in its steps.
    private static Series walk(String name, int speed, int number, boolean steps) {
        Random random = new Random((100L * speed) + number);
        Samples.Builder samples = Samples.builder();
        long place = 5000;
        long total = 0;
        for (int i = 0; i < SAMPLES; i++) {
            place += Math.round(40 * random.nextGaussian());
            long value = place + Math.round((40 << speed) * random.nextGaussian());
            total += value;
            samples.add(Shapes.START_MS + (Shapes.SCRAPE_MS * i), (double) (steps ? total : value));
        }
        Labels labels = Labels.of("__name__", name, "number", "%d-%d".formatted(speed, number));
        return new Series(labels, samples.build());
    }

    /// Beside each other, and without a value at the same times.
    private static Series shifted(String name, int by) {
        Random random = new Random(7);
        Samples.Builder samples = Samples.builder();
        long total = 0;
        for (int i = 0; i < SAMPLES; i++) {
            total += random.nextInt(1 << 20);
            boolean gone = i == 0 || i % 50 == 20;
            long bits =
                    gone
                            ? Samples.STALE_MARKER
                            : Double.doubleToRawLongBits((double) (total + (by == 0 ? 0 : i % by)));
            samples.addBits(Shapes.START_MS + (Shapes.SCRAPE_MS * i), bits);
        }
        return new Series(Labels.of("__name__", name), samples.build());
    }

    private static void addHistograms(List<Series> series) {
        for (int i = 0; i < 3; i++) {
            Random random = new Random(i);
            HistogramSamples.Traffic traffic = new HistogramSamples.Traffic(200, 0.5, 5000);
            series.add(HistogramSamples.series(i, HistogramSamples.client(random, traffic, 60)));
        }
        for (int i = 3; i < 9; i++) {
            Random random = new Random(i);
            List<Histogram> any = new ArrayList<>();
            for (int j = 0; j < 12; j++) {
                any.add(HistogramSamples.arbitrary(random));
            }
            series.add(HistogramSamples.series(i, HistogramSamples.every15Seconds(any)));
        }
    }
}
