package io.tsvault.prometheus;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.TimeRange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The native histograms of one series, in the order in which they come, then by time.
final class HistogramColumn {
    private final TimeRange range;
    private final Tally tally;
    private final List<Timed> all = new ArrayList<>();
    private long cells;
    private boolean ascends = true;

    private record Timed(long timestampMs, Histogram histogram) {}

    HistogramColumn(TimeRange range, Tally tally) {
        this.range = range;
        this.tally = tally;
    }

    /// Counts that they hold, a measure of their memory.
    long cells() {
        return cells;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    long lastMs() {
        return all.getLast().timestampMs;
    }

    void clear() {
        all.clear();
        cells = 0;
        ascends = true;
    }

    void add(io.tsvault.wire.v1.Histogram message) {
        long timestampMs = message.getTimestamp();
        if (!range.contains(timestampMs)) {
            tally.outside++;
            return;
        }
        ascends &= all.isEmpty() || timestampMs > lastMs();
        Histogram histogram = HistogramMessage.read(message);
        cells += cells(histogram);
        all.add(new Timed(timestampMs, histogram));
    }

    private static long cells(Histogram histogram) {
        return 8L + histogram.buckets();
    }

    /// Sorts, and drops what came twice.
    ///
    /// @throws Conflict when two histograms have one time
    void settle() {
        if (ascends) {
            return;
        }
        List<Timed> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(Timed::timestampMs));
        all.clear();
        for (Timed one : sorted) {
            if (all.isEmpty() || lastMs() < one.timestampMs) {
                all.add(one);
            } else if (withoutHint(all.getLast().histogram).equals(withoutHint(one.histogram))) {
                tally.duplicates++;
            } else {
                throw new Conflict(one.timestampMs);
            }
        }
        ascends = true;
    }

    /// The hint tells of the chunk that a histogram is in, and so differs between two of them.
    private static Histogram withoutHint(Histogram one) {
        long[] buckets = new long[one.buckets()];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = one.bucket(i);
        }
        return Histogram.of(one.layout(), ResetHint.UNKNOWN, one.totals(), buckets);
    }

    /// Takes out what is older than `endMs`; the rest stays. To be settled before.
    Histograms takeBefore(long endMs) {
        int count = 0;
        while (count < all.size() && all.get(count).timestampMs < endMs) {
            count++;
        }
        return take(count);
    }

    /// Takes out everything. To be settled before.
    Histograms takeAll() {
        return take(all.size());
    }

    private Histograms take(int count) {
        if (count == 0) {
            return Histograms.NONE;
        }
        Histograms.Builder taken = Histograms.builder();
        for (Timed one : all.subList(0, count)) {
            taken.add(one.timestampMs, one.histogram);
            cells -= cells(one.histogram);
        }
        all.subList(0, count).clear();
        return taken.build();
    }
}
