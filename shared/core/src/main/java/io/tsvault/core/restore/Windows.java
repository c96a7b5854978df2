package io.tsvault.core.restore;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.manifest.Overlap;
import io.tsvault.core.replay.Replacing;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Outcome.Stored;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.key.JobFile.Kind;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings in the windows of a plan, partition by partition, and writes down how far it has come.
final class Windows {
    private static final Duration TOLD_EVERY = Duration.ofSeconds(30);
    private static final int MOST_TOGETHER = 12;

    private final Job job;
    private final Task task;
    private final Plan plan;
    private final Standing standing;
    private final Evidence evidence;
    private Outcome outcome = Outcome.NOTHING;
    private String unheard = "";
    private long late;

    Windows(Job job, Task task, Plan plan, Standing standing, Evidence evidence) {
        this.job = job;
        this.task = task;
        this.plan = plan;
        this.standing = standing;
        this.evidence = evidence;
    }

    /// What became of all of them, those of earlier runs too.
    Outcome outcome() {
        return outcome;
    }

    /// Those that no earlier run has proven, oldest first.
    List<TimeRange> left() {
        List<TimeRange> left = new ArrayList<>();
        for (int i = 0; i < plan.partitions().size(); i++) {
            left.addAll(left(i));
        }
        return left;
    }

    private List<TimeRange> left(int number) {
        TimeRange partition = plan.partitions().get(number);
        long fromMs = progress(number).map(Progress::doneMs).orElse(partition.startMs());
        return plan.windows(partition).stream().filter(w -> w.endMs() > fromMs).toList();
    }

    private Optional<Progress> progress(int number) {
        return job.progress(number).filter(progress -> progress.holdsFor(standing));
    }

    /// @throws Stop when there is no more time, or somebody has cancelled it
    void bring(Replay replay) {
        for (int i = 0; i < plan.partitions().size(); i++) {
            partition(i, replay);
        }
    }

    private void partition(int number, Replay replay) {
        TimeRange partition = plan.partitions().get(number);
        Outcome here = progress(number).map(Progress::outcome).orElse(Outcome.NOTHING);
        outcome = outcome.plus(here);
        Instant told = now();
        List<TimeRange> left = left(number);
        int together = standing.order().any() ? MOST_TOGETHER : 1;
        for (int from = 0; from < left.size(); from += together) {
            requireGoingOn();
            List<TimeRange> some = left.subList(from, Math.min(left.size(), from + together));
            Outcome brought = bring(replay, some);
            TimeRange last = some.getLast();
            here = here.plus(brought);
            outcome = outcome.plus(brought);
            describe();
            if (last.endMs() == partition.endMs()
                    || brought.missing() > 0 // of these nobody can tell later that they were tried
                    || Duration.between(told, now()).compareTo(TOLD_EVERY) >= 0) {
                evidence.flush();
                job.progress(number, new Progress(last.endMs(), here, standing.started()));
                told = now();
            }
            task.around().watcher().brought(last.endMs(), share(number, last), outcome);
        }
    }

    /// Where order does not matter, several windows wait together until they can be seen.
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
        late += found.missing();
        return found;
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
        if (late > 0) {
            notes.add(
                    "%,d samples are older than what the target takes now: they cannot be brought any more"
                            .formatted(late));
        }
        return notes;
    }

    private boolean looks(TimeRange window) {
        return task.manifest().overlap() != Overlap.UNCHECKED && standing.mayHold(window);
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

    private double share(int number, TimeRange window) {
        double all = 0;
        double done = 0;
        for (int i = 0; i < plan.partitions().size(); i++) {
            TimeRange partition = plan.partitions().get(i);
            all += partition.length().toMillis();
            if (i < number) {
                done += partition.length().toMillis();
            } else if (i == number) {
                done += window.endMs() - partition.startMs();
            }
        }
        return done / all;
    }

    private Instant now() {
        return task.around().clock().instant();
    }

    private void requireGoingOn() {
        Instant now = now();
        if (!now.isBefore(task.around().until())) {
            throw new Stop(State.RUNNING, "no more time; the same command goes on");
        }
        job.heed(now);
    }
}
