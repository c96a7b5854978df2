package io.tsvault.core.target;

import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;

import java.util.List;
import java.util.Optional;

/// Passes every call on to another target; who extends it does something on the way.
public abstract class Detour implements Target {
    private final Target right;

    /// To this one.
    protected Detour(Target right) {
        this.right = right;
    }

    @Override
    public Standing probe() {
        return right.probe();
    }

    @Override
    public Outcome write(List<Series> batch) {
        return right.write(batch);
    }

    @Override
    public Outcome describe(List<Metadata> metadata) {
        return right.describe(metadata);
    }

    @Override
    public Source readBack() {
        return right.readBack();
    }

    @Override
    public Optional<Mode> readMode() {
        return right.readMode();
    }

    @Override
    public void delete(Selector selector, TimeRange range) {
        right.delete(selector, range);
    }

    @Override
    public void close() {
        right.close();
    }
}
