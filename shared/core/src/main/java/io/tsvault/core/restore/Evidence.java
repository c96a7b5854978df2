package io.tsvault.core.restore;

import io.tsvault.core.compare.Conflict;
import io.tsvault.core.compare.Difference;
import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.json.Json;
import io.tsvault.core.replay.DeadLetter;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.vault.key.JobFile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What is not as it should be: the first of it for the report, all of it in files of the job.
///
/// | file | a line is |
/// |---|---|
/// | `conflicts-<n>.jsonl.gz` | one sample with the value of the backup and that of the target |
/// | `missing-<n>.jsonl.gz` | a stretch of a series that is not there |
/// | `refused-<n>.jsonl.gz` | samples that the target will never take, and why |
final class Evidence {
    private static final int MOST = 10_000;

    private final List<Json> differences = new ArrayList<>();
    private final List<Json> letters = new ArrayList<>();
    private final Ledger conflicts;
    private final Ledger missing;
    private final Ledger refused;
    private long lettered;

    Evidence(Job job) {
        conflicts = new Ledger(job, JobFile.Kind.CONFLICTS);
        missing = new Ledger(job, JobFile.Kind.MISSING);
        refused = new Ledger(job, JobFile.Kind.REFUSED);
    }

    Replay.Witness witness() {
        return new Replay.Witness(this::add, this::add, this::add);
    }

    private synchronized void add(Difference difference) {
        Json line = difference.json();
        if (differences.size() < MOST) {
            differences.add(line);
        }
        if (difference.kind() == Kind.MISSING) {
            missing.add(line);
        }
    }

    private void add(Conflict conflict) {
        conflicts.add(
                Json.object()
                        .with("series", conflict.series().toString())
                        .with("time", time(conflict.timestampMs()))
                        .with("backup", conflict.expected())
                        .with("target", conflict.actual()));
    }

    private synchronized void add(DeadLetter letter) {
        Series series = letter.samples();
        lettered += series.size();
        Json.Members line =
                Json.object()
                        .with("series", series.labels().toString())
                        .with("time", time(firstMs(series)))
                        .with("reason", letter.reason().toString())
                        .with("message", letter.message());
        if (letters.size() < MOST) {
            letters.add(line);
        }
        refused.add(line.with("samples", samples(series)));
    }

    private static long firstMs(Series series) {
        return series.samples().size() > 0
                ? series.samples().timestampMs(0)
                : series.histograms().timestampMs(0);
    }

    private static List<String> samples(Series series) {
        List<String> samples = new ArrayList<>();
        Samples floats = series.samples();
        for (int i = 0; i < floats.size(); i++) {
            String value = floats.isStale(i) ? "stale" : Double.toString(floats.value(i));
            samples.add(time(floats.timestampMs(i)) + " " + value);
        }
        for (int i = 0; i < series.histograms().size(); i++) {
            samples.add(
                    time(series.histograms().timestampMs(i))
                            + " "
                            + series.histograms().histogram(i));
        }
        return samples;
    }

    private static String time(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }

    /// What was found up to now is in the vault.
    void flush() {
        conflicts.flush();
        missing.flush();
        refused.flush();
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

    /// Where all of it is.
    List<String> files() {
        return Stream.of(conflicts, missing, refused)
                .flatMap(ledger -> ledger.files().stream())
                .toList();
    }
}
