package io.tsvault.core.restore;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.manifest.Overlap;
import io.tsvault.core.replay.Replacing;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Outcome.Stored;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.key.JobFile.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Brings windows in by the rules of a job, and tells nobody how far it has come. Several threads
/// may use it, each with a replay of its own.
final class Inflow {
    private static final int MOST_TOGETHER = 12;

    private final Job job;
    private final Task task;
    private final Standing standing;
    private final Evidence evidence;
    private final Survey survey;
    private final AtomicLong late = new AtomicLong();
    private volatile String unheard = "";

    /// @param survey what this run has looked at already
    Inflow(Job job, Task task, Standing standing, Evidence evidence, Survey survey) {
        this.job = job;
        this.task = task;
        this.standing = standing;
        this.evidence = evidence;
        this.survey = survey;
    }

    /// Who wants the windows.
    interface Landing {
        /// Are more of them wanted?
        boolean goesOn();

        /// Some windows are proven.
        ///
        /// @param untilMs where the last one ends that was brought
        /// @param some what became of these
        void landed(long untilMs, Outcome some);
    }

    /// Where order does not matter, several windows wait together until they can be seen.
    ///
    /// @param windows of one stretch of time, oldest first
    /// @throws Stop when there is no more time, or somebody has cancelled it
    void bring(Replay replay, List<TimeRange> windows, Landing landing) {
        int together = standing.order().any() ? MOST_TOGETHER : 1;
        for (int from = 0; from < windows.size() && landing.goesOn(); from += together) {
            task.requireGoingOn(job);
            List<TimeRange> some = windows.subList(from, Math.min(windows.size(), from + together));
            Outcome brought = brought(replay, some);
            describe();
            landing.landed(some.getLast().endMs(), brought);
        }
    }

    /// What was seen to be whole need not be brought.
    private Outcome brought(Replay replay, List<TimeRange> windows) {
        Outcome whole = Outcome.NOTHING;
        List<TimeRange> open = new ArrayList<>();
        for (TimeRange window : windows) {
            Optional<Outcome> seen = survey.seen(window).filter(Outcome::isWhole);
            if (seen.isEmpty()) {
                open.add(window);
            }
            whole = whole.plus(seen.orElse(Outcome.NOTHING));
        }
        return open.isEmpty() ? whole : whole.plus(bring(replay, open));
    }

    private Outcome bring(Replay replay, List<TimeRange> windows) {
        if (!standing.mayTake(windows.getLast())) {
            return late(replay, windows);
        }
        List<Replay.Pass> begun = new ArrayList<>();
        for (TimeRange window : windows) {
            begun.add(replay.begin(task.window(window), looks(window)));
        }
        Outcome brought = Outcome.NOTHING;
        for (int i = 0; i < windows.size(); i++) {
            Replay.Window window = task.window(windows.get(i));
            Outcome found = replay.finish(window, begun.get(i));
            brought = brought.plus(replaces(found) ? replaced(replay, window, found) : found);
        }
        return brought;
    }

    /// Who is stopped, and goes on when the target has newer samples, does what still can be done.
    private Outcome late(Replay replay, List<TimeRange> windows) {
        Outcome found = Outcome.NOTHING;
        for (TimeRange window : windows) {
            found = found.plus(replay.tell(task.window(window)));
        }
        late.addAndGet(found.missing());
        return found;
    }

    /// Who is asked not to look does so all the same where another value might be lost.
    private boolean looks(TimeRange window) {
        boolean isAsked = task.manifest().overlap() != Overlap.UNCHECKED;
        return standing.mayHold(window) && (isAsked || standing.mayReplace());
    }

    private boolean replaces(Outcome found) {
        return found.conflicts() > 0
                && task.manifest().overlap() == Overlap.OVERWRITE
                && standing.replacesBeforeMs().isPresent();
    }

    private Outcome replaced(Replay replay, Replay.Window window, Outcome found) {
        Replacing replacing = new Replacing(replay, task.target(), standing, chunk -> keep(chunk));
        return replacing.bring(window, found);
    }

    /// With what is kept of the target comes the list of what is replaced.
    private void keep(Chunk chunk) {
        evidence.flush();
        job.keep(Kind.REPLACED, chunk.bytes());
    }

    /// Nothing depends on it, and so a target that will not hear it is told once.
    private void describe() {
        List<Metadata> fresh = task.expectation().descriptions();
        if (fresh.isEmpty() || !unheard.isEmpty()) {
            return;
        }
        if (!(task.target().describe(fresh) instanceof Stored)) {
            unheard = "the target has not taken what the metrics are, their types and help";
        }
    }

    /// What a person should know.
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!unheard.isEmpty()) {
            notes.add(unheard);
        }
        if (late.get() > 0) {
            notes.add(
                    "%,d samples are older than what the target takes now: they cannot be brought any more"
                            .formatted(late.get()));
        }
        return notes;
    }
}
