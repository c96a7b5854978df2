package io.tsvault.core.restore;

import io.tsvault.core.compare.Comparison;
import io.tsvault.core.compare.Comparison.Findings;
import io.tsvault.core.compare.Comparison.Result;
import io.tsvault.core.compare.Difference;
import io.tsvault.core.compare.Sameness;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.replay.Replay.Window;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Intake;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Capture;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Holds a backup against a live server, sample by sample, and changes neither.
public final class Audit {
    private final Vault vault;
    private final Source server;

    /// What came of it.
    ///
    /// @param covered the times that were compared: those that are backed up
    /// @param mode how the server was read
    /// @param result what is missing is in the backup only; what is extra, in the server only
    public record Likeness(List<TimeRange> covered, Mode mode, Result result) {
        /// Copies the list.
        public Likeness {
            covered = List.copyOf(covered);
        }

        /// Have the series of the backup the same samples on both sides? The server may have more.
        public boolean isEqual() {
            return result.isComplete() && result.extra() == 0 && result.doubled() == 0;
        }
    }

    /// Of this vault, against this server.
    public Audit(Vault vault, Source server) {
        this.vault = vault;
        this.server = server;
    }

    /// Compares what a restore by this manifest would make of an empty target with what is there.
    ///
    /// @param differences is told each of them, window by window
    /// @throws Permanent when there is nothing to compare, or no way to
    public Likeness run(Manifest manifest, Consumer<Difference> differences) {
        List<StreamLog> logs = Restorer.logs(vault, manifest);
        Expectation expectation = Expectation.of(logs, manifest);
        List<TimeRange> covered = expectation.covered();
        if (covered.isEmpty()) {
            throw Restorer.nothing(logs, manifest);
        }
        Abilities abilities = server.probe();
        List<Capture> captures =
                logs.stream().flatMap(log -> log.state().newestCapture().stream()).toList();
        Mode mode = mode(abilities, captures);
        Sameness sameness = new Sameness(abilities.digits(), showStaleMarkers(mode, captures));
        Eyes eyes = new Eyes(new Intake(server, mode, Intake.EVERYTHING), sameness, mode.way());
        Result result = Result.NONE;
        for (TimeRange range : covered) {
            for (TimeRange window : range.cut(Source.WINDOW_MS)) {
                result = result.plus(compared(expectation.window(window), eyes, differences));
            }
        }
        return new Likeness(covered, mode, result);
    }

    /// How the server is looked at.
    private record Eyes(Intake intake, Sameness sameness, Way way) {}

    private static Result compared(Window window, Eyes eyes, Consumer<Difference> differences) {
        try (Reading expected = window.expected().open();
                Reading actual = eyes.intake().read(window.selectors(), window.range())) {
            Findings findings = new Findings(differences, _ -> {});
            Result result = Comparison.of(expected, actual, eyes.sameness(), findings);
            return eyes.way() == Way.EXPORT // others may send what is there once more than once
                    ? result.withDoubled(actual.observed().duplicates())
                    : result;
        }
    }

    /// The best there is; a backup of a grid can only be held against the same grid.
    private static Mode mode(Abilities abilities, List<Capture> captures) {
        List<Long> steps = captures.stream().map(Capture::stepMs).distinct().toList();
        if (steps.size() > 1) {
            throw new Permanent(
                    "the streams hold grids of several steps, in ms %s: compare them one by one"
                            .formatted(steps));
        }
        long stepMs = steps.isEmpty() ? 0 : steps.getFirst();
        if (stepMs > 0) {
            return Mode.grid(Duration.ofMillis(stepMs));
        }
        return abilities.ways().stream()
                .filter(way -> way != Way.QUERY_RANGE)
                .findFirst()
                .map(Mode::of)
                .orElseThrow(
                        () ->
                                new Permanent(
                                        "the server gives no samples as they are, only values on a"
                                                + " grid, and the backup holds samples"));
    }

    private static boolean showStaleMarkers(Mode mode, List<Capture> captures) {
        return mode.way().showsStaleMarkers()
                && captures.stream()
                        .allMatch(capture -> Way.of(capture.mode()).showsStaleMarkers());
    }
}
