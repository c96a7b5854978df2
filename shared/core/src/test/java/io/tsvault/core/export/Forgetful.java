package io.tsvault.core.export;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Relay;
import io.tsvault.core.source.Source;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/// A source that counts one sample more than it gives, of each metric and of each series.
final class Forgetful extends Relay {
    private final Source source;

    Forgetful(Source source) {
        this.source = source;
    }

    @Override
    protected Source source() {
        return source;
    }

    @Override
    public SortedMap<String, Long> count(Selector selector, TimeRange range) {
        SortedMap<String, Long> counts = new TreeMap<>(source.count(selector, range));
        counts.replaceAll((_, count) -> count + 1);
        return counts;
    }

    @Override
    public void countSeries(
            String metric, Selector selector, TimeRange range, ObjLongConsumer<Labels> each) {
        source.countSeries(
                metric, selector, range, (labels, count) -> each.accept(labels, count + 1));
    }
}
