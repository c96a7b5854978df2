package io.tsvault.core.export;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Relay;
import io.tsvault.core.source.Source;

import java.util.SortedMap;
import java.util.TreeMap;

/// A source that counts wrongly in the slice that begins then.
final class Blinking extends Relay {
    private final Source source;
    private final long startMs;

    Blinking(Source source, long startMs) {
        this.source = source;
        this.startMs = startMs;
    }

    @Override
    protected Source source() {
        return source;
    }

    @Override
    public SortedMap<String, Long> count(Selector selector, TimeRange range) {
        SortedMap<String, Long> counts = new TreeMap<>(source.count(selector, range));
        if (range.startMs() == startMs) {
            counts.replaceAll((_, count) -> count + 1);
        }
        return counts;
    }
}
