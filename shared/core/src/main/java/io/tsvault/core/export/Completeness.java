package io.tsvault.core.export;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Way;
import io.tsvault.core.vault.record.Event.Capture;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/// Holds what was captured against what the source counts by itself. Remote read can give a part
/// without any sign, and a proxy an old answer: only counting shows it.
final class Completeness {
    private static final int ONE_IN = 12;

    private Completeness() {}

    /// Is it worth asking? It costs the source more than the capture. A grid cannot be counted.
    static boolean isDue(Line line, TimeRange slice) {
        if (line.mode().way() == Way.QUERY_RANGE) {
            return false;
        }
        return switch (line.config().count()) {
            case ALWAYS -> true;
            case OFF -> false;
            case AUTO -> isOneOfMany(line, slice) || isAnotherThanBefore(line);
        };
    }

    private static boolean isOneOfMany(Line line, TimeRange slice) {
        long number = Math.floorDiv(slice.startMs(), line.config().slice().toMillis());
        return Math.floorMod(number, ONE_IN) == 0;
    }

    private static boolean isAnotherThanBefore(Line line) {
        return line.log().state().newestCapture().filter(before -> isAlike(before, line)).isEmpty();
    }

    private static boolean isAlike(Capture before, Line line) {
        return before.mode().equals(line.mode().way().toString())
                && before.version().equals(line.version());
    }

    /// @param lost samples that this way could not carry; nobody knows of which metric
    /// @throws Doubt when the source counts more, or less
    static void require(
            Line line, List<Selector> selectors, TimeRange slice, Captured captured, long lost) {
        for (int i = 0; i < selectors.size(); i++) {
            SortedMap<String, Long> counted = line.source().count(selectors.get(i), slice);
            if (lost == 0) {
                requireEqual(line.name(slice), captured.counts(i), counted);
            } else {
                requireMore(line.name(slice), captured.counts(i), counted, lost);
            }
        }
    }

    private static void requireMore(
            String where,
            SortedMap<String, Long> captured,
            SortedMap<String, Long> counted,
            long lost) {
        long missing = sum(counted) - sum(captured);
        if (missing < 0 || missing > lost) {
            throw Doubt.passing(
                    "%s: %,d samples were read and %,d cannot be had, but the source counts %,d"
                            .formatted(where, sum(captured), lost, sum(counted)));
        }
    }

    private static long sum(SortedMap<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void requireEqual(
            String where, SortedMap<String, Long> captured, SortedMap<String, Long> counted) {
        TreeSet<String> metrics = new TreeSet<>(captured.keySet());
        metrics.addAll(counted.keySet());
        for (String metric : metrics) {
            long ours = captured.getOrDefault(metric, 0L);
            long theirs = counted.getOrDefault(metric, 0L);
            if (ours != theirs) {
                throw Doubt.passing(
                        "%s: %,d samples of %s were read, but the source counts %,d"
                                .formatted(where, ours, metric, theirs));
            }
        }
    }
}
