package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.restore.Job;

import java.time.Instant;
import java.util.Optional;

/// What is said of a job that is to go on, when nothing was heard of it for some time.
record Silence(String job, Optional<Instant> since) {
    static Silence of(Job job) {
        return new Silence(job.id(), job.silentSince(Instant.now()));
    }

    Json.Members in(Json.Members json) {
        return since.isPresent() ? json.with("silentSince", since.get().toString()) : json;
    }

    /// For people; empty while somebody seems to be at work.
    @Override
    public String toString() {
        return since.map(
                        time ->
                                ", no word of it since %s: if nobody is at work on it, tsvault job resume %s"
                                        .formatted(Times.text(time.toEpochMilli()), job))
                .orElse("");
    }
}
