package io.tsvault.core.compare;

import io.tsvault.core.series.Labels;

/// One sample that has another value than it should have.
///
/// @param expected its value as it should be
/// @param actual as it is
public record Conflict(Labels series, long timestampMs, String expected, String actual) {}
