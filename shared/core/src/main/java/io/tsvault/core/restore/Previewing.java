package io.tsvault.core.restore;

import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.manifest.Overlap;
import io.tsvault.core.replay.Archive.Traffic;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.restore.Preview.Estimate;
import io.tsvault.core.restore.Preview.Metric;
import io.tsvault.core.restore.Preview.Some;
import io.tsvault.core.restore.Survey.Tally;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.Vault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks at everything, asks every rule that a restore would ask, and changes nothing.
final class Previewing {
    /// What a Prometheus takes on one connection of a small machine, with the proof.
    private static final long SAMPLES_PER_SECOND = 200_000;

    private static final long SAMPLES_PER_REQUEST = 10_000;

    /// Each window is looked at before and after.
    private static final long READS = 2;

    private final Task task;
    private final Vault vault;
    private final TimeRange range;

    Previewing(Task task, Vault vault, TimeRange range) {
        this.task = task;
        this.vault = vault;
        this.range = range;
    }

    Preview run() {
        Standing standing = task.target().probe();
        Admission admission = new Admission(task, standing);
        List<String> refusals = new ArrayList<>();
        admission.refusal().or(this::busy).ifPresent(refusals::add);
        Plan plan = Plan.of(range, standing, List.of());
        Survey survey = new Survey();
        Traffic once;
        try (Replay replay = task.replay(standing, Replay.Witness.NOBODY)) {
            plan.windows().forEach(window -> survey.look(replay, task.window(window)));
            once = task.expectation().traffic();
            Encounter.Decision met = new Encounter(task, standing, replay).decide(plan, survey);
            met.refusal().ifPresent(refusals::add);
            plan = met.plan();
        }
        List<String> notes = new ArrayList<>(admission.notes());
        notes.addAll(Encounter.notes(plan.decided()));
        notes.addAll(waiting(survey, standing));
        admission.unheeded(plan.range(), standing).ifPresent(notes::add);
        return new Preview(
                plan.range(),
                standing,
                plan.partitions().size(),
                plan.widthMs(),
                verdict(survey, standing, refusals, notes),
                survey.total(),
                metrics(survey, standing),
                estimate(survey, plan, standing, once));
    }

    /// By a job of other wishes; the same wishes are the same job.
    private Optional<String> busy() {
        String own =
                Job.all(vault).stream()
                        .filter(job -> !job.state().isEnd())
                        .filter(job -> task.manifest().equals(Manifest.read(job.manifest())))
                        .map(Job::id)
                        .findFirst()
                        .orElse("");
        return new Claims(vault, own, task.manifest().target()).refusal(range);
    }

    private static Verdict verdict(
            Survey survey, Standing standing, List<String> refusals, List<String> notes) {
        Verdict room = room(survey.range(Kind.MISSING), standing);
        return new Verdict(
                Stream.concat(refusals.stream(), room.reasons().stream()).toList(),
                room.remedies(),
                Stream.concat(notes.stream(), room.notes().stream()).toList());
    }

    /// What is there need not be taken.
    private static Verdict room(Optional<TimeRange> missing, Standing standing) {
        return missing.map(some -> Preflight.of(some, standing))
                .orElseGet(() -> new Verdict(List.of(), List.of(), standing.notes()));
    }

    private static List<Metric> metrics(Survey survey, Standing standing) {
        List<Metric> metrics = new ArrayList<>();
        survey.metrics()
                .forEach(
                        (name, tally) ->
                                metrics.add(
                                        new Metric(
                                                name,
                                                tally.equal(),
                                                some(tally, Kind.CHANGED),
                                                some(tally, Kind.MISSING),
                                                some(tally, Kind.EXTRA),
                                                advice(tally, standing),
                                                room(tally.range(Kind.MISSING), standing))));
        return metrics;
    }

    private static Some some(Tally tally, Kind kind) {
        return new Some(tally.samples(kind), tally.range(kind));
    }

    /// Without conflicts all policies do the same, and the usual one is the safest. Where values
    /// can be replaced, a person has to say which are the right ones.
    private static Overlap advice(Tally tally, Standing standing) {
        boolean replaceable =
                tally.range(Kind.CHANGED)
                        .filter(_ -> Replaceable.refusal(standing).isEmpty())
                        .filter(range -> obstacle(standing, range).isEmpty())
                        .isPresent();
        return replaceable ? Overlap.OVERWRITE : Overlap.SKIP;
    }

    private static Optional<String> obstacle(Standing standing, TimeRange conflicts) {
        return Replaceable.refusal(standing, conflicts).or(() -> Replaceable.doubt(standing));
    }

    /// When values can be replaced that cannot be now.
    private static List<String> waiting(Survey survey, Standing standing) {
        return survey
                .range(Kind.CHANGED)
                .filter(_ -> Replaceable.refusal(standing).isEmpty())
                .flatMap(range -> obstacle(standing, range))
                .map("overwrite would not do now: "::concat)
                .stream()
                .toList();
    }

    /// @param once what one look at all of the backup has read
    private Estimate estimate(Survey survey, Plan plan, Standing standing, Traffic once) {
        long limit = task.manifest().samplesPerSecond();
        long speed = limit == 0 ? SAMPLES_PER_SECOND : Math.min(limit, SAMPLES_PER_SECOND);
        long missing = survey.total().missing();
        long windows = plan.windows().size();
        Duration waiting =
                standing.order().any()
                        ? standing.flushWait().multipliedBy(Math.ceilDiv(windows, 12))
                        : standing.flushWait().multipliedBy(windows);
        return new Estimate(
                (READS * windows) + Math.ceilDiv(missing, SAMPLES_PER_REQUEST),
                waiting.plus(Duration.ofMillis(1000 * missing / speed)),
                standing.mayHold(plan.range())
                        ? once.plus(once).plus(once) // also before the first write
                        : once.plus(once));
    }
}
