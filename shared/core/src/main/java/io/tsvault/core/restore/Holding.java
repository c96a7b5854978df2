package io.tsvault.core.restore;

import io.tsvault.core.manifest.Overlap;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Unpin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a job holds while it is at work: nothing that it reads may be collected, and nobody else
/// may write where it writes.
final class Holding {
    /// A pin is a record, and one that is moved with each slice would be as many again.
    private static final long MOVED_EVERY_MS = Duration.ofDays(1).toMillis();

    private final Job job;
    private final Task task;
    private final List<StreamLog> logs;
    private final Claims claims;
    private final JobPin mine;
    private Pin pin;
    private final boolean isCopy;

    Holding(Job job, Task task) {
        this.job = job;
        this.task = task;
        this.logs = task.logs();
        this.claims = new Claims(job.vault(), job.id(), task.manifest().target());
        this.isCopy = job.vault().isCopy();
        this.mine = new JobPin(job.id());
        this.pin = pin(task.manifest().range());
    }

    private Pin pin(TimeRange read) {
        return mine.on(read, task.manifest().target());
    }

    /// Takes hold, or says why it cannot. What somebody sent who was here just now has arrived, and
    /// is safe, before anybody looks: else it would be sent twice, or be taken for proven and then
    /// be lost.
    ///
    /// @param range of the target
    Optional<String> take(TimeRange range, Standing standing) {
        return settled(standing, () -> held(range));
    }

    /// The same of who reads nothing of the backup.
    Optional<String> claim(TimeRange range, Standing standing) {
        return settled(standing, () -> claimed(range));
    }

    private Optional<String> settled(Standing standing, Supplier<Optional<String>> taking) {
        boolean deletes = task.manifest().overlap() == Overlap.OVERWRITE;
        Duration settling = Replay.settling(standing, deletes);
        boolean waits = !settling.isZero() && isLeftOpen();
        Optional<String> refusal = taking.get();
        if (refusal.isEmpty() && waits) { // who was cancelled may not have heard of it yet
            task.around().pause().take(settling.plus(Job.ASKED_EVERY));
        }
        return refusal;
    }

    /// Was anybody at work who has not let go?
    private boolean isLeftOpen() {
        return isCopy ? job.plan().isPresent() : claims.areOpen();
    }

    private Optional<String> claimed(TimeRange range) {
        return isCopy ? Optional.empty() : claims.take(range);
    }

    private Optional<String> held(TimeRange range) {
        Optional<String> refusal = claimed(range);
        if (refusal.isEmpty() && !isCopy) {
            for (StreamLog log : logs) {
                log.refresh(); // a pin that was there may have been released meanwhile
                log.append(_ -> isPinned(log) ? Optional.empty() : Optional.of(pin));
            }
        }
        return refusal;
    }

    private boolean isPinned(StreamLog log) {
        return mine.isIn(log.state());
    }

    /// What lies before this is not read any more, and may expire, a day later at most.
    void readsFrom(long fromMs) {
        if (!isCopy && pin.range().startMs() < fromMs - MOVED_EVERY_MS) {
            pin = pin(new TimeRange(fromMs, pin.range().endMs()));
            logs.forEach(log -> log.append(_ -> Optional.of(pin)));
        }
    }

    /// Nothing is under way, and others may write; what is still to be read stays.
    void rest() {
        if (!isCopy) {
            claims.release();
        }
    }

    /// Lets go of everything.
    void end() {
        rest();
        stopReading();
    }

    /// What it read may be collected. What it claims stays claimed, in nobody's way once the job
    /// has ended: by that whoever comes next knows that some of it may be under way.
    void stopReading() {
        for (StreamLog log : logs) {
            if (!isCopy) {
                log.append(
                        _ ->
                                isPinned(log)
                                        ? Optional.of(new Unpin(pin.holder()))
                                        : Optional.empty());
            }
        }
    }
}
