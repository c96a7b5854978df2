package io.tsvault.core.restore;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;

import java.util.Optional;

/// One run of a restore: may it begin, what is settled before the first write, the windows, the
/// report.
final class RestoreRun {
    private final Job job;
    private final Task task;
    private final Holding holding;
    private final Evidence evidence;
    private final Ending ending;

    RestoreRun(Job job, Task task) {
        this.job = job;
        this.task = task;
        this.holding = new Holding(job, task);
        this.evidence = new Evidence(job);
        this.ending = new Ending(job, task, holding, evidence);
    }

    /// @param range of the target that there are samples for
    Restored run(TimeRange range) {
        return ending.of(() -> story(range));
    }

    private Restored story(TimeRange range) {
        task.around().watcher().enters("preflight");
        Standing before = task.target().probe();
        Admission admission = new Admission(task, before);
        Optional<String> refusal = admission.refusal().or(() -> holding.take(range, before));
        if (refusal.isEmpty()) { // others may have written until it was claimed
            refusal = replay(range, task.target().probe(), admission);
        }
        ending.notes().addAll(0, admission.notes());
        return refusal.map(ending::refused).orElseGet(() -> ending.conclude(task));
    }

    /// @return why nothing was begun
    private Optional<String> replay(TimeRange range, Standing standing, Admission admission) {
        Optional<Plan> settled = job.plan();
        Plan plan = settled.orElseGet(() -> Plan.of(range, standing, task.heads()));
        if (settled.isPresent()) { // what it has begun it ends, as well as it still can
            admission.remind(plan.range(), standing);
            return bring(plan, standing, new Survey());
        }
        Survey seen;
        try (Replay replay = task.replay(standing, evidence.witness())) {
            Encounter.Decision met = new Encounter(task, standing, replay).decide(plan);
            if (met.refusal().isPresent()) {
                ending.outcome(met.seen().total());
                return met.refusal();
            }
            plan = met.plan();
            seen = met.seen();
            Optional<String> refusal = admission.refusal(met, standing, replay);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        Plan ours = precaution(plan);
        Plan first = job.plan(ours);
        return bring(first, standing, first.equals(ours) ? seen : new Survey());
    }

    private Plan precaution(Plan plan) {
        if (!task.manifest().backupFirst()) {
            return plan;
        }
        task.around().watcher().enters("backup of the target");
        return plan.keptIn(task.precaution().take(job.id(), plan.range()));
    }

    private Optional<String> bring(Plan plan, Standing standing, Survey seen) {
        ending.notes().addAll(Encounter.notes(plan.decided()));
        if (!plan.decided().before().isEmpty()) {
            ending.notes().add("what the target had is kept in stream " + plan.decided().before());
        }
        task.around().watcher().enters("replay");
        Windows windows = new Windows(job, task, plan, standing, evidence, seen);
        try {
            windows.bring();
        } finally {
            ending.outcome(windows.outcome());
            ending.notes().addAll(windows.notes());
        }
        requireSafe(task, standing, ending.outcome());
        return Optional.empty();
    }

    /// What was seen there may have come a moment before, from another who works on the same job:
    /// it is safe when the target has not been restarted until it was flushed.
    ///
    /// @param begun what the target was when it was begun
    static void requireSafe(Task task, Standing begun, Outcome outcome) {
        if (begun.flushWait().isZero() || begun.started().isEmpty()) {
            return;
        }
        if (outcome.before() > 0) {
            task.around().pause().take(begun.flushWait());
        }
        if (!task.target().probe().started().equals(begun.started())) {
            throw new Transient(
                    "the target was restarted meanwhile, and may have lost what it had not flushed:"
                            + " all of it is looked at again");
        }
    }
}
