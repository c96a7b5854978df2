package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.Parts.Times;
import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Random;

class PartsTest {
    private static final Labels LABELS = Labels.of("__name__", "m");

    /// Of three values and some for buckets and spans.
    private static final Histogram HISTOGRAM = HistogramSamples.arbitrary(new Random(2));

    private static final int VALUES = HistogramEncoder.values(HISTOGRAM.layout());

    /// Floats from one second on, and histograms from another on, every two seconds.
    @ParameterizedTest
    @CsvSource({
        "10, 0, 0, 0",
        "0, 0, 10, 0",
        "10, 0, 10, 1",
        "10, 0, 4, 1",
        "10, 0, 9, 100",
        "9, 100, 10, 0",
        "4, 1, 10, 0",
        "1, 0, 1, 1",
        "1, 1, 1, 0",
        "3, 0, 2, 1"
    })
    void piecesAreSmallAndBecomeTheSameSeries(int floats, int from, int histograms, int fromToo) {
        Series whole = series(floats, from, histograms, fromToo);
        for (int limit = 1; limit <= Parts.values(whole); limit++) {
            List<Series> parts = Parts.of(whole, limit);
            for (Series part : parts) {
                int samples = part.samples().size() + part.histograms().size();
                assertThat(samples).isPositive();
                assertThat(samples == 1 || Parts.values(part) <= limit).as("" + limit).isTrue();
            }
            assertThat(Parts.joined(parts)).isEqualTo(whole);
        }
    }

    @Test
    void whatIsSmallEnoughIsNotCut() {
        Series whole = series(8, 0, 0, 0);
        assertThat(Parts.of(whole, 8)).containsExactly(whole);
        assertThat(Parts.of(whole, 7))
                .extracting(part -> part.samples().size())
                .containsExactly(4, 4);
    }

    @Test
    void timesAreThoseOfTheOldestAndTheNewestOfBothKinds() {
        assertThat(Parts.times(series(3, 1, 0, 0))).isEqualTo(new Times(1000, 5000));
        assertThat(Parts.times(series(0, 0, 3, 1))).isEqualTo(new Times(1000, 5000));
        assertThat(Parts.times(series(3, 1, 5, 2))).isEqualTo(new Times(1000, 10_000));
        assertThat(Parts.times(series(5, 2, 3, 1))).isEqualTo(new Times(1000, 10_000));
        Series empty = series(0, 0, 0, 0);
        assertThatThrownBy(() -> Parts.times(empty)).hasMessageContaining("has no samples");
    }

    @Test
    void aHistogramIsManyValues() {
        assertThat(VALUES).isGreaterThan(3);
        assertThat(Parts.values(series(5, 0, 2, 1))).isEqualTo(5 + 2 * VALUES);
    }

    @Test
    void aPartBeginsBehindTheOneBefore() {
        Series first = series(3, 0, 0, 0);
        Series touching = series(0, 0, 2, 4);
        Series behind = series(0, 0, 2, 5);
        assertThat(Parts.joined(List.of(first, behind)).histograms().size()).isEqualTo(2);
        assertThatThrownBy(() -> Parts.joined(List.of(first, touching)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two parts that overlap in time");
    }

    private static Series series(int floats, int fromSecond, int histograms, int fromSecondToo) {
        Samples.Builder some = Samples.builder();
        for (int i = 0; i < floats; i++) {
            some.add((fromSecond + 2 * i) * 1000L, i);
        }
        Histograms.Builder others = Histograms.builder();
        for (int i = 0; i < histograms; i++) {
            others.add((fromSecondToo + 2 * i) * 1000L, HISTOGRAM);
        }
        return new Series(LABELS, some.build(), others.build());
    }
}
