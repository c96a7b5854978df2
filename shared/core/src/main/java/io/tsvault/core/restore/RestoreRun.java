package io.tsvault.core.restore;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.json.Json;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Unpin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One run of a restore: preflight, windows, report.
final class RestoreRun {
    private static final Duration TOLD_EVERY = Duration.ofSeconds(30);
    private static final Duration ASKED_EVERY = Duration.ofSeconds(5);
    private static final int MOST_TOGETHER = 12;

    private final Job job;
    private final Manifest manifest;
    private final Expectation expectation;
    private final List<StreamLog> logs;
    private final Target target;
    private final Restorer.Surroundings around;
    private final Findings findings = new Findings();
    private final List<String> notes = new ArrayList<>();

    private Outcome outcome = Outcome.NOTHING;
    private Instant asked = Instant.MIN;

    RestoreRun(
            Job job,
            Manifest manifest,
            Expectation expectation,
            List<StreamLog> logs,
            Target target,
            Restorer.Surroundings around) {
        this.job = job;
        this.manifest = manifest;
        this.expectation = expectation;
        this.logs = logs;
        this.target = target;
        this.around = around;
    }

    /// Why it stops on the way.
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final State state;

        Stop(State state, String message) {
            super(message);
            this.state = state;
        }
    }

    Restored run(TimeRange range) {
        try {
            around.watcher().enters("preflight");
            Standing standing = target.probe();
            Admission admission = new Admission(manifest, expectation, logs, standing);
            pin();
            Optional<String> refusal = admission.refusal();
            if (refusal.isEmpty()) {
                Plan plan = job.plan().orElseGet(() -> Plan.of(range, standing, heads()));
                refusal = replay(plan, standing, admission);
            }
            notes.addAll(0, admission.notes());
            return refusal.isPresent() ? end(State.REFUSED, refusal.get()) : end(verdict(), "");
        } catch (Stop stop) {
            return end(stop.state, String.valueOf(stop.getMessage()));
        } catch (Transient e) {
            return end(State.FAILED, e.getMessage() + "; the same command goes on");
        } catch (Permanent e) {
            return end(State.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /// Whole, and nothing that was asked for is missing in the backup itself.
    private State verdict() {
        boolean conflicts = outcome.conflicts() > 0 && manifest.overlap() != Overlap.WARN;
        if (outcome.missing() > 0 || conflicts) {
            notes.add("not everything is there: the report names each series and range");
            return State.PARTIAL;
        }
        List<String> holes = holes();
        notes.addAll(holes);
        return holes.isEmpty() || manifest.accept().partial() ? State.DONE : State.PARTIAL;
    }

    /// What the backup itself does not have.
    private List<String> holes() {
        List<String> holes = new ArrayList<>();
        for (StreamLog log : logs) {
            for (Settled settled : log.state().slices()) {
                boolean wanted =
                        settled.slice().startMs() < manifest.range().endMs()
                                && settled.slice().endMs() > manifest.range().startMs();
                boolean hole = settled.status() == Status.GAP || settled.status() == Status.PARTIAL;
                if (wanted && hole) {
                    holes.add(
                            "the backup of %s is %s from %s to %s"
                                    .formatted(
                                            log.name().id(),
                                            settled.status() == Status.GAP
                                                    ? "missing"
                                                    : "not whole",
                                            Restorer.time(settled.slice().startMs()),
                                            Restorer.time(settled.slice().endMs())));
                }
            }
        }
        return holes;
    }

    private String holder() {
        return "restore-" + job.id();
    }

    /// Nothing that is read may be collected meanwhile.
    private void pin() {
        for (StreamLog log : logs) {
            if (!vault().isCopy()) {
                log.append(
                        state ->
                                state.pins().containsKey(holder())
                                        ? Optional.empty()
                                        : Optional.of(
                                                new Pin(
                                                        holder(),
                                                        manifest.range(),
                                                        "restore into " + manifest.target())));
            }
        }
    }

    private Vault vault() {
        return job.vault();
    }

    private void unpin() {
        for (StreamLog log : logs) {
            if (!vault().isCopy()) {
                log.append(
                        state ->
                                state.pins().containsKey(holder())
                                        ? Optional.of(new Unpin(holder()))
                                        : Optional.empty());
            }
        }
    }

    private List<String> heads() {
        return logs.stream().map(log -> log.name().id() + " " + log.head().sha256()).toList();
    }

    /// @return why nothing was begun
    private Optional<String> replay(Plan plan, Standing standing, Admission admission) {
        Target paced =
                Paced.of(target, manifest.samplesPerSecond(), around.clock(), around.pause());
        Replay.Surroundings replaying =
                new Replay.Surroundings(
                        around.clock(), around.pause(), findings::add, findings::add);
        try (Replay replay = new Replay(paced, standing, replaying)) {
            Optional<String> refusal = admission.refusal(left(plan), replay);
            if (refusal.isPresent()) {
                return refusal;
            }
            Plan settled = job.plan(plan);
            around.watcher().enters("replay");
            for (int i = 0; i < settled.partitions().size(); i++) {
                partition(settled, i, replay, standing);
            }
        }
        return Optional.empty();
    }

    /// The windows that no earlier run has proven, oldest first.
    private List<TimeRange> left(Plan plan) {
        List<TimeRange> left = new ArrayList<>();
        for (int i = 0; i < plan.partitions().size(); i++) {
            left.addAll(left(plan, i));
        }
        return left;
    }

    private List<TimeRange> left(Plan plan, int number) {
        TimeRange partition = plan.partitions().get(number);
        long fromMs = job.progress(number).map(Progress::doneMs).orElse(partition.startMs());
        return plan.windows(partition).stream().filter(w -> w.endMs() > fromMs).toList();
    }

    private void partition(Plan plan, int number, Replay replay, Standing standing) {
        TimeRange partition = plan.partitions().get(number);
        Outcome here = job.progress(number).map(Progress::outcome).orElse(Outcome.NOTHING);
        outcome = outcome.plus(here);
        Instant told = around.clock().instant();
        List<TimeRange> left = left(plan, number);
        int together = standing.order().any() ? MOST_TOGETHER : 1;
        for (int from = 0; from < left.size(); from += together) {
            requireGoingOn();
            List<TimeRange> some = left.subList(from, Math.min(left.size(), from + together));
            Outcome brought = bring(replay, some, standing);
            TimeRange last = some.getLast();
            here = here.plus(brought);
            outcome = outcome.plus(brought);
            Instant now = around.clock().instant();
            if (last.endMs() == partition.endMs()
                    || brought.missing() > 0 // of these nobody can tell later that they were tried
                    || Duration.between(told, now).compareTo(TOLD_EVERY) >= 0) {
                job.progress(number, new Progress(last.endMs(), here));
                told = now;
            }
            around.watcher().brought(last.endMs(), share(plan, number, last), outcome);
        }
    }

    /// Where order does not matter, several windows wait together until they can be seen.
    private Outcome bring(Replay replay, List<TimeRange> windows, Standing standing) {
        List<Replay.Pass> begun = new ArrayList<>();
        for (TimeRange window : windows) {
            begun.add(replay.begin(expectation.window(window), look(window, standing)));
        }
        Outcome brought = Outcome.NOTHING;
        for (int i = 0; i < windows.size(); i++) {
            brought = brought.plus(replay.finish(expectation.window(windows.get(i)), begun.get(i)));
        }
        return brought;
    }

    private boolean look(TimeRange window, Standing standing) {
        return manifest.overlap() != Overlap.UNCHECKED && standing.mayHold(window);
    }

    private static double share(Plan plan, int number, TimeRange window) {
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

    private void requireGoingOn() {
        Instant now = around.clock().instant();
        if (!now.isBefore(around.until())) {
            throw new Stop(State.RUNNING, "no more time; the same command goes on");
        }
        if (Duration.between(asked, now).compareTo(ASKED_EVERY) >= 0) {
            asked = now;
            if (job.isCancelled()) {
                throw new Stop(
                        State.CANCELLED,
                        "it was cancelled; what is written stays; tsvault job resume goes on");
            }
        }
    }

    private Restored end(State state, String why) {
        if (!why.isEmpty()) {
            notes.addFirst(why);
        }
        around.watcher().enters("report");
        String report = "";
        if (state != State.RUNNING && state != State.CANCELLED) {
            report = job.report(state, report(state));
        }
        if (state != State.RUNNING && state != State.FAILED) {
            unpin();
        }
        return new Restored(job.id(), state, outcome, findings.lettered(), notes, report);
    }

    private byte[] report(State state) {
        return Json.object()
                .with("job", job.id())
                .with("state", state.toString())
                .with("manifest", Json.parse(manifest.canonical(), "the manifest"))
                .with("samplesInBackup", outcome.expected())
                .with("alreadyThere", outcome.before())
                .with("written", outcome.written())
                .with("conflicts", outcome.conflicts())
                .with("missing", outcome.missing())
                .with("rounded", outcome.rounded())
                .with("between", outcome.between())
                .with("deadLettered", findings.lettered())
                .with("notes", notes)
                .with("differences", findings.differences())
                .with("deadLetters", findings.letters())
                .with("endedAt", around.clock().instant().toString())
                .toBytes();
    }
}
