package io.tsvault.core.target;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Relay;
import io.tsvault.core.source.Source;

/// Reads a target in memory, as it is at the moment of each call.
final class Mirror extends Relay {
    private final MemoryTarget target;

    Mirror(MemoryTarget target) {
        this.target = target;
    }

    @Override
    protected Source source() {
        return target.source();
    }

    @Override
    public Reading read(Mode mode, Selector selector, TimeRange range) {
        target.looked(selector, range);
        return super.read(mode, selector, range);
    }

    @Override
    public void close() {}
}
