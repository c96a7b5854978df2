package io.tsvault.core.series;

/// What one label set holds.
public record Series(Labels labels, Samples samples) {}
