package io.tsvault.core.restore;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Restorer.Surroundings;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Status;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/// One run of a restore that follows its streams: brings what is [Due], piece by piece, rests, and
/// looks again. Whoever does not answer is waited for.
final class FollowRun {
    private final Job job;
    private final Task task;
    private final Surroundings around;
    private final Holding holding;
    private final Evidence evidence;
    private final Ending ending;
    private Optional<Reach> begun = Optional.empty();
    private Optional<Task> last = Optional.empty();
    private Optional<Restored> resting = Optional.empty();
    private Optional<Restored> end = Optional.empty();
    private final Telling telling;
    private boolean away;

    /// @param task that heeds the job
    /// @param around as it is for who does not
    FollowRun(Job job, Task task, Surroundings around) {
        this.job = job;
        this.task = task;
        this.around = around;
        this.holding = new Holding(job, task);
        this.evidence = new Evidence(job);
        this.ending = new Ending(job, task, holding, evidence);
        this.telling = new Telling(task, evidence, () -> begun.ifPresent(Reach::tell));
    }

    Restored run() {
        return ending.of(this::story);
    }

    private Restored story() {
        around.watcher().enters("follow");
        while (end.isEmpty()) {
            try {
                step();
            } catch (Transient e) {
                await(e);
            }
        }
        return end.get();
    }

    /// Said once, however long it takes.
    private void await(Transient why) {
        boolean ends = !task.now().plus(Job.ASKED_EVERY).isBefore(around.until());
        if (around.manner().look().isZero() || ends || Thread.currentThread().isInterrupted()) {
            throw why;
        }
        if (!away) {
            around.watcher().awaits(String.valueOf(why.getMessage()));
        }
        away = true;
        telling.still();
        around.pause().take(Job.ASKED_EVERY);
    }

    private void step() {
        task.requireGoingOn(job);
        task.logs().forEach(StreamLog::refresh);
        Reach reach = begun.isPresent() ? begun.get() : begin();
        if (end.isPresent()) {
            return;
        }
        boolean rests = !bring(reach);
        away = false;
        ending.outcome(reach.outcome());
        if (rests && end.isEmpty()) {
            rest(reach);
        }
    }

    private Reach begin() {
        Standing standing = task.target().probe();
        Reach reach = Reach.of(job, task, standing);
        end = holding.take(reach.left(), standing).map(ending::refused);
        begun = Optional.of(reach);
        return reach;
    }

    /// @return is there perhaps more to bring?
    private boolean bring(Reach reach) {
        Due due = Due.of(task.logs(), reach.leftOfBackup());
        tell(reach);
        reach.forgetAllBut(due.ahead());
        Optional<Map.Entry<String, TimeRange>> ahead =
                due.ahead().entrySet().stream()
                        .filter(slice -> !reach.isAhead(slice.getKey()))
                        .findFirst();
        if (due.next().isEmpty() && ahead.isEmpty()) {
            return false;
        }
        Standing standing = task.target().probe();
        if (!reach.holdsFor(standing)) {
            return true;
        }
        if (due.next().isPresent()) {
            next(reach, standing, due.next().get());
            return true;
        }
        if (!standing.order().any()) {
            return false;
        }
        Map.Entry<String, TimeRange> slice = ahead.orElseThrow();
        brought(slice.getValue(), standing, (_, _) -> {})
                .ifPresent(outcome -> reach.bringsAhead(slice.getKey(), outcome));
        return true;
    }

    private void tell(Reach reach) {
        List<String> amended = reach.amended(task.logs());
        if (!amended.isEmpty()) {
            wake();
            ending.notes().addAll(amended);
            reach.tell();
        }
    }

    private void next(Reach reach, Standing standing, TimeRange piece) {
        SortedMap<String, Long> seen = Reach.seen(task.logs());
        brought(piece, standing, landing(reach, standing, piece))
                .ifPresent(
                        _ -> {
                            reach.bringsTo(piece.endMs(), seen);
                            holding.readsFrom(piece.endMs());
                        });
    }

    private BiConsumer<Long, Outcome> landing(Reach reach, Standing standing, TimeRange piece) {
        return (untilMs, some) -> {
            reach.landed(untilMs, some, standing.started());
            ending.outcome(reach.outcome());
            telling.further(false);
            double share =
                    (double) (untilMs - task.shiftMs() - piece.startMs())
                            / piece.length().toMillis();
            around.watcher().brought(untilMs, share, reach.outcome());
        };
    }

    /// @return what became of a piece; nothing if it is to be looked at again, or is the end
    private Optional<Outcome> brought(
            TimeRange range, Standing standing, BiConsumer<Long, Outcome> landing) {
        wake();
        SortedMap<String, Long> seen = Reach.seen(task.logs());
        Task part = task.within(range);
        Piece piece = new Piece(job, part, standing, evidence, landing);
        try {
            end = piece.bring().map(ending::refused);
        } catch (DamagedVault e) {
            requireExpired(e, seen);
            return Optional.empty();
        }
        evidence.flush();
        last = Optional.of(part);
        ending.notes().addAll(piece.notes());
        if (piece.isLast()) {
            end = Optional.of(ending.conclude(part));
        }
        return end.isPresent() ? Optional.empty() : Optional.of(piece.outcome());
    }

    /// A copy of a vault cannot be pinned: what is not there may have expired at this moment.
    private void requireExpired(DamagedVault found, SortedMap<String, Long> seen) {
        boolean expired = false;
        for (StreamLog log : task.logs()) {
            log.refresh();
            long seenSeq = seen.getOrDefault(log.name().id(), 0L);
            expired |=
                    log.state().slices().stream()
                            .anyMatch(s -> s.status() == Status.EXPIRED && s.seq() > seenSeq);
        }
        if (!expired) {
            throw found;
        }
    }

    /// There is something to tell.
    private void wake() {
        if (resting.isPresent()) {
            around.watcher().enters("replay");
            ending.notes().clear();
            resting = Optional.empty();
        }
    }

    /// Until the next look, or for good when there is no time for one.
    private void rest(Reach reach) {
        if (resting.isEmpty()) {
            Task part = last.orElseGet(() -> task.within(reach.leftOfBackup()));
            resting = Optional.of(ending.rest(part));
            around.watcher().rests(resting.get());
        }
        Duration look = around.manner().look();
        if (look.isZero() || !task.now().plus(look).isBefore(around.until())) {
            holding.rest();
            end = resting;
        } else {
            telling.still();
            task.around().pause().take(look);
        }
    }
}
