package io.tsvault.core.series;

import static io.tsvault.core.series.HistogramLayout.MAX_BUCKETS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class HistogramLayoutTest {
    private static final long THRESHOLD = Double.doubleToRawLongBits(0.001);
    private static final List<Span> FOUR = List.of(new Span(-2, 3), new Span(0, 0), new Span(5, 1));
    private static final List<Span> TWO = List.of(new Span(1, 2));

    @Test
    void theBucketsOfASideAreThoseOfItsSpans() {
        HistogramLayout layout = exponential(FOUR, TWO);
        assertThat(layout.buckets()).isEqualTo(6);
        assertThat(layout.positiveBuckets()).isEqualTo(4);
        assertThat(exponential(List.of(), List.of()).buckets()).isZero();
    }

    @Test
    void layoutsThatDifferInOneValueAreNotEqual() {
        long minusZero = Double.doubleToRawLongBits(-0.0);
        List<HistogramLayout> all = new ArrayList<>();
        all.add(exponential(FOUR, TWO));
        all.add(exponential(TWO, FOUR));
        all.add(exponential(FOUR, List.of()));
        all.add(new HistogramLayout(Flavour.FLOAT, 3, THRESHOLD, FOUR, TWO, List.of()));
        all.add(new HistogramLayout(Flavour.INTEGER, 4, THRESHOLD, FOUR, TWO, List.of()));
        all.add(new HistogramLayout(Flavour.INTEGER, 3, 0, FOUR, TWO, List.of()));
        all.add(new HistogramLayout(Flavour.INTEGER, 3, minusZero, FOUR, TWO, List.of()));
        all.add(new HistogramLayout(Flavour.INTEGER, 3, THRESHOLD, FOUR, TWO, List.of(0L)));
        all.add(new HistogramLayout(Flavour.INTEGER, 3, THRESHOLD, FOUR, TWO, List.of(minusZero)));
        assertThat(all).doesNotHaveDuplicates();
        assertThat(exponential(FOUR, TWO)).isEqualTo(all.getFirst()).hasSameHashCodeAs(all.get(0));
    }

    @Test
    void whatNoReleaseWritesYetIsKept() {
        List<Span> odd = List.of(new Span(Integer.MAX_VALUE, 1), new Span(Integer.MIN_VALUE, 1));
        HistogramLayout layout =
                new HistogramLayout(Flavour.FLOAT, 127, Samples.STALE_MARKER, odd, odd, List.of());
        assertThat(layout.schema()).isEqualTo(127);
        assertThat(layout.zeroThresholdBits()).isEqualTo(Samples.STALE_MARKER);
        assertThat(layout.negative()).isEqualTo(odd);
    }

    @Test
    void aLayoutDoesNotChangeWithTheListsItWasMadeOf() {
        List<Span> spans = new ArrayList<>(TWO);
        HistogramLayout layout = exponential(spans, spans);
        spans.clear();
        assertThat(layout).isEqualTo(exponential(TWO, TWO));
    }

    @Test
    void asManyBucketsAsAllowedButNotOneMore() {
        Span half = new Span(0, MAX_BUCKETS / 2);
        assertThat(exponential(List.of(half), List.of(half)).buckets()).isEqualTo(MAX_BUCKETS);
        assertThatThrownBy(() -> exponential(List.of(half, new Span(0, 1)), List.of(half)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65537 buckets: at most 65536");
    }

    @Test
    void lengthsWhoseSumOverflowsAreRefused() {
        List<Span> huge = Collections.nCopies(3, new Span(0, Integer.MAX_VALUE));
        assertThatThrownBy(() -> exponential(List.of(), huge))
                .hasMessageContaining("6442450941 buckets");
        assertThatThrownBy(() -> new Span(0, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4294967295 buckets");
    }

    @Test
    void emptySpansAndCustomBoundsAreBoundedToo() {
        List<Span> empty = Collections.nCopies(MAX_BUCKETS, new Span(0, 0));
        assertThat(exponential(empty, List.of()).buckets()).isZero();
        assertThatThrownBy(() -> exponential(empty, TWO)).hasMessageContaining("65537 spans");
        List<Long> bounds = Collections.nCopies(MAX_BUCKETS + 1, 0L);
        assertThatThrownBy(
                        () ->
                                new HistogramLayout(
                                        Flavour.INTEGER,
                                        HistogramLayout.CUSTOM,
                                        0,
                                        TWO,
                                        List.of(),
                                        bounds))
                .hasMessageContaining("65537 custom bounds");
    }

    private static HistogramLayout exponential(List<Span> positive, List<Span> negative) {
        return new HistogramLayout(Flavour.INTEGER, 3, THRESHOLD, positive, negative, List.of());
    }
}
