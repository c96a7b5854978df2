package io.tsvault.core.source;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.time.Instant;
import java.util.List;

/// Makes one series of its pieces, which may come in any order and overlap. What several pieces
/// hold alike is taken once, and counted; two values for one instant are refused.
final class Joint {
    private static final int SERIES_BYTES = 160;
    private static final int HISTOGRAM_BYTES = 120;

    private long duplicates;

    long duplicates() {
        return duplicates;
    }

    /// What a series takes in memory, about.
    static long bytes(Series series) {
        long bytes = SERIES_BYTES + series.labels().byteLength() + (16L * series.samples().size());
        for (int i = 0; i < series.histograms().size(); i++) {
            bytes += HISTOGRAM_BYTES + (8L * series.histograms().histogram(i).buckets());
        }
        return bytes;
    }

    /// @throws Permanent naming the series and the instant that has two values
    Series of(List<Series> pieces) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        int middle = pieces.size() / 2;
        Series a = of(pieces.subList(0, middle));
        Series b = of(pieces.subList(middle, pieces.size()));
        Samples samples = samples(a, b);
        Histograms histograms = histograms(a, b);
        try {
            return new Series(a.labels(), samples, histograms);
        } catch (IllegalArgumentException e) {
            throw new Permanent("the source gave " + e.getMessage() + " ms since 1970", e);
        }
    }

    private Samples samples(Series first, Series second) {
        Samples a = first.samples();
        Samples b = second.samples();
        if (a.size() == 0 || b.size() == 0) {
            return a.size() == 0 ? b : a;
        }
        long[] timestamps = new long[a.size() + b.size()];
        long[] bits = new long[timestamps.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            int order = order(a, i, b, j);
            timestamps[size] = order <= 0 ? a.timestampMs(i) : b.timestampMs(j);
            bits[size] = order <= 0 ? a.valueBits(i) : b.valueBits(j);
            if (order == 0) {
                requireSame(bits[size] == b.valueBits(j), first.labels(), timestamps[size]);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            size++;
        }
        return Samples.view(timestamps, 0, bits, 0, size);
    }

    private static int order(Samples a, int i, Samples b, int j) {
        if (i == a.size() || j == b.size()) {
            return i == a.size() ? 1 : -1;
        }
        return Long.compare(a.timestampMs(i), b.timestampMs(j));
    }

    private Histograms histograms(Series first, Series second) {
        Histograms a = first.histograms();
        Histograms b = second.histograms();
        if (a.size() == 0 || b.size() == 0) {
            return a.size() == 0 ? b : a;
        }
        Histograms.Builder joined = Histograms.builder();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            int order = order(a, i, b, j);
            long ms = order <= 0 ? a.timestampMs(i) : b.timestampMs(j);
            Histogram one = order <= 0 ? a.histogram(i) : b.histogram(j);
            if (order == 0) {
                requireSame(one.equals(b.histogram(j)), first.labels(), ms);
            }
            joined.add(ms, one);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return joined.build();
    }

    private static int order(Histograms a, int i, Histograms b, int j) {
        if (i == a.size() || j == b.size()) {
            return i == a.size() ? 1 : -1;
        }
        return Long.compare(a.timestampMs(i), b.timestampMs(j));
    }

    private void requireSame(boolean same, Labels labels, long timestampMs) {
        if (!same) {
            throw new Permanent(
                    "the source gave two different values of %s at %s: let it keep one of them"
                            .formatted(labels, Instant.ofEpochMilli(timestampMs)));
        }
        duplicates++;
    }
}
