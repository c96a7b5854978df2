package io.tsvault.core.restore;

import io.tsvault.core.compare.Difference;
import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a target has of what is to be restored, metric by metric. Holds as much as there are names
/// of metrics, at most ten thousand; what is more is counted together. What it has seen once, this
/// run need not look at again.
final class Survey {
    private static final int MOST_METRICS = 10_000;
    private static final int MOST_SERIES = 1_000;

    /// Under this name the rest is counted.
    static final String OTHERS = "...";

    private final SortedMap<String, Tally> metrics = new TreeMap<>();
    private final Set<Labels> interleaved = new HashSet<>();
    private final Map<TimeRange, Outcome> windows = new HashMap<>();
    private Outcome total = Outcome.NOTHING;

    /// Of one metric.
    static final class Tally {
        private final Map<Kind, Long> samples = new EnumMap<>(Kind.class);
        private final Map<Kind, TimeRange> ranges = new EnumMap<>(Kind.class);
        private long expected;

        private void add(Difference difference) {
            samples.merge(difference.kind(), difference.samples(), Long::sum);
            ranges.merge(
                    difference.kind(),
                    new TimeRange(difference.firstMs(), difference.lastMs() + 1),
                    TimeRange::span);
        }

        long samples(Kind kind) {
            return samples.getOrDefault(kind, 0L);
        }

        /// From the first of them to behind the last.
        Optional<TimeRange> range(Kind kind) {
            return Optional.ofNullable(ranges.get(kind));
        }

        /// Samples that are there as they should be.
        long equal() {
            return expected - samples(Kind.MISSING) - samples(Kind.CHANGED);
        }
    }

    /// Looks into one more window.
    void look(Replay replay, Replay.Window window) {
        Replay.Window counted =
                new Replay.Window(
                        window.range(),
                        window.selectors(),
                        () -> counting(window.expected().open()));
        Outcome seen = replay.look(counted, this::add);
        windows.put(window.range(), seen);
        total = total.plus(seen);
    }

    private Reading counting(Reading reading) {
        Iterator<Series> counted =
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return reading.hasNext();
                    }

                    @Override
                    public Series next() {
                        Series series = reading.next();
                        tally(series.labels()).expected += series.size();
                        return series;
                    }
                };
        return Reading.of(counted, reading::close);
    }

    private void add(Difference difference) {
        if (difference.kind() == Kind.FOREIGN) {
            return;
        }
        tally(difference.series()).add(difference);
        if (difference.kind() == Kind.EXTRA && interleaved.size() < MOST_SERIES) {
            interleaved.add(difference.series());
        }
    }

    private Tally tally(Labels series) {
        String name = series.get(Labels.METRIC_NAME).orElse("");
        boolean fits = metrics.containsKey(name) || metrics.size() < MOST_METRICS;
        return metrics.computeIfAbsent(fits ? name : OTHERS, _ -> new Tally());
    }

    /// What was found in a window, if it was looked at.
    Optional<Outcome> seen(TimeRange window) {
        return Optional.ofNullable(windows.get(window));
    }

    Outcome total() {
        return total;
    }

    SortedMap<String, Tally> metrics() {
        return Collections.unmodifiableSortedMap(metrics);
    }

    /// Series that have samples of the target between ours; a thousand at most.
    Set<Labels> interleaved() {
        return Collections.unmodifiableSet(interleaved);
    }

    /// From the first to behind the last of a kind, of all metrics.
    Optional<TimeRange> range(Kind kind) {
        return metrics.values().stream()
                .flatMap(tally -> tally.range(kind).stream())
                .reduce(TimeRange::span);
    }
}
