package io.tsvault.core.restore;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.json.Json;
import io.tsvault.core.manifest.Overlap;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.key.JobFile.Kind;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One run of a restore: may it begin, what is settled before the first write, the windows, the
/// report.
final class RestoreRun {
    private static final String REMEDY =
            "bring it back from a copy by tsvault vault repair --from OTHER, and the same command"
                    + " goes on; until it is done, what it reads stays pinned";

    private final Job job;
    private final Task task;
    private final Holding holding;
    private final Evidence evidence;
    private final List<String> notes = new ArrayList<>();
    private Outcome outcome = Outcome.NOTHING;

    RestoreRun(Job job, Task task) {
        this.job = job;
        this.task = task;
        this.holding = new Holding(job, task);
        this.evidence = new Evidence(job);
    }

    /// @param range of the target that there are samples for
    Restored run(TimeRange range) {
        try {
            task.around().watcher().enters("preflight");
            Standing before = task.target().probe();
            Admission admission = new Admission(task, before);
            Optional<String> refusal = admission.refusal().or(() -> hold(range, before));
            if (refusal.isEmpty()) { // others may have written until it was claimed
                refusal = replay(range, task.target().probe(), admission);
            }
            notes.addAll(0, admission.notes());
            return refusal.isPresent() ? end(State.REFUSED, refusal.get()) : conclude();
        } catch (Stop stop) {
            return end(stop.state(), String.valueOf(stop.getMessage()));
        } catch (Transient e) {
            return end(State.FAILED, e.getMessage() + "; the same command goes on");
        } catch (Permanent e) {
            return end(State.FAILED, String.valueOf(e.getMessage()));
        } catch (DamagedVault e) {
            return end(State.FAILED, "damaged: %s; %s".formatted(e.getMessage(), REMEDY));
        } catch (UnsupportedVault e) {
            return end(State.FAILED, e.getMessage() + ", and the same command goes on");
        }
    }

    /// What somebody sent who was here just now has arrived, and is safe, before anybody looks:
    /// else it would be sent twice, or be taken for proven and then be lost.
    private Optional<String> hold(TimeRange range, Standing standing) {
        boolean deletes = task.manifest().overlap() == Overlap.OVERWRITE;
        Duration settling = Replay.settling(standing, deletes);
        boolean waits = !settling.isZero() && holding.isLeftOpen();
        Optional<String> refusal = holding.take(range);
        if (refusal.isEmpty() && waits) { // who was cancelled may not have heard of it yet
            task.around().pause().take(settling.plus(Job.ASKED_EVERY));
        }
        return refusal;
    }

    /// @return why nothing was begun
    private Optional<String> replay(TimeRange range, Standing standing, Admission admission) {
        Optional<Plan> settled = job.plan();
        Plan plan = settled.orElseGet(() -> Plan.of(range, standing, task.heads()));
        try (Replay replay = task.replay(standing, evidence.witness())) {
            if (settled.isEmpty()) {
                Encounter.Decision met = new Encounter(task, standing, replay).decide(plan);
                if (met.refusal().isPresent()) {
                    return met.refusal();
                }
                plan = met.plan();
            }
            Windows windows = new Windows(job, task, plan, standing, evidence);
            if (settled.isPresent()) { // what it has begun it ends, as well as it still can
                admission.remind(plan.range(), standing);
                return bring(windows, plan, replay, standing);
            }
            Optional<String> refusal = admission.refusal(windows.left(), standing, replay);
            return refusal.isPresent() ? refusal : begin(precaution(plan), standing, replay);
        }
    }

    private Plan precaution(Plan plan) {
        if (!task.manifest().backupFirst()) {
            return plan;
        }
        task.around().watcher().enters("backup of the target");
        return plan.keptIn(task.precaution().take(job.id(), plan.range()));
    }

    private Optional<String> begin(Plan plan, Standing standing, Replay replay) {
        Plan settled = job.plan(plan);
        Windows windows = new Windows(job, task, settled, standing, evidence);
        return bring(windows, settled, replay, standing);
    }

    private Optional<String> bring(Windows windows, Plan plan, Replay replay, Standing standing) {
        notes.addAll(Encounter.notes(plan.decided()));
        if (!plan.decided().before().isEmpty()) {
            notes.add("what the target had is kept in stream " + plan.decided().before());
        }
        task.around().watcher().enters("replay");
        try {
            windows.bring(replay);
        } finally {
            outcome = windows.outcome();
            notes.addAll(windows.notes());
        }
        requireSafe(standing);
        return Optional.empty();
    }

    /// What was seen there may have come a moment before, from another who works on the same job:
    /// it is safe when the target has not been restarted until it was flushed.
    private void requireSafe(Standing begun) {
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

    private Restored conclude() {
        boolean proven = task.target().readMode().isPresent();
        Conclusion conclusion = new Conclusion(task, outcome, proven);
        notes.addAll(conclusion.notes());
        return end(conclusion.state(), "");
    }

    private Restored end(State state, String why) {
        if (!why.isEmpty()) {
            notes.addFirst(why);
        }
        task.around().watcher().enters("report");
        evidence.flush();
        List<String> files = evidence.files();
        String report = "";
        if (state != State.RUNNING && state != State.CANCELLED) {
            report = job.report(state, report(state, files));
        }
        letGo(state);
        boolean accepted =
                state == State.DONE
                        || (state == State.UNVERIFIED && task.manifest().accept().unverified());
        return new Restored(
                job.id(), state, accepted, outcome, evidence.lettered(), notes, report, files);
    }

    private void letGo(State state) {
        switch (state) {
            case RUNNING, ACCEPTED, FAILED -> {} // something may be under way
            case CANCELLED -> holding.stopReading();
            case DONE, PARTIAL, UNVERIFIED, REFUSED -> holding.end();
        }
    }

    private Json report(State state, List<String> files) {
        return Json.object()
                .with("job", job.id())
                .with("state", state.toString())
                .with("manifest", Json.parse(task.manifest().canonical(), "the manifest"))
                .with("samplesInBackup", outcome.expected())
                .with("alreadyThere", outcome.before())
                .with("written", outcome.written())
                .with("replaced", outcome.replaced())
                .with("conflicts", outcome.conflicts())
                .with("missing", outcome.missing())
                .with("rounded", outcome.rounded())
                .with("unkept", outcome.unkept())
                .with("between", outcome.between())
                .with("deadLettered", evidence.lettered())
                .with("notes", notes)
                .with("differences", evidence.differences())
                .with("deadLetters", evidence.letters())
                .with("files", files)
                .with("preImages", job.kept(Kind.REPLACED))
                .with("endedAt", task.around().clock().instant().toString());
    }
}
