package io.tsvault.core.export;

import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Two replicas behind one address: what is read comes from one, what is counted from the other.
record Alternating(Source source, Source other) implements Source {
    @Override
    public Abilities probe() {
        return source.probe();
    }

    @Override
    public Reading read(Mode mode, Selector selector, TimeRange range) {
        return source.read(mode, selector, range);
    }

    @Override
    public SortedMap<String, Long> count(Selector selector, TimeRange range) {
        return other.count(selector, range);
    }

    @Override
    public List<String> labels(Selector selector, TimeRange range) {
        return source.labels(selector, range);
    }

    @Override
    public List<String> values(String label, Selector selector, TimeRange range) {
        return source.values(label, selector, range);
    }

    @Override
    public Optional<Instant> oldest(Selector selector) {
        return source.oldest(selector);
    }

    @Override
    public List<Metadata> metadata() {
        return source.metadata();
    }

    @Override
    public void close() {}
}
