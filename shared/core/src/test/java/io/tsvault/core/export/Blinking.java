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
import java.util.TreeMap;

/// A source that counts wrongly in the slice that begins then.
record Blinking(Source source, long startMs) implements Source {
    @Override
    public SortedMap<String, Long> count(Selector selector, TimeRange range) {
        SortedMap<String, Long> counts = new TreeMap<>(source.count(selector, range));
        if (range.startMs() == startMs) {
            counts.replaceAll((_, count) -> count + 1);
        }
        return counts;
    }

    @Override
    public Abilities probe() {
        return source.probe();
    }

    @Override
    public Reading read(Mode mode, Selector selector, TimeRange range) {
        return source.read(mode, selector, range);
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
