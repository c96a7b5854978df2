package io.tsvault.core.restore;

import io.tsvault.core.relabel.Merging;
import io.tsvault.core.relabel.Relabelling;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.StreamLog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// May a restore begin? Each rule is asked before the first write, and says why not.
final class Admission {
    private static final int MOST_MERGINGS = 10;

    private final Manifest manifest;
    private final Expectation expectation;
    private final List<StreamLog> logs;
    private final Standing standing;
    private final List<String> notes = new ArrayList<>();

    Admission(Manifest manifest, Expectation expectation, List<StreamLog> logs, Standing standing) {
        this.manifest = manifest;
        this.expectation = expectation;
        this.logs = List.copyOf(logs);
        this.standing = standing;
    }

    /// What a person should know, though it does not stand in the way.
    List<String> notes() {
        return notes;
    }

    /// By what is known without reading from the target.
    Optional<String> refusal() {
        return resampled().or(this::doubling).or(this::source).or(this::merged);
    }

    private Optional<String> resampled() {
        List<String> resampled =
                logs.stream()
                        .flatMap(
                                log ->
                                        log.state().newestCapture().stream()
                                                .filter(capture -> capture.stepMs() > 0)
                                                .map(
                                                        capture ->
                                                                "%s at %d ms"
                                                                        .formatted(
                                                                                log.name().id(),
                                                                                capture.stepMs())))
                        .toList();
        if (!resampled.isEmpty() && !manifest.accept().resampled()) {
            return Optional.of(
                    "the backup holds values on a grid, not the samples themselves: "
                            + String.join(", ", resampled));
        }
        resampled.forEach(what -> notes.add("equal to the backup, which is resampled: " + what));
        return Optional.empty();
    }

    private Optional<String> doubling() {
        boolean doubles = manifest.overlap() == Overlap.UNCHECKED && standing.keepsDuplicates();
        return doubles
                ? Optional.of(
                        standing.name()
                                + " keeps a sample that is sent twice as two: overlap unchecked"
                                + " is not for it, take skip")
                : Optional.empty();
    }

    private Optional<String> source() {
        boolean isSource =
                !standing.identity().isEmpty()
                        && logs.stream()
                                .flatMap(log -> log.state().newestCapture().stream())
                                .anyMatch(capture -> capture.source().equals(standing.identity()));
        return isSource && !manifest.accept().sameSource()
                ? Optional.of(
                        "the target %s is the server that the backup was made of; if that is meant, set"
                                        .formatted(standing.identity())
                                + " accept.allowSameSource")
                : Optional.empty();
    }

    private Optional<String> merged() {
        if (manifest.relabel().isEmpty()) {
            return Optional.empty();
        }
        List<TimeRange> windows = expectation.windows();
        List<Merging> mergings =
                Merging.find(
                        () -> expectation.labels(windows),
                        Relabelling.of(manifest.relabel()),
                        MOST_MERGINGS);
        return mergings.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "relabelling makes one series of several: "
                                + String.join(
                                        "; ", mergings.stream().map(Merging::toString).toList()));
    }

    /// By what the target takes, and what it has.
    ///
    /// @param left the windows that are not proven yet, oldest first
    Optional<String> refusal(List<TimeRange> left, Replay replay) {
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = Preflight.of(span(left), standing);
        notes.addAll(verdict.notes());
        if (!verdict.isPossible()) {
            List<TimeRange> lacking = lacking(left, replay);
            Optional<Verdict> rest =
                    lacking.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Preflight.of(span(lacking), standing));
            if (rest.isPresent() && !rest.get().isPossible()) {
                return Optional.of(rest.get().toString());
            }
        }
        return overlap(left, replay);
    }

    private static TimeRange span(List<TimeRange> windows) {
        return new TimeRange(windows.getFirst().startMs(), windows.getLast().endMs());
    }

    /// From the first window on that the target does not have: what it has it need not take.
    private List<TimeRange> lacking(List<TimeRange> left, Replay replay) {
        int from = 0;
        while (from < left.size() && look(left.get(from), replay).missing() == 0) {
            from++;
        }
        return left.subList(from, left.size());
    }

    private Outcome look(TimeRange window, Replay replay) {
        return replay.look(expectation.window(window));
    }

    private Optional<String> overlap(List<TimeRange> left, Replay replay) {
        boolean fails = manifest.overlap() == Overlap.FAIL;
        if (manifest.overlap() == Overlap.UNCHECKED || (manifest.accept().interleave() && !fails)) {
            return Optional.empty();
        }
        Outcome there = Outcome.NOTHING;
        for (TimeRange window : left) {
            if (standing.mayHold(window)) {
                there = there.plus(look(window, replay));
            }
        }
        if (fails && there.conflicts() > 0) {
            return Optional.of(
                    "%,d samples have another value in the target, and overlap is fail"
                            .formatted(there.conflicts()));
        }
        return there.between() > 0 && !manifest.accept().interleave()
                ? Optional.of(
                        ("the target has %,d samples between those of the backup, in the same"
                                        + " series: it would hold a mixture of both; if that is"
                                        + " meant, set accept.interleave")
                                .formatted(there.between()))
                : Optional.empty();
    }
}
