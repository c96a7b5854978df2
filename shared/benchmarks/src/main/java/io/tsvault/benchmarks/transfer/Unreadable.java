package io.tsvault.benchmarks.transfer;

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

/// A target that cannot be read: what a restore into it costs is the sending alone.
record Unreadable(Target target) implements Target {
    @Override
    public Standing probe() {
        return target.probe();
    }

    @Override
    public Outcome write(List<Series> batch) {
        return target.write(batch);
    }

    @Override
    public Outcome describe(List<Metadata> metadata) {
        return target.describe(metadata);
    }

    @Override
    public Source readBack() {
        return target.readBack();
    }

    @Override
    public Optional<Mode> readMode() {
        return Optional.empty();
    }

    @Override
    public void delete(Selector selector, TimeRange range) {
        target.delete(selector, range);
    }

    @Override
    public void close() {
        target.close();
    }
}
