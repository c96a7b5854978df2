package io.tsvault.core.target;

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

/// Reads a target in memory, as it is at the moment of each call.
record Mirror(MemoryTarget target) implements Source {
    @Override
    public Abilities probe() {
        return target.source().probe();
    }

    @Override
    public Reading read(Mode mode, Selector selector, TimeRange range) {
        return target.source().read(mode, selector, range);
    }

    @Override
    public SortedMap<String, Long> count(Selector selector, TimeRange range) {
        return target.source().count(selector, range);
    }

    @Override
    public List<String> labels(Selector selector, TimeRange range) {
        return target.source().labels(selector, range);
    }

    @Override
    public List<String> values(String label, Selector selector, TimeRange range) {
        return target.source().values(label, selector, range);
    }

    @Override
    public Optional<Instant> oldest(Selector selector) {
        return target.source().oldest(selector);
    }

    @Override
    public List<Metadata> metadata() {
        return target.source().metadata();
    }

    @Override
    public void close() {}
}
