package io.tsvault.core.compare;

import io.tsvault.core.json.Json;
import io.tsvault.core.series.Labels;

import java.time.Instant;

/// Neighbouring samples of one series that are not as expected, all in the same way.
///
/// @param firstMs timestamp of the first
/// @param lastMs timestamp of the last
/// @param samples how many
/// @param expected value of the first; empty if it is extra
/// @param actual value of the first; empty if it is missing
public record Difference(
        Kind kind,
        Labels series,
        long firstMs,
        long lastMs,
        long samples,
        String expected,
        String actual) {
    /// In which way.
    public enum Kind {
        /// Expected, and not there.
        MISSING,
        /// There, and not expected, of a series that is.
        EXTRA,
        /// There, of a series that is not expected at all.
        FOREIGN,
        /// Another value.
        CHANGED
    }

    /// For machines.
    public Json json() {
        return Json.object()
                .with("kind", kind.toString())
                .with("series", series.toString())
                .with("from", Instant.ofEpochMilli(firstMs).toString())
                .with("to", Instant.ofEpochMilli(lastMs).toString())
                .with("samples", samples)
                .with("expected", expected)
                .with("actual", actual);
    }
}
