package io.tsvault.core.restore;

import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.StreamLog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is to be done, and with what.
///
/// @param expectation what the manifest makes of the backup
/// @param logs of the streams that it names
/// @param precaution keeps what the target has, if that is asked for
record Task(
        Manifest manifest,
        Expectation expectation,
        List<StreamLog> logs,
        Target target,
        Restorer.Precaution precaution,
        Restorer.Surroundings around) {
    /// Copies the list.
    Task {
        logs = List.copyOf(logs);
    }

    /// The same, but it waits and writes only as long as the job is to go on, and no faster than
    /// it is asked to, however many do it at once.
    Task heeding(Job job) {
        Duration most = Job.ASKED_EVERY;
        Pause pause =
                time -> {
                    for (Duration left = time; left.isPositive(); left = left.minus(most)) {
                        job.heed(around.clock().instant());
                        around.pause().take(left.compareTo(most) < 0 ? left : most);
                    }
                };
        Restorer.Surroundings heeding =
                new Restorer.Surroundings(
                        around.clock(), pause, around.until(), around.watcher(), around.manner());
        Target heeded =
                Paced.of(
                        new Heeding(target, job, around.clock()),
                        manifest.samplesPerSecond(),
                        around.clock(),
                        pause);
        return new Task(manifest, expectation, logs, heeded, precaution, heeding);
    }

    /// The same of a part of the backup, as the logs are now.
    Task within(TimeRange part) {
        Manifest some = manifest.within(part);
        return new Task(some, Expectation.of(logs, some), logs, target, precaution, around);
    }

    /// Added to every time of the backup.
    long shiftMs() {
        return manifest.shift().toMillis();
    }

    Instant now() {
        return around.clock().instant();
    }

    /// @throws Stop when there is no more time, or the job is not to go on
    void requireGoingOn(Job job) {
        Instant now = now();
        if (!now.isBefore(around.until())) {
            throw new Stop(State.RUNNING, "no more time; the same command goes on");
        }
        job.heed(now);
    }

    Replay replay(Standing standing, Replay.Witness witness) {
        return new Replay(
                target, standing, new Replay.Surroundings(around.clock(), around.pause(), witness));
    }

    Replay.Window window(TimeRange range) {
        return expectation.window(range);
    }

    /// What the logs are at.
    List<String> heads() {
        return logs.stream().map(log -> log.name().id() + " " + log.head().sha256()).toList();
    }
}
