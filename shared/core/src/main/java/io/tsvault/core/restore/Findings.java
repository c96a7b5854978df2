package io.tsvault.core.restore;

import io.tsvault.core.compare.Difference;
import io.tsvault.core.json.Json;
import io.tsvault.core.replay.DeadLetter;
import io.tsvault.core.series.Series;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What is not as it should be, for the report: the first of them by name, all by number.
final class Findings {
    private static final int MOST = 10_000;

    private final List<Json> differences = new ArrayList<>();
    private final List<Json> letters = new ArrayList<>();
    private long lettered;

    synchronized void add(Difference difference) {
        if (differences.size() < MOST) {
            differences.add(
                    Json.object()
                            .with("kind", difference.kind().toString())
                            .with("series", difference.series().toString())
                            .with("from", time(difference.firstMs()))
                            .with("to", time(difference.lastMs()))
                            .with("samples", difference.samples())
                            .with("expected", difference.expected())
                            .with("actual", difference.actual()));
        }
    }

    synchronized void add(DeadLetter letter) {
        Series series = letter.samples();
        lettered += series.size();
        if (letters.size() < MOST) {
            long ms =
                    series.samples().size() > 0
                            ? series.samples().timestampMs(0)
                            : series.histograms().timestampMs(0);
            letters.add(
                    Json.object()
                            .with("series", series.labels().toString())
                            .with("time", time(ms))
                            .with("reason", letter.reason().toString())
                            .with("message", letter.message()));
        }
    }

    private static String time(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }

    synchronized long lettered() {
        return lettered;
    }

    synchronized Json differences() {
        return Json.of(List.copyOf(differences));
    }

    synchronized Json letters() {
        return Json.of(List.copyOf(letters));
    }
}
