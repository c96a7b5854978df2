package io.tsvault.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout.Flavour;

import org.junit.jupiter.api.Test;

import java.util.List;

class SeriesTest {
    private static final Labels UP = Labels.of("__name__", "up");

    @Test
    void aSeriesOfFloatsHasNoHistograms() {
        Series series = new Series(UP, floats(1, 2));
        assertThat(series.histograms()).isSameAs(Histograms.NONE);
        assertThat(series).isEqualTo(new Series(UP, floats(1, 2), histograms()));
        assertThat(series).isNotEqualTo(new Series(UP, floats(1, 2), histograms(3)));
    }

    @Test
    void floatsAndHistogramsMayTakeTurns() {
        Series series = new Series(UP, floats(1, 2, 5, 9), histograms(0, 3, 4, 7, 10));
        assertThat(series.samples().size() + series.histograms().size()).isEqualTo(9);
    }

    @Test
    void theyNeverShareATimestamp() {
        for (long shared : new long[] {0, 3, 10}) {
            assertThatThrownBy(() -> new Series(UP, floats(-1, shared, 11), histograms(0, 3, 10)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("up has a float and a histogram at " + shared);
        }
    }

    private static Samples floats(long... timestampsMs) {
        return Samples.of(timestampsMs, new long[timestampsMs.length]);
    }

    private static Histograms histograms(long... timestampsMs) {
        HistogramLayout empty =
                new HistogramLayout(Flavour.INTEGER, 0, 0, List.of(), List.of(), List.of());
        Histograms.Builder builder = Histograms.builder();
        for (long timestampMs : timestampsMs) {
            builder.add(timestampMs, Histogram.of(empty, ResetHint.UNKNOWN, new Totals(0, 0, 0)));
        }
        return builder.build();
    }
}
