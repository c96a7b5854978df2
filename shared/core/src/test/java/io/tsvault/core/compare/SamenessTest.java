package io.tsvault.core.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Samples;

import org.junit.jupiter.api.Test;

import java.util.List;

class SamenessTest {
    private static final Histogram ONE = histogram(ResetHint.NO, List.of(new Span(2, 2)), 5, 6, 7);

    /// With one bucket below zero, the last count.
    private static Histogram histogram(ResetHint hint, List<Span> positive, long... buckets) {
        return Histogram.of(layout(3, positive), hint, new Totals(18, 0, 9), buckets);
    }

    private static HistogramLayout layout(int schema, List<Span> positive) {
        return new HistogramLayout(
                Flavour.INTEGER, schema, 1, positive, List.of(new Span(0, 1)), List.of());
    }

    @Test
    void whatTheServerFindsOutByItselfDoesNotCount() {
        List<Span> spans = List.of(new Span(2, 2));
        for (ResetHint hint : List.of(ResetHint.UNKNOWN, ResetHint.YES, ResetHint.NO)) {
            assertThat(Sameness.of(ONE, histogram(hint, spans, 5, 6, 7))).as("%s", hint).isTrue();
        }
        assertThat(Sameness.of(ONE, histogram(ResetHint.GAUGE, spans, 5, 6, 7))).isFalse();
    }

    @Test
    void emptyBucketsDoNotCount() {
        List<Span> wider = List.of(new Span(0, 1), new Span(0, 3), new Span(4, 1));
        assertThat(Sameness.of(ONE, histogram(ResetHint.NO, wider, 0, 0, 5, 6, 0, 7))).isTrue();
        assertThat(Sameness.of(ONE, histogram(ResetHint.NO, wider, 0, 5, 6, 0, 0, 7))).isFalse();
    }

    @Test
    void everyCountCounts() {
        List<Span> spans = List.of(new Span(2, 2));
        assertThat(Sameness.of(ONE, histogram(ResetHint.NO, spans, 5, 7, 6))).isFalse();
        assertThat(Sameness.of(ONE, histogram(ResetHint.NO, spans, 5, 6, 8))).isFalse();
        Histogram otherSum =
                Histogram.of(layout(3, spans), ResetHint.NO, new Totals(18, 0, 8), 5, 6, 7);
        Histogram otherSchema =
                Histogram.of(layout(2, spans), ResetHint.NO, new Totals(18, 0, 9), 5, 6, 7);
        assertThat(Sameness.of(ONE, otherSum)).isFalse();
        assertThat(Sameness.of(ONE, otherSchema)).isFalse();
    }

    @Test
    void theEndOfASeriesIsJustThat() {
        Totals end = new Totals(0, 0, Samples.STALE_MARKER);
        Histogram ours = Histogram.of(layout(3, List.of()), ResetHint.NO, end, 0);
        Histogram theirs =
                Histogram.of(
                        new HistogramLayout(Flavour.INTEGER, 0, 0, List.of(), List.of(), List.of()),
                        ResetHint.UNKNOWN,
                        end);
        assertThat(Sameness.of(ours, theirs)).isTrue();
        assertThat(Sameness.of(ours, ONE)).isFalse();
    }
}
