package io.tsvault.core.restore;

import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.manifest.Overlap;
import io.tsvault.core.relabel.Merging;
import io.tsvault.core.relabel.Relabelling;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// May a restore begin? Each rule is asked before the first write, and says why not.
final class Admission {
    private static final int MOST_MERGINGS = 10;

    private final Task task;
    private final Standing standing;
    private final List<String> notes = new ArrayList<>();

    Admission(Task task, Standing standing) {
        this.task = task;
        this.standing = standing;
    }

    /// What a person should know, though it does not stand in the way.
    List<String> notes() {
        return notes;
    }

    /// By what is known without reading from the target.
    Optional<String> refusal() {
        return resampled()
                .or(this::doubling)
                .or(this::source)
                .or(this::replacing)
                .or(this::blind)
                .or(this::unmeant)
                .or(this::merged);
    }

    private Optional<String> replacing() {
        return task.manifest().overlap() == Overlap.OVERWRITE
                ? Replaceable.refusal(standing)
                : Optional.empty();
    }

    /// Who cannot be read can still be written to.
    private Optional<String> blind() {
        if (task.target().readMode().isPresent()) {
            return Optional.empty();
        }
        Overlap overlap = task.manifest().overlap();
        if (overlap == Overlap.FAIL || overlap == Overlap.OVERWRITE) {
            return Optional.of(
                    "%s cannot be read, so nobody can tell what it has: overlap %s is not for it"
                            .formatted(standing.name(), overlap));
        }
        notes.add("the target cannot be read: all is sent at least once, and nothing is proven");
        return Optional.empty();
    }

    private Optional<String> resampled() {
        List<String> resampled =
                task.logs().stream()
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
        if (!resampled.isEmpty() && !task.manifest().accept().resampled()) {
            return Optional.of(
                    "the backup holds values on a grid, not the samples themselves: "
                            + String.join(", ", resampled));
        }
        resampled.forEach(what -> notes.add("equal to the backup, which is resampled: " + what));
        return Optional.empty();
    }

    private Optional<String> doubling() {
        boolean doubles =
                task.manifest().overlap() == Overlap.UNCHECKED && standing.keepsDuplicates();
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
                        && task.logs().stream()
                                .flatMap(log -> log.state().newestCapture().stream())
                                .anyMatch(capture -> capture.source().equals(standing.identity()));
        return isSource && !task.manifest().accept().sameSource()
                ? Optional.of(
                        "the target %s is the server that the backup was made of; if that is meant, set"
                                        .formatted(standing.identity())
                                + " accept.allowSameSource")
                : Optional.empty();
    }

    /// Who has misspelt a label is not to be told that all is well.
    private Optional<String> unmeant() {
        Manifest manifest = task.manifest();
        if (manifest.follow() || (manifest.match().isEmpty() && manifest.relabel().isEmpty())) {
            return Optional.empty();
        }
        Relabelling relabelling = Relabelling.of(manifest.relabel());
        boolean any =
                task.expectation()
                        .labels(task.expectation().windows())
                        .anyMatch(labels -> relabelling.apply(labels).isPresent());
        return any
                ? Optional.empty()
                : Optional.of(
                        "the backup has no series that is meant: look at match and relabel, and at"
                                + " what there is by tsvault inspect");
    }

    private Optional<String> merged() {
        if (task.manifest().relabel().isEmpty()) {
            return Optional.empty();
        }
        List<TimeRange> windows = task.expectation().windows();
        List<Merging> mergings =
                Merging.find(
                        () -> task.expectation().labels(windows),
                        Relabelling.of(task.manifest().relabel()),
                        MOST_MERGINGS);
        return mergings.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "relabelling makes one series of several: "
                                + String.join(
                                        "; ", mergings.stream().map(Merging::toString).toList()));
    }

    /// By what the target takes. What it has it need not take.
    ///
    /// @param met what is to be done, and what was seen for that
    /// @param now what it is at when all others are out of the way
    Optional<String> refusal(Encounter.Decision met, Standing now, Replay replay) {
        List<TimeRange> left = met.plan().windows();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = remind(span(left), now);
        if (!verdict.isPossible()) {
            List<TimeRange> lacking =
                    lacking(
                            left,
                            window ->
                                    met.seen().seen(window).orElseGet(() -> look(window, replay)));
            Optional<Verdict> rest =
                    lacking.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Preflight.of(span(lacking), now));
            if (rest.isPresent() && !rest.get().isPossible()) {
                return Optional.of(rest.get().toString());
            }
        }
        return Optional.empty();
    }

    /// Notes what a person should know of bringing this.
    Verdict remind(TimeRange range, Standing now) {
        Verdict verdict = Preflight.of(range, now);
        notes.addAll(verdict.notes());
        unheeded(range, now).ifPresent(notes::add);
        return verdict;
    }

    /// What is asked for in vain.
    Optional<String> unheeded(TimeRange range, Standing now) {
        boolean unchecked = task.manifest().overlap() == Overlap.UNCHECKED;
        return unchecked && now.mayReplace() && now.mayHold(range)
                ? Optional.of(
                        ("it is looked at all the same what the target has: %s lets what comes out"
                             + " of order take the place of another value, and says nothing;"
                             + " unchecked does not look where a target is empty, or takes samples"
                             + " in order only")
                                .formatted(now.name()))
                : Optional.empty();
    }

    private static TimeRange span(List<TimeRange> windows) {
        return new TimeRange(windows.getFirst().startMs(), windows.getLast().endMs());
    }

    /// From the first window on that the target does not have: what it has it need not take.
    private static List<TimeRange> lacking(
            List<TimeRange> left, Function<TimeRange, Outcome> seen) {
        int from = 0;
        while (from < left.size() && seen.apply(left.get(from)).missing() == 0) {
            from++;
        }
        return left.subList(from, left.size());
    }

    private Outcome look(TimeRange window, Replay replay) {
        return replay.look(task.window(window), _ -> {});
    }
}
