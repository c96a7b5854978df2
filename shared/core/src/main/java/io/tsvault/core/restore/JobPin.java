package io.tsvault.core.restore;

import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Unpin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The pin by which a job keeps what it reads, in the log of each of its streams. It may outlive
/// who took it: a process dies, a copy has the logs of streams and no jobs.
///
/// @param job its id
public record JobPin(String job) {
    private static final String PREFIX = "restore-";

    /// The pin of this holder, if it is that of a job.
    public static Optional<JobPin> of(String holder) {
        return holder.startsWith(PREFIX)
                ? Optional.of(new JobPin(holder.substring(PREFIX.length())))
                : Optional.empty();
    }

    /// How it is called in the log.
    public String holder() {
        return PREFIX + job;
    }

    Pin on(TimeRange read, String target) {
        return new Pin(holder(), read, "restore into " + target);
    }

    boolean isIn(StreamState state) {
        return state.pins().containsKey(holder());
    }

    /// What its job is at; empty when no such job is here.
    public Optional<Job.State> state(Vault vault) {
        return Job.find(vault, job).map(Job::state);
    }

    /// Is it nobody's any more? Whoever goes on with the job takes it anew.
    public boolean isIdle(Vault vault) {
        return state(vault).map(Job.State::isEnd).orElse(true);
    }

    /// Lets go of one stream, unless the job may be at work by then.
    ///
    /// @return whether it was pinned, and is not any more
    public boolean release(Vault vault, StreamLog log) {
        return log.append(
                        state ->
                                isIn(state) && isIdle(vault)
                                        ? Optional.of(new Unpin(holder()))
                                        : Optional.empty())
                .isPresent();
    }

    /// Lets go of all streams of a job that has ended: who worked on it may have died before it
    /// did so. Who is about to hear that it was cancelled reads a few more seconds without a pin,
    /// and what it reads then counts for nothing.
    ///
    /// @return the streams that were pinned
    public List<String> release(Vault vault) {
        Optional<Job> ended = Job.find(vault, job).filter(found -> found.state().isEnd());
        if (ended.isEmpty() || vault.isCopy()) { // a copy is never pinned by a job of its own
            return List.of();
        }
        List<String> there = vault.streams();
        List<String> released = new ArrayList<>();
        for (String stream : Manifest.read(ended.get().manifest()).streams()) {
            if (there.contains(stream) && release(vault, vault.stream(stream))) {
                released.add(stream);
            }
        }
        return List.copyOf(released);
    }
}
