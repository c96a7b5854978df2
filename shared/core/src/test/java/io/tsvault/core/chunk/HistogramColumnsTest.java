package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Which buckets share a column: part of the format, as a reader must find the same ones.
class HistogramColumnsTest {
    /// Count and zero count.
    private static final int TOTALS = 2;

    @Test
    void aBucketIsTheOneOfItsNumberHoweverTheSpansAreCut() {
        HistogramLayout whole = positive(new Span(-1, 4));
        assertThat(columns(whole, whole)).isEqualTo(TOTALS + 4);
        assertThat(columns(whole, positive(new Span(-1, 1), new Span(0, 3)))).isEqualTo(TOTALS + 4);
        assertThat(columns(whole, positive(new Span(0, 2)))).isEqualTo(TOTALS + 4);
        assertThat(columns(whole, positive(new Span(0, 1), new Span(1, 2)))).isEqualTo(TOTALS + 5);
    }

    @Test
    void sidesFlavoursAndSchemasHaveTheirOwn() {
        List<Span> two = List.of(new Span(0, 2));
        HistogramLayout one = positive(new Span(0, 2));
        HistogramLayout negative =
                new HistogramLayout(Flavour.INTEGER, 3, 0, List.of(), two, List.of());
        assertThat(columns(one, negative)).isEqualTo(TOTALS + 4);
        HistogramLayout floats =
                new HistogramLayout(Flavour.FLOAT, 3, 0, two, List.of(), List.of());
        assertThat(columns(one, floats)).isEqualTo(2 * (TOTALS + 2));
        HistogramLayout finer =
                new HistogramLayout(Flavour.INTEGER, 4, 0, two, List.of(), List.of());
        assertThat(columns(one, finer)).isEqualTo(2 * (TOTALS + 2));
    }

    /// No client writes this, but whatever a server says is kept.
    @Test
    void aLaterSpanThatGoesBackBeginsAnotherTurn() {
        HistogramLayout back = positive(new Span(0, 2), new Span(-2, 2));
        assertThat(columns(back, positive(new Span(0, 2)))).isEqualTo(TOTALS + 4);
        HistogramLayout twice = positive(new Span(0, 2), new Span(-2, 2), new Span(-2, 2));
        assertThat(columns(twice, back)).isEqualTo(TOTALS + 6);
        List<Span> spans = List.of(new Span(0, 2), new Span(-2, 2));
        HistogramLayout both = new HistogramLayout(Flavour.INTEGER, 3, 0, spans, spans, List.of());
        assertThat(columns(both, back)).isEqualTo(TOTALS + 8);
    }

    private static HistogramLayout positive(Span... spans) {
        return new HistogramLayout(Flavour.INTEGER, 3, 0, List.of(spans), List.of(), List.of());
    }

    private static int columns(HistogramLayout first, HistogramLayout second) {
        HistogramColumns columns = new HistogramColumns();
        columns.expect(0, first, 1);
        columns.expect(1, second, 1);
        columns.begin();
        return columns.count();
    }
}
