package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.nio.charset.StandardCharsets;

/// What is looked for in a chunk.
record Wanted(Selector selector, TimeRange range) {
    /// Does the index let a row group have any of it?
    boolean mayBeIn(RowGroup group) {
        return reaches(group, range)
                && selector.matchers().stream().allMatch(matcher -> allows(matcher, group));
    }

    /// Is there time that both have?
    static boolean reaches(RowGroup group, TimeRange range) {
        return group.times().maxMs() >= range.startMs()
                && (group.times().minMs() < range.endMs() || range.endMs() == Long.MAX_VALUE);
    }

    private static boolean allows(Matcher matcher, RowGroup group) {
        if (matcher.op() != Matcher.Op.EQUAL || !matcher.name().equals(Labels.METRIC_NAME)) {
            return true;
        }
        Labels metric = MetricNames.labels(matcher.value().getBytes(StandardCharsets.UTF_8));
        return metric.compareTo(group.metrics().min()) >= 0
                && metric.compareTo(group.metrics().max()) <= 0;
    }

    boolean matches(Labels labels) {
        return selector.matches(labels);
    }

    /// What a series has in the range, perhaps nothing.
    Series within(Series series) {
        return new Series(
                series.labels(), series.samples().within(range), series.histograms().within(range));
    }
}
