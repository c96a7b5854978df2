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
record Line(Route route, Abilities abilities, Mode mode, long originMs) {
    StreamLog log() {
        return route.log();
    }

    StreamConfig config() {
        return route.config();
    }

    Source source() {
        return route.source();
    }

    Progress progress() {
        return route.around().progress();
    }

    /// How a slice was had.
    Capture capture(List<String> warnings, Map<String, String> notes) {
        Map<String, String> all = new TreeMap<>(notes);
        Server.of(abilities).noteIn(all);
        Selection.of(config()).noteIn(all);
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
        return route.aligned(ms);
    }

    /// What has settled of this range, by the clock that is behind: the source's or ours.
    Due due(TimeRange asked) {
        Instant ours = route.around().clock().instant();
        Instant now = abilities.clock().isBefore(ours) ? abilities.clock() : ours;
        return Due.of(route, originMs, now, asked);
    }
}
