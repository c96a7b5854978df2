package io.tsvault.prometheus;

import io.tsvault.core.source.Reading.Observed;

import java.util.List;

/// Counts what was seen while reading.
final class Tally {
    long duplicates;
    long outside;

    Observed observed() {
        return new Observed(duplicates, outside, List.of());
    }
}
