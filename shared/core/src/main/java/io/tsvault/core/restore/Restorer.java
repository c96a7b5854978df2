package io.tsvault.core.restore;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.replay.Archive;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.Vault;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Restores what a manifest asks for, to the end or until it is stopped. Whoever begins the same
/// again goes on where it was.
public final class Restorer {
    private final Vault vault;
    private final Target target;
    private final Surroundings around;

    /// What a restore takes from the world around it, and tells it.
    ///
    /// @param until when it has to stop; the next call goes on
    public record Surroundings(Clock clock, Pause pause, Instant until, Watcher watcher) {}

    /// From `vault` into `target`.
    public Restorer(Vault vault, Target target, Surroundings around) {
        this.vault = vault;
        this.target = target;
        this.around = around;
    }

    /// What would come of it, and whether it is possible; nothing is written, not even the request.
    public Preview preview(Manifest manifest) {
        requireKnown(manifest);
        List<StreamLog> logs = logs(manifest);
        Expectation expectation = expectation(manifest, logs);
        Standing standing = target.probe();
        Optional<TimeRange> range = expectation.range();
        if (range.isEmpty()) {
            throw nothing(logs);
        }
        Verdict verdict = Preflight.of(range.get(), standing);
        return Preview.of(range.get(), standing, verdict, expectation, target, around);
    }

    /// Restores.
    ///
    /// @param tenant who asks
    /// @throws Permanent when it is refused before anything was asked for: unknown streams, nothing
    ///     to restore, a request that is done or that nobody can meet
    public Restored run(String tenant, Manifest manifest) {
        requireKnown(manifest);
        List<StreamLog> logs = logs(manifest);
        Expectation expectation = expectation(manifest, logs);
        Optional<TimeRange> range = expectation.range();
        if (range.isEmpty()) {
            throw nothing(logs);
        }
        Job job = Job.accept(vault, tenant, manifest.jobId(tenant), manifest.canonical());
        requireUndone(job, manifest);
        if (job.state() == Job.State.PARTIAL) {
            job.forgetProgress(); // what was missing may be taken now
        }
        if (job.state().isEnd()) {
            job.resume("asked for again");
        }
        return new RestoreRun(job, manifest, expectation, logs, target, around).run(range.get());
    }

    /// What a manifest may ask for, and nobody can do yet, is refused and never left out.
    private static void requireKnown(Manifest manifest) {
        if (manifest.overlap() == Overlap.OVERWRITE) {
            throw new Permanent(
                    "overlap overwrite is not supported: servers answer yes to a delete and keep"
                        + " the samples. See by --overlap warn what differs, delete that range of"
                        + " the target yourself, then restore with skip");
        }
        if (manifest.backupFirst()) {
            throw new Permanent(
                    "backupFirst is not supported: run tsvault backup on the target first, then"
                            + " restore without it");
        }
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

    private List<StreamLog> logs(Manifest manifest) {
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

    private Expectation expectation(Manifest manifest, List<StreamLog> logs) {
        Instant asOf = manifest.asOf().orElse(Instant.ofEpochMilli(Long.MAX_VALUE));
        return new Expectation(
                logs.stream().map(log -> Archive.of(log, manifest.range(), asOf)).toList(),
                manifest);
    }

    private static Permanent nothing(List<StreamLog> logs) {
        List<String> have = new ArrayList<>();
        for (StreamLog log : logs) {
            List<Settled> slices = List.copyOf(log.state().slices());
            have.add(
                    slices.isEmpty()
                            ? log.name().id() + " has nothing"
                            : "%s has %s to %s"
                                    .formatted(
                                            log.name().id(),
                                            time(slices.getFirst().slice().startMs()),
                                            time(slices.getLast().slice().endMs())));
        }
        return new Permanent("the backup has no samples in that range: " + String.join(", ", have));
    }

    static String time(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }
}
