package io.tsvault.core.compare;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// When two values are the same.
///
/// @param digits how many significant decimal digits count, for a side that keeps decimal numbers:
///     no NaN then, but for stale markers; 0: every bit counts
/// @param staleMarkers do both sides show those? Else they are left out of both
public record Sameness(int digits, boolean staleMarkers) {
    /// Every bit counts, and everything is seen.
    public static final Sameness EXACT = new Sameness(0, true);

    private static final int MOST_DIGITS = 17;

    /// Checks the digits.
    public Sameness {
        if (digits < 0 || digits > MOST_DIGITS) {
            throw new IllegalArgumentException(digits + " significant digits: 0 to 17");
        }
    }

    /// How like they are.
    enum Likeness {
        EQUAL,
        ROUNDED,
        DIFFERENT
    }

    Likeness of(long expectedBits, long actualBits) {
        if (expectedBits == actualBits) {
            return Likeness.EQUAL;
        }
        double expected = Double.longBitsToDouble(expectedBits);
        double actual = Double.longBitsToDouble(actualBits);
        if (digits == 0 || isStale(expectedBits) != isStale(actualBits)) {
            return Likeness.DIFFERENT;
        }
        double most = Math.max(Math.abs(expected), Math.abs(actual)) * Math.pow(10, 1 - digits);
        return Math.abs(expected - actual) <= most ? Likeness.ROUNDED : Likeness.DIFFERENT;
    }

    /// Do both say the same? A server may lay a histogram out anew, with more empty buckets, and
    /// finds out by itself whether it began anew; of one that ends a series it keeps just that.
    static boolean of(Histogram expected, Histogram actual) {
        if (expected.equals(actual) || (expected.isStale() && actual.isStale())) {
            return true;
        }
        HistogramLayout ours = expected.layout();
        HistogramLayout theirs = actual.layout();
        return ours.flavour() == theirs.flavour()
                && ours.schema() == theirs.schema()
                && ours.zeroThresholdBits() == theirs.zeroThresholdBits()
                && ours.customBounds().equals(theirs.customBounds())
                && expected.totals().equals(actual.totals())
                && isGauge(expected) == isGauge(actual)
                && filled(expected, true).equals(filled(actual, true))
                && filled(expected, false).equals(filled(actual, false));
    }

    private static boolean isGauge(Histogram histogram) {
        return histogram.resetHint() == ResetHint.GAUGE;
    }

    /// The counts of one side that are not zero, by the number of their bucket.
    private static Map<Long, Long> filled(Histogram histogram, boolean positive) {
        Map<Long, Long> filled = new HashMap<>();
        HistogramLayout layout = histogram.layout();
        int next = positive ? 0 : layout.positiveBuckets();
        long number = 0;
        for (Span span : positive ? layout.positive() : layout.negative()) {
            number += span.offset();
            for (int i = 0; i < span.length(); i++, number++, next++) {
                if (histogram.bucket(next) != 0) {
                    filled.put(number, histogram.bucket(next));
                }
            }
        }
        return filled;
    }

    /// Is this sample one that the two sides can be held to?
    boolean counts(long bits) {
        return isStale(bits) ? staleMarkers : isKept(bits);
    }

    boolean counts(Histogram histogram) {
        return staleMarkers || !histogram.isStale();
    }

    /// Do all samples of a series count?
    boolean countsAll(Series series) {
        if (digits == 0 && staleMarkers) {
            return true;
        }
        Samples samples = series.samples();
        Histograms histograms = series.histograms();
        return IntStream.range(0, samples.size()).allMatch(i -> counts(samples.valueBits(i)))
                && IntStream.range(0, histograms.size())
                        .allMatch(i -> counts(histograms.histogram(i)));
    }

    /// Can a side that keeps so many digits have this value?
    boolean isKept(long bits) {
        return digits == 0 || isStale(bits) || !Double.isNaN(Double.longBitsToDouble(bits));
    }

    private static boolean isStale(long bits) {
        return bits == Samples.STALE_MARKER;
    }
}
