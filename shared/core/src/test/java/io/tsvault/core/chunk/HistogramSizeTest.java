package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.chunk.HistogramSamples.Traffic;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Series;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Bytes per histogram, all of a row group included. At 8 bytes for each number and the timestamp
/// these would be about 360; the bounds leave 2 to 3 % above what was measured.
class HistogramSizeTest {
    private static final long SEED = 5;
    private static final int SAMPLES = 480;
    private static final int SERIES = 10;

    @Test
    void aHistogramOfSteadyTrafficIsSmall() {
        requireBytesPerHistogram(new Traffic(150, 0, 100_000), 16.4);
    }

    @Test
    void aHistogramOfTrafficInBurstsIsSmallBecauseItsBucketsMoveTogether() {
        requireBytesPerHistogram(new Traffic(300, 1, 0), 20.8);
    }

    @Test
    void aHistogramThatGrowsFromNothingIsSmall() {
        requireBytesPerHistogram(new Traffic(150, 0.1, 0), 16.9);
    }

    private static void requireBytesPerHistogram(Traffic traffic, double most) {
        Random random = new Random(SEED);
        List<Series> many = new ArrayList<>();
        long raw = 0;
        for (int number = 0; number < SERIES; number++) {
            Histograms histograms = HistogramSamples.client(random, traffic, SAMPLES);
            many.add(HistogramSamples.series(number, histograms));
            for (int i = 0; i < SAMPLES; i++) {
                raw += 8L * (4 + histograms.histogram(i).buckets());
            }
        }
        GroupFixture group = GroupFixture.of(many);
        assertThat(group.decode()).isEqualTo(many);
        double bytes = group.bytes().length;
        assertThat(bytes / (SERIES * SAMPLES)).as("%s, seed %s", traffic, SEED).isLessThan(most);
        assertThat(raw / bytes).isGreaterThan(17);
    }
}
