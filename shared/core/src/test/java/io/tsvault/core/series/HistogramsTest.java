package io.tsvault.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;

import org.junit.jupiter.api.Test;

import java.util.List;

class HistogramsTest {
    @Test
    void histogramsComeBackWithTheirTimes() {
        Histograms two =
                Histograms.builder()
                        .add(Long.MIN_VALUE, histogram(0, 1))
                        .add(Long.MAX_VALUE, histogram(3, 2))
                        .build();
        assertThat(two.size()).isEqualTo(2);
        assertThat(two.timestampMs(0)).isEqualTo(Long.MIN_VALUE);
        assertThat(two.histogram(1)).isEqualTo(histogram(3, 2));
        assertThat(two).hasToString("2 histograms, " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
        assertThat(Histograms.NONE).hasToString("no histograms");
    }

    @Test
    void S26_histogramsThatDoNotAscendAreRefused() {
        Histograms.Builder builder = Histograms.builder().add(5, histogram(0, 1));
        for (long timestampMs : new long[] {5, 4}) {
            assertThatThrownBy(() -> builder.add(timestampMs, histogram(0, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("timestamp " + timestampMs + " does not come after 5");
        }
        assertThat(builder.size()).isEqualTo(1);
    }

    @Test
    void neighboursWithEqualLayoutsShareOne() {
        Histograms three =
                Histograms.builder()
                        .add(1, histogram(0, 1))
                        .add(2, histogram(0, 2))
                        .add(3, histogram(1, 2))
                        .build();
        assertThat(three.histogram(1)).isEqualTo(histogram(0, 2));
        assertThat(three.histogram(1).layout()).isSameAs(three.histogram(0).layout());
        assertThat(three.histogram(2)).isEqualTo(histogram(1, 2));
    }

    @Test
    void S27_aRangeHoldsItsStartAndNotItsEnd() {
        Histograms ten = upTo(10);
        assertThat(ten.within(new TimeRange(0, 7))).isEqualTo(upTo(7)).hasSameHashCodeAs(upTo(7));
        assertThat(ten.within(new TimeRange(9, 10)).timestampMs(0)).isEqualTo(9);
        assertThat(ten.within(new TimeRange(10, 20))).isEqualTo(Histograms.NONE);
        assertThat(ten.within(new TimeRange(0, 10))).isSameAs(ten);
    }

    @Test
    void timesAndValuesTellThemApart() {
        assertThat(
                        List.of(
                                Histograms.NONE,
                                Histograms.builder().add(1, histogram(0, 1)).build(),
                                Histograms.builder().add(2, histogram(0, 1)).build(),
                                Histograms.builder().add(1, histogram(0, 2)).build()))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatWasBuiltStaysWhenTheBuilderGoesOn() {
        Histograms.Builder builder = Histograms.builder().add(0, histogram(0, 0));
        Histograms one = builder.build();
        builder.add(1, histogram(0, 1));
        assertThat(one).isEqualTo(upTo(1));
        assertThat(builder.build()).isEqualTo(upTo(2));
    }

    private static Histograms upTo(int endMs) {
        Histograms.Builder builder = Histograms.builder();
        for (int i = 0; i < endMs; i++) {
            builder.add(i, histogram(0, i));
        }
        return builder.build();
    }

    private static Histogram histogram(int offset, long count) {
        HistogramLayout layout =
                new HistogramLayout(
                        Flavour.INTEGER, 3, 0, List.of(new Span(offset, 1)), List.of(), List.of());
        return Histogram.of(layout, ResetHint.NO, new Totals(count, 0, 0), count);
    }
}
