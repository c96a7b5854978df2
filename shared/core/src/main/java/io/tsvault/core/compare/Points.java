package io.tsvault.core.compare;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;

/// Walks the points of series, floats and histograms by time. A series that comes in several parts
/// is walked as one.
final class Points {
    private final Iterator<Series> parts;
    private final Sameness sameness;
    private @Nullable Series part;
    private int sample;
    private int histogram;
    private long unkept;

    Points(Iterator<Series> parts, Sameness sameness) {
        this.parts = parts;
        this.sameness = sameness;
        advance();
    }

    /// The part that the next point is in, if there is any.
    @Nullable Series part() {
        return part;
    }

    /// Samples up to here whose values one of the sides does not keep.
    long unkept() {
        return unkept;
    }

    /// Is nothing of the part walked yet?
    boolean isAtFront() {
        return sample == 0 && histogram == 0;
    }

    /// Is nothing of the part walked yet, and does all of it count?
    boolean isWhole() {
        return isAtFront() && sameness.countsAll(requirePart());
    }

    /// The timestamp of the last point of the part.
    long lastMs() {
        Samples samples = requirePart().samples();
        Histograms histograms = requirePart().histograms();
        long lastMs =
                samples.size() == 0 ? Long.MIN_VALUE : samples.timestampMs(samples.size() - 1);
        return histograms.size() == 0
                ? lastMs
                : Math.max(lastMs, histograms.timestampMs(histograms.size() - 1));
    }

    /// Leaves the rest of the part out.
    void skipPart() {
        advance();
    }

    private void advance() {
        part = parts.hasNext() ? parts.next() : null;
        sample = 0;
        histogram = 0;
        settle();
    }

    /// Goes to the next point that counts.
    private void settle() {
        while (part != null) {
            skipWhatDoesNotCount(part);
            if (sample < part.samples().size() || histogram < part.histograms().size()) {
                return;
            }
            part = parts.hasNext() ? parts.next() : null;
            sample = 0;
            histogram = 0;
        }
    }

    private void skipWhatDoesNotCount(Series series) {
        while (sample < series.samples().size()
                && !sameness.counts(series.samples().valueBits(sample))) {
            unkept += sameness.isKept(series.samples().valueBits(sample)) ? 0 : 1;
            sample++;
        }
        while (histogram < series.histograms().size()
                && !sameness.counts(series.histograms().histogram(histogram))) {
            histogram++;
        }
    }

    boolean isOf(Labels labels) {
        return part != null && part.labels().equals(labels);
    }

    /// One point: its time, and its value.
    record Point(long timestampMs, long bits, @Nullable Histogram histogram) {
        String text() {
            return histogram == null ? text(bits) : histogram.toString();
        }

        private static String text(long bits) {
            return bits == Samples.STALE_MARKER ? "stale" : number(Double.longBitsToDouble(bits));
        }

        private static String number(double value) {
            if (Double.isInfinite(value)) {
                return value > 0 ? "+Inf" : "-Inf";
            }
            return Double.toString(value);
        }
    }

    /// The next point; there must be one.
    Point peek() {
        Series series = requirePart();
        long floatMs =
                sample < series.samples().size()
                        ? series.samples().timestampMs(sample)
                        : Long.MAX_VALUE;
        boolean isHistogram =
                histogram < series.histograms().size()
                        && (sample == series.samples().size()
                                || series.histograms().timestampMs(histogram) < floatMs);
        return isHistogram
                ? new Point(
                        series.histograms().timestampMs(histogram),
                        0,
                        series.histograms().histogram(histogram))
                : new Point(floatMs, series.samples().valueBits(sample), null);
    }

    Point next() {
        Point point = peek();
        if (point.histogram() == null) {
            sample++;
        } else {
            histogram++;
        }
        settle();
        return point;
    }

    private Series requirePart() {
        if (part == null) {
            throw new IllegalStateException("no point is left");
        }
        return part;
    }
}
