package io.tsvault.lab.generator;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What the targets of a fleet show at an instant: the newest value of every series that has begun
/// and is not stale.
final class NewestSamples {
    private final Fleet fleet;
    private final Map<Labels, Double> values = new TreeMap<>();
    private Run run;
    private long endMs = Long.MIN_VALUE;

    NewestSamples(Fleet fleet) {
        this.fleet = fleet;
        this.run = new Run(fleet, any -> true);
    }

    /// As Prometheus text without timestamps. Cheap when time goes on; when it goes back, all is
    /// computed from the start.
    synchronized String textAt(Instant now) {
        moveTo(now.toEpochMilli() + 1);
        StringBuilder text = new StringBuilder();
        values.forEach(
                (labels, value) ->
                        text.append(TextFormat.series(labels))
                                .append(' ')
                                .append(TextFormat.number(value))
                                .append('\n'));
        return text.toString();
    }

    private void moveTo(long newEndMs) {
        if (newEndMs < endMs) {
            values.clear();
            run = new Run(fleet, any -> true);
        }
        endMs = newEndMs;
        run.until(endMs).forEachOrdered(this::keepNewest);
    }

    private void keepNewest(Series series) {
        Samples samples = series.samples();
        int newest = samples.size() - 1;
        if (samples.valueBits(newest) == Samples.STALE_MARKER) {
            values.remove(series.labels());
        } else {
            values.put(series.labels(), samples.value(newest));
        }
    }
}
