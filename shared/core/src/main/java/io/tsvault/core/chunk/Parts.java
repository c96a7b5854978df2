package io.tsvault.core.chunk;

import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.List;

/// Cuts long series in time, and puts the pieces together again.
final class Parts {
    private Parts() {}

    /// The oldest and the newest timestamp of a series.
    record Times(long minMs, long maxMs) {}

    /// @throws IllegalArgumentException when it has no samples
    static Times times(Series series) {
        Samples floats = series.samples();
        Histograms histograms = series.histograms();
        if (isEmpty(series)) {
            throw new IllegalArgumentException(series.labels() + " has no samples: leave it out");
        }
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        if (floats.size() > 0) {
            min = floats.timestampMs(0);
            max = floats.timestampMs(floats.size() - 1);
        }
        if (histograms.size() > 0) {
            min = Math.min(min, histograms.timestampMs(0));
            max = Math.max(max, histograms.timestampMs(histograms.size() - 1));
        }
        return new Times(min, max);
    }

    /// Has it no samples of any kind?
    static boolean isEmpty(Series series) {
        return series.size() == 0;
    }

    /// How many numbers a series is made of.
    static int values(Series series) {
        long values = series.samples().size();
        for (int i = 0; i < series.histograms().size(); i++) {
            values += HistogramEncoder.values(series.histograms().histogram(i).layout());
        }
        return (int) Math.min(Integer.MAX_VALUE, values);
    }

    /// What a part of a series takes in memory together with its copy in the whole, in values of 16
    /// bytes: histograms are not copied.
    static long held(Series part) {
        return (long) part.samples().size() + values(part);
    }

    /// The series in pieces of at most `limit` values, or of one sample.
    static List<Series> of(Series series, int limit) {
        if (values(series) <= limit) {
            return List.of(series);
        }
        List<Series> parts = new ArrayList<>();
        cut(series, limit, parts);
        return parts;
    }

    private static void cut(Series series, int limit, List<Series> parts) {
        Samples floats = series.samples();
        Histograms histograms = series.histograms();
        if (values(series) <= limit || floats.size() + histograms.size() == 1) {
            parts.add(series);
            return;
        }
        long middle = middle(floats, histograms);
        int floatsBefore = 0;
        while (floatsBefore < floats.size() && floats.timestampMs(floatsBefore) < middle) {
            floatsBefore++;
        }
        int histogramsBefore = 0;
        while (histogramsBefore < histograms.size()
                && histograms.timestampMs(histogramsBefore) < middle) {
            histogramsBefore++;
        }
        cut(
                new Series(
                        series.labels(),
                        floats.part(0, floatsBefore),
                        histograms.part(0, histogramsBefore)),
                limit,
                parts);
        cut(
                new Series(
                        series.labels(),
                        floats.part(floatsBefore, floats.size()),
                        histograms.part(histogramsBefore, histograms.size())),
                limit,
                parts);
    }

    /// Refuses to hold a series of parts that take so much.
    static void requireFew(Labels series, long held) {
        if (held > Limits.JOINED_VALUES) {
            throw new IllegalArgumentException(
                    "the parts of %s would take %d values, at most %d: read narrower windows"
                            .formatted(series, held, Limits.JOINED_VALUES));
        }
    }

    /// The later of both middles: of two samples or more, one is older.
    private static long middle(Samples floats, Histograms histograms) {
        long middle = Long.MIN_VALUE;
        if (floats.size() > 0) {
            middle = floats.timestampMs(floats.size() / 2);
        }
        if (histograms.size() > 0) {
            middle = Math.max(middle, histograms.timestampMs(histograms.size() / 2));
        }
        return middle;
    }

    /// One series of its pieces.
    ///
    /// @throws IllegalArgumentException when one does not begin behind the end of the one before
    static Series joined(List<Series> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        for (int i = 1; i < parts.size(); i++) {
            if (times(parts.get(i)).minMs() <= times(parts.get(i - 1)).maxMs()) {
                throw new IllegalArgumentException(
                        parts.get(i).labels() + " has two parts that overlap in time");
            }
        }
        int size = parts.stream().mapToInt(part -> part.samples().size()).sum();
        long[] timestamps = new long[size];
        long[] bits = new long[size];
        Histograms.Builder histograms = Histograms.builder();
        int at = 0;
        for (Series part : parts) {
            part.samples().copyTimestamps(timestamps, at);
            part.samples().copyValueBits(bits, at);
            at += part.samples().size();
            for (int i = 0; i < part.histograms().size(); i++) {
                histograms.add(part.histograms().timestampMs(i), part.histograms().histogram(i));
            }
        }
        return new Series(
                parts.getFirst().labels(),
                Samples.view(timestamps, 0, bits, 0, size),
                histograms.build());
    }
}
