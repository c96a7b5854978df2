package io.tsvault.core.chunk;

import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.util.stream.Stream;

/// The series of one stretch of time.
///
/// @param series in label order, each once; decoded while they are taken, before the reader closes
public record ChunkWindow(TimeRange range, Stream<Series> series) {}
