package io.tsvault.core.export;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many samples of each metric there are, for each selector, as a source counts them: without
/// those that only say that a series has ended.
final class Counts {
    private final List<Selector> selectors;
    private final List<SortedMap<String, Long>> counts;

    Counts(List<Selector> selectors) {
        this.selectors = selectors;
        this.counts = selectors.stream().map(_ -> none()).toList();
    }

    private static SortedMap<String, Long> none() {
        return new TreeMap<>();
    }

    void add(Series series) {
        long counted = present(series);
        String metric = series.labels().get(Labels.METRIC_NAME).orElse("");
        for (int i = 0; i < counts.size(); i++) {
            if (counts.size() == 1 || selectors.get(i).matches(series.labels())) {
                counts.get(i).merge(metric, counted, Long::sum);
            }
        }
    }

    /// Of a series.
    static long present(Series series) {
        long present = 0;
        for (int i = 0; i < series.samples().size(); i++) {
            present += series.samples().isStale(i) ? 0 : 1;
        }
        for (int i = 0; i < series.histograms().size(); i++) {
            present += series.histograms().histogram(i).isStale() ? 0 : 1;
        }
        return present;
    }

    /// Of each metric that selector `i` means.
    SortedMap<String, Long> of(int i) {
        return counts.get(i);
    }
}
