package io.tsvault.prometheus;

import io.tsvault.core.series.Series;

import java.util.Optional;

/// Series of one answer, one after the other.
sealed interface SeriesStream permits ChunkStream, SampleBlock {
    /// The next series, or the next part of a long one; none at the end.
    Optional<Series> next();
}
