package io.tsvault.core.source;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ObjLongConsumer;

/// Passes every call on to another source; what shall be different is overridden.
public abstract class Relay implements Source {
    /// Where calls go; asked for each of them.
    protected abstract Source source();

    @Override
    public Abilities probe() {
        return source().probe();
    }

    @Override
    public Reading read(Mode mode, Selector selector, TimeRange range) {
        return source().read(mode, selector, range);
    }

    @Override
    public SortedMap<String, Long> count(Selector selector, TimeRange range) {
        return source().count(selector, range);
    }

    @Override
    public void countSeries(
            String metric, Selector selector, TimeRange range, ObjLongConsumer<Labels> each) {
        source().countSeries(metric, selector, range, each);
    }

    @Override
    public List<String> labels(Selector selector, TimeRange range) {
        return source().labels(selector, range);
    }

    @Override
    public List<String> values(String label, Selector selector, TimeRange range) {
        return source().values(label, selector, range);
    }

    @Override
    public Optional<Instant> oldest(Selector selector) {
        return source().oldest(selector);
    }

    @Override
    public List<Metadata> metadata() {
        return source().metadata();
    }

    @Override
    public void close() {
        source().close();
    }
}
