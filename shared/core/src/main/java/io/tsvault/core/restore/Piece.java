package io.tsvault.core.restore;

import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// A part of the backup that a standby gets, by the same rules as if a restore of just that were
/// asked for.
final class Piece implements Inflow.Landing {
    private final Job job;
    private final Task part;
    private final Standing standing;
    private final Evidence evidence;
    private final BiConsumer<Long, Outcome> landing;
    private final List<String> notes = new ArrayList<>();
    private Outcome outcome = Outcome.NOTHING;
    private boolean last;

    /// @param part what is to be brought
    /// @param landing is told up to when it has come, and what became of that
    Piece(
            Job job,
            Task part,
            Standing standing,
            Evidence evidence,
            BiConsumer<Long, Outcome> landing) {
        this.job = job;
        this.part = part;
        this.standing = standing;
        this.evidence = evidence;
        this.landing = landing;
    }

    /// Brings it in, and proves it.
    ///
    /// @return why nothing of it was brought
    Optional<String> bring() {
        part.logs().forEach(this::expired);
        Optional<TimeRange> range = part.expectation().range();
        return range.isEmpty() ? Optional.empty() : bring(range.get());
    }

    private Optional<String> bring(TimeRange range) {
        Admission admission = new Admission(part, standing);
        Optional<String> refusal = admission.refusal();
        if (refusal.isPresent()) {
            return refusal;
        }
        try (Replay replay = part.replay(standing, evidence.witness())) {
            Plan whole = Plan.of(range, standing, List.of());
            Encounter.Decision met = new Encounter(part, standing, replay).decide(whole);
            refusal = met.refusal().or(() -> admission.refusal(met, standing, replay));
            notes.addAll(admission.notes());
            if (refusal.isEmpty()) {
                bring(met, replay);
            }
        }
        return refusal;
    }

    private void bring(Encounter.Decision met, Replay replay) {
        Plan plan = met.plan();
        Inflow inflow = new Inflow(job, part, standing, evidence, met.seen());
        inflow.bring(replay, plan.windows(), this);
        RestoreRun.requireSafe(part, standing, outcome);
        last = plan.decided().leftMs() < Long.MAX_VALUE;
        notes.addAll(inflow.notes());
        notes.addAll(Encounter.notes(plan.decided()));
    }

    @Override
    public boolean goesOn() {
        return true;
    }

    @Override
    public void landed(long untilMs, Outcome some) {
        outcome = outcome.plus(some);
        landing.accept(untilMs, some);
    }

    private void expired(StreamLog log) {
        long expired =
                log.state().slices().stream()
                        .filter(settled -> settled.slice().meets(part.manifest().range()))
                        .filter(settled -> settled.status() == Status.EXPIRED)
                        .count();
        if (expired > 0) {
            notes.add(
                    "of %s, %,d slices had expired before they were brought"
                            .formatted(log.name().id(), expired));
        }
    }

    /// What became of it.
    Outcome outcome() {
        return outcome;
    }

    /// What a person should know.
    List<String> notes() {
        return notes;
    }

    /// Does the target have its own samples from here on? Then it is no standby any more.
    boolean isLast() {
        return last;
    }
}
