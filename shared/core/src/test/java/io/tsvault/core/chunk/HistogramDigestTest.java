package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Histograms;

import org.junit.jupiter.api.Test;

import java.util.List;

class HistogramDigestTest {
    @Test
    void theDigestIsMadeOfTheseWords() {
        HistogramLayout layout =
                new HistogramLayout(
                        Flavour.FLOAT,
                        -53,
                        11,
                        List.of(new Span(-4, 1), new Span(2, 1)),
                        List.of(new Span(5, 1)),
                        List.of(21L, -22L));
        Histogram histogram =
                Histogram.of(layout, ResetHint.GAUGE, new Totals(31, 32, 33), 41, 42, 43);
        long layoutWord = hash(1, -53, 11, 2, -4, 1, 2, 1, 1, 5, 1, 2, 21, -22);
        long word = hash(layoutWord, 3, 31, 32, 33, 41, 42, 43);
        long none =
                hash(hash(0, 0, 0, 0, 0, 0), 0, 0, 0, HistogramSamples.STALE.totals().sumBits());
        Histograms three =
                Histograms.builder()
                        .add(-7, histogram)
                        .add(8, HistogramSamples.STALE)
                        .add(9, histogram)
                        .build();
        assertThat(HistogramDigest.of(three)).isEqualTo(hash(-7, word, 8, none, 9, word));
        assertThat(HistogramDigest.of(Histograms.NONE)).isZero();
    }

    private static long hash(long... words) {
        return XxHash.of(words, 0, words.length);
    }
}
