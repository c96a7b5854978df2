package io.tsvault.core.restore;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Unpin;

import java.util.List;
import java.util.Optional;

/// What a job holds while it is at work: nothing that it reads may be collected, and nobody else
/// may write where it writes.
final class Holding {
    private final Job job;
    private final List<StreamLog> logs;
    private final Claims claims;
    private final Pin pin;
    private final boolean isCopy;

    Holding(Job job, Task task) {
        this.job = job;
        this.logs = task.logs();
        this.claims = new Claims(job.vault(), job.id(), task.manifest().target());
        this.isCopy = job.vault().isCopy();
        this.pin =
                new Pin(
                        "restore-" + job.id(),
                        task.manifest().range(),
                        "restore into " + task.manifest().target());
    }

    /// Was anybody at work who has not let go? Asked before [#take].
    boolean isLeftOpen() {
        return isCopy ? job.plan().isPresent() : claims.areOpen();
    }

    /// Takes hold, or says why it cannot.
    ///
    /// @param range of the target
    Optional<String> take(TimeRange range) {
        if (isCopy) {
            return Optional.empty();
        }
        Optional<String> refusal = claims.take(range);
        if (refusal.isEmpty()) {
            for (StreamLog log : logs) {
                log.append(_ -> isPinned(log) ? Optional.empty() : Optional.of(pin));
            }
        }
        return refusal;
    }

    private boolean isPinned(StreamLog log) {
        return log.state().pins().containsKey(pin.holder());
    }

    /// Lets go of everything.
    void end() {
        if (!isCopy) {
            claims.release();
        }
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
