package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Matcher.Op;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;

import java.util.List;
import java.util.stream.Stream;

/// Has a source any samples at all at some time? Some metrics are counted, first the one that every
/// server writes about itself: an index knows names better than times.
record Presence(Source source) {
    private static final String SELF = "up";
    private static final int MOST_ASKED = 20;

    boolean in(TimeRange range) {
        List<String> metrics = source.metrics(StreamConfig.EVERYTHING, range);
        return Stream.concat(metrics.stream().filter(SELF::equals), metrics.stream())
                .limit(MOST_ASKED)
                .map(name -> Selector.of(List.of(new Matcher(Op.EQUAL, Labels.METRIC_NAME, name))))
                .anyMatch(metric -> !source.count(metric, range).isEmpty());
    }
}
