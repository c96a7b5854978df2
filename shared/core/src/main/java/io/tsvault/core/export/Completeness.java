package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig.Count;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.record.Event.Capture;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Holds what was captured against what the source counts by itself. Remote read can give a part
/// without any sign, and a proxy an old answer: only counting shows it.
final class Completeness {
    private static final int ONE_IN = 12;
    private static final String ADVICE =
            "; is there a proxy, a cache or a second replica on the way, or is data still coming?"
                    + " Read one server itself, or settle later";

    private final Line line;
    private final TimeRange slice;
    private final Deposit kept;

    /// @param kept where the chunks of this slice are
    Completeness(Line line, TimeRange slice, Deposit kept) {
        this.line = line;
        this.slice = slice;
        this.kept = kept;
    }

    /// Can what is read be counted? A grid cannot.
    static boolean isPossible(Line line) {
        return line.mode().way() != Way.QUERY_RANGE;
    }

    /// Can it, and may it?
    static boolean isWanted(Line line) {
        return isPossible(line) && line.config().count() != Count.OFF;
    }

    /// Is it worth asking? It costs the source more than the capture.
    static boolean isDue(Line line, TimeRange slice) {
        return isWanted(line)
                && (line.config().count() == Count.ALWAYS
                        || isOneOfMany(line.log().name().id(), slice)
                        || isAnotherThanBefore(line)
                        || new Suspicion(line.log().state()).isOpen());
    }

    /// Not every twelfth: what happens at the same time every day would never be among them.
    static boolean isOneOfMany(String stream, TimeRange slice) {
        return Lot.of(stream, slice.startMs(), ONE_IN) == 0;
    }

    private static boolean isAnotherThanBefore(Line line) {
        return line.log().state().newestCapture().filter(before -> isAlike(before, line)).isEmpty();
    }

    private static boolean isAlike(Capture before, Line line) {
        return before.mode().equals(line.mode().way().toString())
                && before.version().equals(line.version());
    }

    /// Does the source count more samples of some metric than were kept? It may have
    /// forgotten others.
    static boolean countsMore(Line line, TimeRange slice, Kept before) {
        List<Selector> selectors = line.config().selectors();
        Counts there = new Counts(selectors);
        for (TimeRange window : slice.cut(Source.WINDOW_MS)) {
            before.series(window).forEachRemaining(there::add);
        }
        for (int i = 0; i < selectors.size(); i++) {
            SortedMap<String, Long> has = there.of(i);
            boolean more =
                    line.source().count(selectors.get(i), slice).entrySet().stream()
                            .anyMatch(e -> e.getValue() > has.getOrDefault(e.getKey(), 0L));
            if (more) {
                return true;
            }
        }
        return false;
    }

    /// @param lost samples that this way could not carry; nobody knows of which metric
    /// @throws Doubt when the source counts more, or less
    void require(Captured captured, long lost) {
        for (int i = 0; i < captured.selectors().size(); i++) {
            Selector selector = captured.selectors().get(i);
            SortedMap<String, Long> counted = line.source().count(selector, slice);
            if (lost == 0) {
                requireEqual(selector, captured.counts(i), counted);
            } else {
                requireMore(captured.counts(i), counted, lost);
            }
        }
    }

    private void requireMore(
            SortedMap<String, Long> captured, SortedMap<String, Long> counted, long lost) {
        long missing = sum(counted) - sum(captured);
        if (missing < 0 || missing > lost) {
            throw Doubt.unsound(
                    "%,d samples were read and %,d cannot be had, but the source counts %,d"
                                    .formatted(sum(captured), lost, sum(counted))
                            + ADVICE);
        }
    }

    private static long sum(SortedMap<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void requireEqual(
            Selector selector, SortedMap<String, Long> captured, SortedMap<String, Long> counted) {
        SortedSet<String> metrics = new TreeSet<>(captured.keySet());
        metrics.addAll(counted.keySet());
        metrics.removeIf(
                metric ->
                        captured.getOrDefault(metric, 0L).equals(counted.getOrDefault(metric, 0L)));
        if (!metrics.isEmpty()) {
            String metric = metrics.getFirst();
            throw Doubt.unsound(
                    "%,d samples of %s were read, but the source counts %,d%s%s%s"
                            .formatted(
                                    captured.getOrDefault(metric, 0L),
                                    metric,
                                    counted.getOrDefault(metric, 0L),
                                    SeriesCount.difference(
                                            line.source(), metric, selector, slice, kept),
                                    metrics.size() == 1
                                            ? ""
                                            : "; %,d metrics differ in all"
                                                    .formatted(metrics.size()),
                                    ADVICE));
        }
    }
}
