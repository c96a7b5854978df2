package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.record.Event.Capture;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Between a source and a stream, for one run.
///
/// @param abilities of the source when the run began
/// @param originMs where the history of the stream begins
record Line(
        StreamLog log,
        StreamConfig config,
        Source source,
        Abilities abilities,
        Mode mode,
        long originMs,
        Progress progress) {

    /// How a slice was had.
    Capture capture(List<String> warnings, Map<String, String> notes) {
        Map<String, String> all = new TreeMap<>(notes);
        Server.of(abilities).noteIn(all);
        return new Capture(
                mode.way().toString(),
                mode.step().toMillis(),
                abilities.identity(),
                version(),
                mode.way().lost(),
                warnings,
                all);
    }

    /// Product and version, as records have it.
    String version() {
        return (abilities.product() + " " + abilities.version()).strip();
    }

    /// Where the slice begins that has this time.
    long aligned(long ms) {
        long widthMs = config.slice().toMillis();
        return Math.floorDiv(ms, widthMs) * widthMs;
    }

    /// For messages: which slice of which stream.
    String name(TimeRange slice) {
        return "%s, slice %s".formatted(log.name().id(), Instant.ofEpochMilli(slice.startMs()));
    }
}
