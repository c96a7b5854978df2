package io.tsvault.core.restore;

import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far a job has come that follows. The vault knows it as the progress of the only partition;
/// what was brought ahead of that only this run knows: the next one looks at it once more.
final class Reach {
    private final Job job;
    private final long shiftMs;
    private final SortedMap<String, Outcome> ahead = new TreeMap<>();
    private Progress safe;
    private Progress reached;

    private Reach(Job job, long shiftMs, Progress safe) {
        this.job = job;
        this.shiftMs = shiftMs;
        this.safe = safe;
        this.reached = safe;
    }

    /// As the vault has it, and the target as it is now.
    static Reach of(Job job, Task task, Standing now) {
        long shiftMs = task.shiftMs();
        long fromMs = task.manifest().range().startMs();
        long startMs = fromMs == Long.MIN_VALUE ? fromMs : fromMs + shiftMs;
        Plan plan = job.plan(Plan.endless(startMs, task.heads()));
        Progress begun =
                new Progress(
                        plan.partitions().getFirst().startMs(),
                        Outcome.NOTHING,
                        Optional.empty(),
                        seen(task.logs()));
        return new Reach(
                job,
                shiftMs,
                job.progress(0).filter(progress -> progress.holdsFor(now)).orElse(begun));
    }

    /// The newest record of each log.
    static SortedMap<String, Long> seen(List<StreamLog> logs) {
        SortedMap<String, Long> seen = new TreeMap<>();
        logs.forEach(log -> seen.put(log.name().id(), log.head().seq()));
        return seen;
    }

    /// What is not brought yet, as the target has times.
    TimeRange left() {
        return new TimeRange(reached.doneMs(), Long.MAX_VALUE);
    }

    /// The same, as the backup has times.
    TimeRange leftOfBackup() {
        long doneMs = reached.doneMs();
        return new TimeRange(doneMs == Long.MIN_VALUE ? doneMs : doneMs - shiftMs, Long.MAX_VALUE);
    }

    /// What became of all that was brought.
    Outcome outcome() {
        return ahead.values().stream().reduce(reached.outcome(), Outcome::plus);
    }

    /// A target that was restarted may have lost what is not known to be flushed: that is to be
    /// brought once more.
    ///
    /// @return false when it was restarted
    boolean holdsFor(Standing now) {
        boolean holds = reached.holdsFor(now);
        reached = holds ? reached : safe;
        return holds;
    }

    /// Some of a piece is proven; who goes on with it need not begin anew.
    void landed(long untilMs, Outcome some, Optional<Instant> started) {
        reached = new Progress(untilMs, reached.outcome().plus(some), started, reached.seen());
    }

    /// What has landed is told to the vault.
    void tell() {
        job.progress(0, reached);
    }

    /// A piece is brought, and no restart can take it.
    ///
    /// @param endMs of it, as the backup has times
    /// @param seen the records that it was read by
    void bringsTo(long endMs, SortedMap<String, Long> seen) {
        safe = new Progress(endMs + shiftMs, reached.outcome(), Optional.empty(), seen);
        reached = safe;
        tell();
    }

    /// Was this brought ahead?
    boolean isAhead(String name) {
        return ahead.containsKey(name);
    }

    void bringsAhead(String name, Outcome outcome) {
        ahead.put(name, outcome);
    }

    /// What is not ahead any more counts with all else.
    void forgetAllBut(SortedMap<String, TimeRange> still) {
        ahead.keySet().retainAll(still.keySet());
    }

    /// What of that which was brought has changed since, once. It is listed, and not sent: the
    /// target has newer samples by now.
    List<String> amended(List<StreamLog> logs) {
        List<String> amended = new ArrayList<>();
        for (StreamLog log : logs) {
            long seenSeq = reached.seen().getOrDefault(log.name().id(), log.head().seq());
            log.state().slices().stream()
                    .filter(settled -> isAmended(settled, seenSeq))
                    .map(settled -> amended(log, settled.slice()))
                    .forEach(amended::add);
        }
        reached = new Progress(reached.doneMs(), reached.outcome(), reached.started(), seen(logs));
        return amended;
    }

    private boolean isAmended(Settled settled, long seenSeq) {
        return settled.revisions().size() > 1
                && settled.revisions().getLast().seq() > seenSeq
                && settled.slice().endMs() <= leftOfBackup().startMs();
    }

    private static String amended(StreamLog log, TimeRange slice) {
        return ("%s from %s to %s was amended after it was brought: it is not sent again; compare,"
                        + " or restore just that")
                .formatted(
                        log.name().id(),
                        Restorer.time(slice.startMs()),
                        Restorer.time(slice.endMs()));
    }
}
