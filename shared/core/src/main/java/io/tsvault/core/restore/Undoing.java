package io.tsvault.core.restore;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.replay.Replacing;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.replay.Replay.Window;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;

import java.util.List;
import java.util.Optional;

/// Puts back what a job has replaced. What it wrote where there was nothing stays.
final class Undoing {
    private final Job job;
    private final Task task;

    Undoing(Job job, Task task) {
        this.job = job;
        this.task = task.heeding(job);
    }

    Restored run() {
        if (!job.state().isEnd()) {
            throw new Permanent(
                    "job %s is %s: stop it first by tsvault job cancel %s"
                            .formatted(job.id(), job.state(), job.id()));
        }
        try (PreImage had = new PreImage(job)) {
            TimeRange range = had.range().orElseThrow(this::nothing);
            job.take("undo");
            Holding holding = new Holding(job, task);
            Ending ending = new Ending(job, task, holding, new Evidence(job));
            return ending.of(() -> story(had, range, holding));
        }
    }

    /// Whoever breaks off here leaves a job that has failed: part of it is put back.
    private Restored story(PreImage had, TimeRange range, Holding holding) {
        Standing standing = task.target().probe();
        Optional<String> refusal = holding.claim(range, standing);
        if (refusal.isPresent()) {
            throw new Permanent("it could not be undone: " + refusal.get());
        }
        Outcome outcome = putBack(had, standing);
        job.undone();
        holding.rest();
        return undone(outcome);
    }

    private Permanent nothing() {
        return new Permanent(
                "job %s has replaced nothing: there is nothing to put back".formatted(job.id()));
    }

    private Outcome putBack(PreImage had, Standing standing) {
        job.forgetProgress();
        Outcome all = Outcome.NOTHING;
        try (Replay replay = task.replay(standing, Replay.Witness.NOBODY)) {
            Replacing replacing = new Replacing(replay, task.target(), standing, _ -> {});
            for (Window window : had.windows()) {
                Outcome found = replay.bring(window, true);
                all = all.plus(found.conflicts() > 0 ? replacing.bring(window, found) : found);
            }
        }
        if (!all.isWhole()) {
            throw new Transient(
                    "%,d samples could not be put back, %,d stay as the job wrote them; the same command goes on"
                            .formatted(all.missing(), all.conflicts()));
        }
        return all;
    }

    private Restored undone(Outcome outcome) {
        return new Restored(
                job.id(),
                State.CANCELLED,
                true,
                outcome,
                0,
                List.of("what was replaced is as it was before; what was added stays"),
                "",
                List.of());
    }
}
