package io.tsvault.core.series;

import static io.tsvault.core.series.Histogram.ResetHint.GAUGE;
import static io.tsvault.core.series.Histogram.ResetHint.NO;
import static io.tsvault.core.series.Histogram.ResetHint.UNKNOWN;
import static io.tsvault.core.series.Histogram.ResetHint.YES;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.lang.Double.doubleToRawLongBits;

import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;

import org.junit.jupiter.api.Test;

import java.util.List;

class HistogramTest {
    private static final long THRESHOLD = doubleToRawLongBits(0.001);
    private static final HistogramLayout FIVE =
            new HistogramLayout(
                    Flavour.INTEGER,
                    0,
                    THRESHOLD,
                    List.of(new Span(0, 2), new Span(1, 1)),
                    List.of(new Span(1, 2)),
                    List.of());
    private static final Totals TOTALS = new Totals(12, 3, doubleToRawLongBits(4.5));

    @Test
    void everythingGivenIsThere() {
        Histogram histogram = Histogram.of(FIVE, NO, TOTALS, 1, 2, 3, 4, 5);
        assertThat(histogram.layout()).isSameAs(FIVE);
        assertThat(histogram.resetHint()).isEqualTo(NO);
        assertThat(histogram.totals()).isEqualTo(TOTALS);
        assertThat(histogram.buckets()).isEqualTo(5);
        assertThat(histogram.bucket(0)).isEqualTo(1);
        assertThat(histogram.bucket(4)).isEqualTo(5);
    }

    @Test
    void countsAreCopied() {
        long[] counts = {1, 2, 3, 4, 5};
        Histogram histogram = Histogram.of(FIVE, NO, TOTALS, counts);
        counts[0] = 9;
        assertThat(histogram.bucket(0)).isEqualTo(1);
    }

    @Test
    void aCountTooFewOrTooManyIsRefused() {
        assertThatThrownBy(() -> Histogram.of(FIVE, NO, TOTALS, 1, 2, 3, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 counts for 5 buckets");
        assertThatThrownBy(() -> Histogram.of(FIVE, NO, TOTALS, 1, 2, 3, 4, 5, 6))
                .hasMessageContaining("6 counts for 5 buckets");
    }

    @Test
    void S24_everyBitOfAHistogramCounts() {
        HistogramLayout one = oneBucket(Flavour.FLOAT);
        long[] bits = {
            0,
            doubleToRawLongBits(-0.0),
            Samples.STALE_MARKER,
            0x7ff8000000000001L,
            0xfff8000000000001L,
            1,
            -1
        };
        for (long a : bits) {
            for (long b : bits) {
                boolean same = a == b;
                assertThat(sum(one, a).equals(sum(one, b))).isEqualTo(same);
                assertThat(bucket(one, a).equals(bucket(one, b))).isEqualTo(same);
            }
            assertThat(sum(one, a).totals().sumBits()).isEqualTo(a);
            assertThat(bucket(one, a).bucket(0)).isEqualTo(a);
            assertThat(bucket(one, a)).hasSameHashCodeAs(bucket(one, a));
        }
    }

    @Test
    void flavourHintCountAndZeroCountTellHistogramsApart() {
        HistogramLayout integers = oneBucket(Flavour.INTEGER);
        assertThat(
                        List.of(
                                Histogram.of(integers, UNKNOWN, TOTALS, 1),
                                Histogram.of(oneBucket(Flavour.FLOAT), UNKNOWN, TOTALS, 1),
                                Histogram.of(integers, GAUGE, TOTALS, 1),
                                Histogram.of(integers, UNKNOWN, new Totals(13, 3, 0), 1),
                                Histogram.of(integers, UNKNOWN, new Totals(12, 3, 0), 1),
                                Histogram.of(integers, UNKNOWN, new Totals(12, 2, 0), 1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void onlyTheStaleMarkerIsStale() {
        HistogramLayout one = oneBucket(Flavour.INTEGER);
        assertThat(sum(one, Samples.STALE_MARKER).isStale()).isTrue();
        assertThat(sum(one, 0x7ff8000000000001L).isStale()).isFalse();
        assertThat(sum(one, Samples.STALE_MARKER)).hasToString("{count:0, sum:stale}");
        assertThat(sum(one, 0x7ff8000000000001L)).hasToString("{count:0, sum:NaN}");
    }

    @Test
    void hintsStandInTheOrderOfTheWire() {
        assertThat(ResetHint.values()).containsExactly(UNKNOWN, YES, NO, GAUGE);
    }

    @Test
    void theTextGoesFromTheLowestBucketToTheHighest() {
        assertThat(Histogram.of(FIVE, NO, TOTALS, 1, 2, 0, 4, -1))
                .hasToString(
                        "{count:12, sum:4.5, [-4,-2):18446744073709551615, [-2,-1):4,"
                                + " [-0.001,0.001]:3, (0.5,1]:1, (1,2]:2}");
    }

    @Test
    void theSchemaSaysHowFastBoundsGrow() {
        assertThat(twoBuckets(2, 4)).endsWith(",2]:7, (2,2.378414230005442]:8}");
        assertThat(twoBuckets(-1, 3)).endsWith(" (16,64]:7, (64,256]:8}");
        assertThat(twoBuckets(-4, 63)).endsWith("E303]:7, (2.7430620343968443E303,+Inf]:8}");
        assertThat(twoBuckets(0, 1024)).contains("[-Inf,-8.98846567431158E307):9");
        assertThat(twoBuckets(8, 256)).contains(",2]:7, (2,");
    }

    @Test
    void bucketsWithoutKnownBoundsHaveTheirNumber() {
        assertThat(twoBuckets(9, -3)).endsWith(", -#-3:9, +#-3:7, +#-2:8}");
        assertThat(twoBuckets(-5, Integer.MAX_VALUE)).endsWith(" +#2147483648:8}");
    }

    @Test
    void customBoundsReachFromMinusToPlusInfinity() {
        List<Long> bounds = List.of(doubleToRawLongBits(0.5), doubleToRawLongBits(1));
        HistogramLayout custom =
                new HistogramLayout(
                        Flavour.FLOAT,
                        HistogramLayout.CUSTOM,
                        0,
                        List.of(new Span(0, 4)),
                        List.of(),
                        bounds);
        long half = doubleToRawLongBits(0.5);
        assertThat(Histogram.of(custom, NO, new Totals(half, 0, half), half, half, half, half))
                .hasToString(
                        "{count:0.5, sum:0.5, [-Inf,0.5]:0.5, (0.5,1]:0.5, (1,+Inf]:0.5, +#3:0.5}");
    }

    @Test
    void theTextShowsTenBuckets() {
        HistogramLayout twelve =
                new HistogramLayout(
                        Flavour.INTEGER, 0, 0, List.of(new Span(1, 12)), List.of(), List.of());
        long[] counts = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1};
        assertThat(Histogram.of(twelve, NO, TOTALS, counts).toString())
                .endsWith(", (128,256]:1, (256,512]:1, 2 more}")
                .contains("[-0,0]:3");
    }

    private static String twoBuckets(int schema, int first) {
        HistogramLayout layout =
                new HistogramLayout(
                        Flavour.INTEGER,
                        schema,
                        THRESHOLD,
                        List.of(new Span(first, 2)),
                        List.of(new Span(first, 1)),
                        List.of());
        return Histogram.of(layout, NO, new Totals(0, 0, 0), 7, 8, 9).toString();
    }

    private static HistogramLayout oneBucket(Flavour flavour) {
        return new HistogramLayout(
                flavour, 0, THRESHOLD, List.of(new Span(0, 1)), List.of(), List.of());
    }

    private static Histogram sum(HistogramLayout one, long bits) {
        return Histogram.of(one, UNKNOWN, new Totals(0, 0, bits), 0);
    }

    private static Histogram bucket(HistogramLayout one, long bits) {
        return Histogram.of(one, UNKNOWN, new Totals(0, 0, 0), bits);
    }
}
