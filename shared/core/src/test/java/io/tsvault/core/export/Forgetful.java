package io.tsvault.core.export;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Relay;
import io.tsvault.core.source.Source;

import java.util.SortedMap;
import java.util.TreeMap;

/// A source that counts one sample of each metric more than it gives.
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
}
