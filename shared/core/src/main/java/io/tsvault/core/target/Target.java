package io.tsvault.core.target;

import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;

import java.util.List;
import java.util.Optional;

/// A server that series are written to. Throws [io.tsvault.core.failure.Permanent] when a person
/// has to change something before anything can be written; all else is an [Outcome]. Writing may be
/// done by several threads.
public interface Target extends AutoCloseable {
    /// What it takes.
    ///
    /// @throws io.tsvault.core.failure.Transient when it does not answer
    Standing probe();

    /// Writes samples of some series, each series once, in one request.
    Outcome write(List<Series> batch);

    /// Says what metrics are. Many servers have no place for that, and none has to keep it.
    Outcome describe(List<Metadata> metadata);

    /// Reads what is there; the caller closes it.
    Source readBack();

    /// How it is read back: the way that loses least; none when it cannot be read sample by sample.
    Optional<Mode> readMode();

    /// Deletes samples that [Standing#replacesBeforeMs] says that it can. Whether they are gone is
    /// to be read back: servers say yes and delete nothing.
    void delete(Selector selector, TimeRange range);

    @Override
    void close();
}
