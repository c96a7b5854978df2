package io.tsvault.core.source;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/// What is seen of a series that is known, in each way of reading.
public final class Seen {
    private static final long NAN = 0x7ff8000000000001L;
    private static final long LOOKBACK_MS = Duration.ofMinutes(5).toMillis();

    private Seen() {}

    /// What a reading gives of it.
    public static Series by(Mode mode, Series series, TimeRange range) {
        return switch (mode.way()) {
            case REMOTE_READ -> within(series, range);
            case EXPORT -> plain(floats(within(series, range)));
            case RAW -> plain(floats(withoutMarkers(within(series, range))));
            case QUERY_RANGE -> plain(grid(series, range, mode.step().toMillis()));
        };
    }

    static long size(Series series) {
        return (long) series.samples().size() + series.histograms().size();
    }

    static Series within(Series series, TimeRange range) {
        return new Series(
                series.labels(), series.samples().within(range), series.histograms().within(range));
    }

    /// Without the samples that only say that the series has ended.
    static Series withoutMarkers(Series series) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < series.samples().size(); i++) {
            long bits = series.samples().valueBits(i);
            if (bits != Samples.STALE_MARKER) {
                samples.addBits(series.samples().timestampMs(i), bits);
            }
        }
        Histograms.Builder histograms = Histograms.builder();
        for (int i = 0; i < series.histograms().size(); i++) {
            Histogram histogram = series.histograms().histogram(i);
            if (!histogram.isStale()) {
                histograms.add(series.histograms().timestampMs(i), histogram);
            }
        }
        return new Series(series.labels(), samples.build(), histograms.build());
    }

    private static Series floats(Series series) {
        return new Series(series.labels(), series.samples());
    }

    /// Every NaN but the stale marker is the one that text can say.
    private static Series plain(Series series) {
        return mapped(
                series,
                bits ->
                        Double.isNaN(Double.longBitsToDouble(bits)) && bits != Samples.STALE_MARKER
                                ? NAN
                                : bits);
    }

    private static Series mapped(Series series, LongUnaryOperator change) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < series.samples().size(); i++) {
            samples.addBits(
                    series.samples().timestampMs(i),
                    change.applyAsLong(series.samples().valueBits(i)));
        }
        return new Series(series.labels(), samples.build());
    }

    /// At each point the newest sample of the five minutes before it, if that is no marker.
    private static Series grid(Series series, TimeRange range, long stepMs) {
        Samples.Builder points = Samples.builder();
        long first = Math.ceilDiv(range.startMs(), stepMs) * stepMs;
        for (long ms = first; ms < range.endMs(); ms += stepMs) {
            Samples window = series.samples().within(new TimeRange(ms - LOOKBACK_MS + 1, ms + 1));
            int last = window.size() - 1;
            if (last >= 0 && window.valueBits(last) != Samples.STALE_MARKER) {
                points.addBits(ms, window.valueBits(last));
            }
        }
        return new Series(series.labels(), points.build());
    }

    /// Two pieces of one series; where both have an instant, the second wins.
    static Series joined(Series a, Series b) {
        SortedMap<Long, Long> samples = new TreeMap<>();
        SortedMap<Long, Histogram> histograms = new TreeMap<>();
        for (Series piece : new Series[] {a, b}) {
            for (int i = 0; i < piece.samples().size(); i++) {
                samples.put(piece.samples().timestampMs(i), piece.samples().valueBits(i));
            }
            for (int i = 0; i < piece.histograms().size(); i++) {
                histograms.put(piece.histograms().timestampMs(i), piece.histograms().histogram(i));
            }
        }
        Samples.Builder allSamples = Samples.builder();
        samples.forEach(allSamples::addBits);
        Histograms.Builder allHistograms = Histograms.builder();
        histograms.forEach(allHistograms::add);
        return new Series(a.labels(), allSamples.build(), allHistograms.build());
    }
}
