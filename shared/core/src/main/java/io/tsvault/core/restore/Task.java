package io.tsvault.core.restore;

import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.StreamLog;

import java.time.Duration;
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

    /// The same, but it waits and writes only as long as the job is to go on.
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
                new Restorer.Surroundings(around.clock(), pause, around.until(), around.watcher());
        Target heeded = new Heeding(target, job, around.clock());
        return new Task(manifest, expectation, logs, heeded, precaution, heeding);
    }

    /// At the speed that is asked for.
    Target paced() {
        return Paced.of(target, manifest.samplesPerSecond(), around.clock(), around.pause());
    }

    Replay replay(Standing standing, Replay.Witness witness) {
        return new Replay(
                paced(),
                standing,
                new Replay.Surroundings(around.clock(), around.pause(), witness));
    }

    Replay.Window window(TimeRange range) {
        return expectation.window(range);
    }

    /// What the logs are at.
    List<String> heads() {
        return logs.stream().map(log -> log.name().id() + " " + log.head().sha256()).toList();
    }
}
