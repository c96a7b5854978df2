package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Accepted;
import io.tsvault.core.vault.record.Event.Amend;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Cancel;
import io.tsvault.core.vault.record.Event.Commit;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.Event.Empty;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.GapAck;
import io.tsvault.core.vault.record.Event.Part;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Planned;
import io.tsvault.core.vault.record.Event.Report;
import io.tsvault.core.vault.record.Event.Reread;
import io.tsvault.core.vault.record.Event.Resume;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Event.SweepDone;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.Event.Unpin;
import io.tsvault.core.vault.record.Event.WithChunks;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What may be recorded of a stream that is so: the invariants 2 to 4 of the package.
///
/// Held against a record before it is written, since none is ever taken back; and again whenever
/// it is read.
///
/// @param state of which nothing is changed
record StreamRules(StreamState state) {
    /// @param key of the record
    /// @throws DamagedVault when it cannot follow on this state
    void require(Entry entry, String key) {
        problem(entry.event())
                .ifPresent(
                        problem -> {
                            throw new DamagedVault(key, "this " + entry.kind() + " " + problem);
                        });
    }

    private Optional<String> problem(Event event) {
        return switch (event) {
            case Commit commit ->
                    dead(commit).or(() -> strange(commit)).or(() -> settled(commit.slice()));
            case Part part -> dead(part).or(() -> settled(part.slice()));
            case Empty empty -> settled(empty.slice());
            case Gap gap -> settled(gap.slice());
            case GapAck ack ->
                    unsuited(
                            ack.slice(),
                            settled -> settled.status() == Status.GAP,
                            "acknowledges what is no gap");
            case Amend amend ->
                    dead(amend)
                            .or(
                                    () ->
                                            unsuited(
                                                    amend.slice(),
                                                    settled -> settled.status() != Status.EXPIRED,
                                                    "amends an expired slice"));
            case Expire expire -> pinned(expire);
            case SweepPlan plan -> strange(plan).or(() -> living(plan));
            case SweepDone done ->
                    unless(state.unfinishedSweeps().containsKey(done.plan()), "ends no sweep");
            case Config _, Accepted _, Planned _, Cancel _, Report _ ->
                    Optional.of("is of another log");
            case Resume _ -> unless(state.halt().isPresent(), "resumes what has not halted");
            case Reread _, Attempt _, Pin _, Unpin _, State _ -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean holds, String problem) {
        return holds ? Optional.empty() : Optional.of(problem);
    }

    private Optional<String> settled(TimeRange slice) {
        return unless(state.isUnsettled(slice), "is about a slice of which some is settled");
    }

    private Optional<String> unsuited(TimeRange slice, Predicate<Settled> rule, String problem) {
        Optional<Settled> settled = state.slice(slice);
        return settled.isEmpty()
                ? Optional.of("is about a slice not settled")
                : unless(rule.test(settled.get()), problem);
    }

    private Optional<String> dead(WithChunks named) {
        return named.chunks().stream()
                .filter(chunk -> state.isDead(named.slice(), chunk))
                .findFirst()
                .map(chunk -> "names what a sweep deletes: " + state.key(named.slice(), chunk));
    }

    private Optional<String> strange(Commit commit) {
        Set<Long> kept = state.parts(commit.slice()).keySet();
        return commit.parts().stream()
                .filter(part -> !kept.contains(part))
                .findFirst()
                .map("names record %d, which is no part of its slice"::formatted);
    }

    private Optional<String> pinned(Expire expire) {
        boolean pinned =
                expire.ranges().stream()
                        .flatMap(range -> state.within(range).stream())
                        .anyMatch(settled -> state.isPinned(settled.slice()));
        return unless(!pinned, "expires a slice that is pinned");
    }

    private Optional<String> strange(SweepPlan plan) {
        return plan.keys().stream()
                .filter(key -> !state.isChunkOrPage(key))
                .findFirst()
                .map("would delete what is no chunk or page of this stream: "::concat);
    }

    private Optional<String> living(SweepPlan plan) {
        Set<String> live = state.liveChunks().keySet();
        return plan.keys().stream()
                .filter(live::contains)
                .findFirst()
                .map(key -> "would delete a live chunk: " + key);
    }
}
