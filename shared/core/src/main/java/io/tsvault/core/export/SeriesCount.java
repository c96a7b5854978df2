package io.tsvault.core.export;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Matcher.Op;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.vault.Deposit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which series of a metric hold another number of samples than the source counts. For one metric.
final class SeriesCount {
    private static final int MOST_TOLD = 3;

    /// Their labels and numbers take some twenty megabytes.
    private static final int MOST_HELD = 50_000;

    private record Numbers(long captured, long counted) {
        static final Numbers NONE = new Numbers(0, 0);

        boolean differ() {
            return captured != counted;
        }
    }

    private final SortedMap<Labels, Numbers> series = new TreeMap<>();
    private boolean full;

    private SeriesCount() {}

    /// The first few, for a message; takes one more query.
    ///
    /// @param kept holds what was captured
    static String difference(
            Source source, String metric, Selector selector, TimeRange slice, Deposit kept) {
        SeriesCount count = new SeriesCount();
        try {
            source.countSeries(
                    metric,
                    selector,
                    slice,
                    (labels, many) -> count.add(labels, new Numbers(0, many)));
            count.captured(metric, selector, slice, kept);
            return count.told();
        } catch (TooMuch | Transient | Permanent | DamagedVault e) {
            return "; of which series is not known: " + e.getMessage();
        }
    }

    /// Chunks that no record names yet may be collected at any moment.
    private void captured(String metric, Selector selector, TimeRange slice, Deposit kept) {
        List<Matcher> matchers = new ArrayList<>(selector.matchers());
        matchers.add(new Matcher(Op.EQUAL, Labels.METRIC_NAME, metric));
        for (ByteRanges chunk : kept.added()) {
            try (ChunkReader reader = ChunkReader.open(chunk)) {
                reader.series(Selector.of(matchers), slice).forEach(this::add);
            }
        }
    }

    private void add(Series captured) {
        add(captured.labels(), new Numbers(Counts.present(captured), 0));
    }

    private void add(Labels labels, Numbers more) {
        full |= series.size() == MOST_HELD;
        if (!full) {
            Numbers now = series.getOrDefault(labels, Numbers.NONE);
            series.put(
                    labels, new Numbers(now.captured + more.captured, now.counted + more.counted));
        }
    }

    private String told() {
        if (full) {
            return "; it has too many series to name those that differ";
        }
        series.values().removeIf(numbers -> !numbers.differ());
        String some =
                series.entrySet().stream()
                        .limit(MOST_TOLD)
                        .map(SeriesCount::told)
                        .collect(Collectors.joining(", "));
        int more = series.size() - MOST_TOLD;
        return (some.isEmpty() ? "" : "; read and counted: " + some)
                + (more > 0 ? " and %,d series more".formatted(more) : "");
    }

    private static String told(Map.Entry<Labels, Numbers> one) {
        Numbers numbers = one.getValue();
        return "%s %,d and %,d".formatted(one.getKey(), numbers.captured, numbers.counted);
    }
}
