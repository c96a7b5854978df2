package io.tsvault.core.export;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Relay;
import io.tsvault.core.source.Source;

import java.util.SortedMap;

/// Two replicas behind one address: what is read comes from one, what is counted from the other.
final class Alternating extends Relay {
    private final Source source;
    private final Source other;

    Alternating(Source source, Source other) {
        this.source = source;
        this.other = other;
    }

    @Override
    protected Source source() {
        return source;
    }

    @Override
    public SortedMap<String, Long> count(Selector selector, TimeRange range) {
        return other.count(selector, range);
    }
}
