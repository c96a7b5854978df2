package io.tsvault.core.chunk;

import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// All that a chunk tells who asks it for everything, in every way.
///
/// @param inWindows the same series again, window by window
record Reading(
        ChunkSummary summary,
        Map<String, String> properties,
        List<Metadata> metadata,
        List<Series> series,
        List<Series> inWindows) {

    static final Selector EVERYTHING = Selector.of(List.of());
    static final Duration TWO_HOURS = Duration.ofHours(2);

    static Reading of(byte[] chunk) {
        return of(ByteRanges.of(chunk));
    }

    static Reading of(ByteRanges chunk) {
        try (ChunkReader reader = ChunkReader.open(chunk)) {
            List<Series> inWindows = new ArrayList<>();
            reader.windows(EVERYTHING, TimeRange.ALL, TWO_HOURS)
                    .forEach(window -> window.series().forEach(inWindows::add));
            return new Reading(
                    reader.summary(),
                    reader.properties(),
                    reader.metadata(),
                    reader.series(EVERYTHING, TimeRange.ALL).toList(),
                    inWindows);
        }
    }
}
