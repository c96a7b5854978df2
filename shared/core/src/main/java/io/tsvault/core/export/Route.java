package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exporter.Surroundings;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;
import io.tsvault.core.vault.StreamLog;

import java.time.Instant;

/// From where to where, and how.
record Route(StreamLog log, StreamConfig config, Source source, Surroundings around) {
    /// Where the slice begins that has this time.
    long aligned(long ms) {
        long widthMs = config.slice().toMillis();
        return Math.floorDiv(ms, widthMs) * widthMs;
    }

    /// For messages: which slice of which stream; the stream alone for [TimeRange#ALL].
    String name(TimeRange slice) {
        String stream = "%s from source %s".formatted(log.name().id(), config.source());
        return slice.equals(TimeRange.ALL)
                ? stream
                : "%s, slice %s".formatted(stream, Instant.ofEpochMilli(slice.startMs()));
    }
}
