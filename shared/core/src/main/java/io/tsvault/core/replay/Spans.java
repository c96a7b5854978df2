package io.tsvault.core.replay;

import io.tsvault.core.compare.Difference;
import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Stretches of time of some series that have to make room: each from one sample with another value
/// to a later one, with no sample between that is the target's alone. At most so many; the
/// others are for the next time.
final class Spans {
    private static final int MOST = 10_000;

    private final NavigableMap<Labels, List<TimeRange>> spans = new TreeMap<>();
    private final long beforeMs;
    private int count;
    private boolean cut = true;
    private long conflicts;

    /// @param beforeMs nothing at or behind this has to make room
    Spans(long beforeMs) {
        this.beforeMs = beforeMs;
    }

    /// Takes the differences of a window, in their order.
    void add(Difference difference) {
        if (difference.kind() == Kind.EXTRA) {
            cut = true;
        }
        if (difference.kind() != Kind.CHANGED || difference.lastMs() >= beforeMs) {
            return;
        }
        List<TimeRange> there = spans.getOrDefault(difference.series(), List.of());
        boolean begins = there.isEmpty() || cut;
        if (begins && count == MOST) {
            return;
        }
        conflicts += difference.samples();
        put(difference, begins);
    }

    private void put(Difference difference, boolean begins) {
        List<TimeRange> there = spans.computeIfAbsent(difference.series(), _ -> new ArrayList<>());
        long endMs = difference.lastMs() + 1;
        if (begins) {
            there.add(new TimeRange(difference.firstMs(), endMs));
            count++;
        } else {
            there.add(new TimeRange(there.removeLast().startMs(), endMs));
        }
        cut = false;
    }

    /// Samples with another value that are in it.
    long conflicts() {
        return conflicts;
    }

    /// Of a difference that reaches into them, how many samples have another value.
    long conflicting(Difference difference) {
        boolean inside =
                difference.kind() == Kind.CHANGED
                        && spans.getOrDefault(difference.series(), List.of()).stream()
                                .anyMatch(
                                        span ->
                                                span.startMs() <= difference.lastMs()
                                                        && difference.firstMs() < span.endMs());
        return inside ? difference.samples() : 0;
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    boolean has(Labels series) {
        return spans.containsKey(series);
    }

    /// Names of the metrics, each once.
    List<String> metrics() {
        return spans.keySet().stream()
                .map(series -> series.get(Labels.METRIC_NAME).orElse(""))
                .distinct()
                .toList();
    }

    /// Each of them, by series and time.
    void forEach(BiConsumer<Labels, TimeRange> visit) {
        spans.forEach((series, ranges) -> ranges.forEach(range -> visit.accept(series, range)));
    }

    /// What of a series lies in them.
    Series within(Series series) {
        Samples.Builder samples = Samples.builder();
        Histograms.Builder histograms = Histograms.builder();
        for (TimeRange span : spans.getOrDefault(series.labels(), List.of())) {
            Samples some = series.samples().within(span);
            for (int i = 0; i < some.size(); i++) {
                samples.addBits(some.timestampMs(i), some.valueBits(i));
            }
            Histograms more = series.histograms().within(span);
            for (int i = 0; i < more.size(); i++) {
                histograms.add(more.timestampMs(i), more.histogram(i));
            }
        }
        return new Series(series.labels(), samples.build(), histograms.build());
    }
}
