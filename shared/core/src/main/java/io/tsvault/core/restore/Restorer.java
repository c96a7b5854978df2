package io.tsvault.core.restore;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.Vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;

/// Restores what a manifest asks for, to the end or until it is stopped. Whoever begins the same
/// again goes on where it was.
public final class Restorer {
    private final Vault vault;
    private final Target target;
    private final Surroundings around;
    private Precaution precaution = Restorer::cannot;

    /// What a restore takes from the world around it, and tells it.
    ///
    /// @param until when it has to stop; the next call goes on
    public record Surroundings(
            Clock clock, Pause pause, Instant until, Watcher watcher, Manner manner) {
        /// In the usual manner.
        public Surroundings(Clock clock, Pause pause, Instant until, Watcher watcher) {
            this(clock, pause, until, watcher, Manner.USUAL);
        }
    }

    /// How a restore goes about it; what comes of it is the same.
    ///
    /// @param partitions to work on at once, where the target takes them in any order
    /// @param look how long one that follows rests before it looks again; zero: it brings what
    ///     there is, and the next call goes on
    public record Manner(int partitions, Duration look) {
        /// One after the other, once.
        public static final Manner USUAL = new Manner(1, Duration.ZERO);

        /// At least one partition, and never back in time.
        public Manner {
            if (partitions < 1 || look.isNegative()) {
                throw new IllegalArgumentException(
                        "%d partitions at once, a look every %s: at least one, and not before now"
                                .formatted(partitions, look));
            }
        }
    }

    /// Keeps what a target has in a range before anything is written there.
    @FunctionalInterface
    public interface Precaution {
        /// Goes on where it was stopped.
        ///
        /// @return the name of the stream that has it now; empty when there was nothing
        /// @throws Permanent when it cannot be kept; then nothing will be written
        String take(String job, TimeRange range);
    }

    /// From `vault` into `target`.
    public Restorer(Vault vault, Target target, Surroundings around) {
        this.vault = vault;
        this.target = target;
        this.around = around;
    }

    /// How the target is backed up for those who ask for `backupFirst`.
    public Restorer with(Precaution other) {
        precaution = other;
        return this;
    }

    private static String cannot(String job, TimeRange range) {
        throw new Permanent(
                "backupFirst is not to be had here: run tsvault backup on the target first, for %s, then"
                                .formatted(range)
                        + " restore without it");
    }

    /// What would come of it, and whether it is possible; nothing is written, not even the request.
    public Preview preview(Manifest manifest) {
        Task task = task(manifest);
        Optional<TimeRange> range = task.expectation().range();
        if (range.isEmpty()) {
            throw nothing(task.logs(), manifest);
        }
        return new Previewing(task, vault, range.get()).run();
    }

    /// Restores.
    ///
    /// @param tenant who asks
    /// @throws Permanent when it is refused before anything was asked for: unknown streams, nothing
    ///     to restore, a request that is done or that nobody can meet
    public Restored run(String tenant, Manifest manifest) {
        Task task = task(manifest);
        if (manifest.follow()) {
            Job job = Job.accept(vault, tenant, manifest.jobId(tenant), manifest.canonical());
            return follow(job, task);
        }
        Optional<TimeRange> range = task.expectation().range();
        if (range.isEmpty()) {
            throw nothing(task.logs(), manifest);
        }
        Job job = Job.accept(vault, tenant, manifest.jobId(tenant), manifest.canonical());
        requireUndone(job, manifest);
        if (job.state() == Job.State.PARTIAL) {
            job.forgetProgress(); // what was missing may be taken now
        }
        job.take("asked for");
        return new RestoreRun(job, task.heeding(job)).run(range.get());
    }

    private Restored follow(Job job, Task task) {
        job.take("asked for");
        return new FollowRun(job, task.heeding(job), around).run();
    }

    /// The jobs at work that follow a stream: those to be run when something of it is kept.
    public static List<Manifest> following(Vault vault, String stream) {
        return Job.all(vault).stream()
                .filter(job -> !job.state().isEnd())
                .map(job -> Manifest.read(job.manifest()))
                .filter(manifest -> manifest.follow() && manifest.streams().contains(stream))
                .toList();
    }

    /// Puts back what a job has replaced by `overwrite`, proven as ever.
    ///
    /// @throws Permanent when it has replaced nothing, or is at work
    public Restored undo(Job job) {
        return new Undoing(job, task(Manifest.read(job.manifest()))).run();
    }

    private Task task(Manifest manifest) {
        List<StreamLog> logs = logs(vault, manifest);
        return new Task(manifest, Expectation.of(logs, manifest), logs, target, precaution, around);
    }

    private static void requireUndone(Job job, Manifest manifest) {
        boolean open = manifest.to().isEmpty() && manifest.asOf().isEmpty();
        if (job.state() == Job.State.DONE && open) {
            throw new Permanent(
                    ("job %s has restored just this, and is done; the backup has grown since? Then"
                                    + " name \"to\" or \"asOf\", or set \"runId\" to do it once"
                                    + " more")
                            .formatted(job.id()));
        }
    }

    static List<StreamLog> logs(Vault vault, Manifest manifest) {
        List<String> there = vault.streams();
        List<StreamLog> logs = new ArrayList<>();
        for (String stream : manifest.streams()) {
            if (!there.contains(stream)) {
                throw new Permanent(
                        "%s has no stream %s; it has %s"
                                .formatted(vault.location(), stream, String.join(", ", there)));
            }
            logs.add(vault.stream(stream));
        }
        return logs;
    }

    static Permanent nothing(List<StreamLog> logs, Manifest manifest) {
        List<String> have = new ArrayList<>();
        for (StreamLog log : logs) {
            SequencedCollection<Settled> slices = log.state().slices();
            have.add(
                    slices.isEmpty()
                            ? log.name().id() + " has nothing"
                            : "%s has %s to %s"
                                    .formatted(
                                            log.name().id(),
                                            time(slices.getFirst().slice().startMs()),
                                            time(slices.getLast().slice().endMs())));
        }
        String when = manifest.asOf().map(asOf -> "as of %s ".formatted(asOf)).orElse("");
        return new Permanent(
                when + "the backup has no samples in that range: " + String.join(", ", have));
    }

    static String time(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }
}
