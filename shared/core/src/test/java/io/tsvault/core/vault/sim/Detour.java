package io.tsvault.core.vault.sim;

import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;

import java.util.List;
import java.util.Optional;

/// Passes every call on to another target; a mistake overrides what it gets wrong.
class Detour implements Target {
    private final Target right;

    Detour(Target right) {
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
