package io.tsvault.lab.generator;

import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.util.stream.Stream;

/// What a fleet shows in one stretch of time.
///
/// @param series in label order, each with its samples inside `range`, without those that have
///     none. To be read once, and before the next window is asked for; what is left unread is
///     skipped.
public record Window(TimeRange range, Stream<Series> series) {}
