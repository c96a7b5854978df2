package io.tsvault.benchmarks.transfer;

import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.json.Json;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.lab.Server;
import io.tsvault.lab.generator.Fleet;
import io.tsvault.prometheus.PrometheusTarget;
import io.tsvault.prometheus.http.Http;
import io.tsvault.prometheus.http.ServerSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A restore of everything that was made for one fleet.
final class OneRestore {
    private static final Duration SLICE = Duration.ofHours(2);
    private static final Capture CAPTURE =
            new Capture("remote-read", 0, "elsewhere", "3.5.0", List.of(), List.of());

    private final Vault vault;
    private int runs;

    OneRestore(Fleet fleet) throws IOException {
        Path folder = Files.createTempDirectory("tsvault-restore");
        vault =
                Vault.init(
                        DirectoryStore.make(folder.resolve("vault")),
                        Surroundings.real("tsvault benchmark"));
        fleet.windows(SLICE)
                .forEachOrdered(
                        window -> {
                            Deposit deposit = vault.stream("prod").deposit(whole(window.range()));
                            ChunkWriter writer = new ChunkWriter(deposit::add);
                            window.series().forEachOrdered(writer::add);
                            writer.close();
                            deposit.commit(true, List.of(), CAPTURE);
                        });
    }

    private static TimeRange whole(TimeRange range) {
        return new TimeRange(range.startMs(), range.startMs() + SLICE.toMillis());
    }

    Cost into(Server server) throws IOException, InterruptedException {
        return Cost.of(
                server.pid(),
                () -> {
                    try (Target target = target(server)) {
                        return restore(target, Job.State.DONE);
                    }
                });
    }

    /// Sends all, and reads nothing back.
    Cost blindlyInto(Server server) throws IOException, InterruptedException {
        return Cost.of(
                server.pid(),
                () -> {
                    try (Target target = new Unreadable(target(server))) {
                        return restore(target, Job.State.UNVERIFIED);
                    }
                });
    }

    private long restore(Target target, Job.State end) {
        Json wishes =
                Json.object()
                        .with("tsvaultManifest", 1)
                        .with("target", "dr")
                        .with("stream", "prod")
                        .with("runId", Integer.toString(++runs));
        Restored restored =
                new Restorer(
                                vault,
                                target,
                                new Restorer.Surroundings(
                                        Clock.systemUTC(),
                                        Pause.SLEEP,
                                        Instant.MAX,
                                        Watcher.SILENT))
                        .run("local", Manifest.of(wishes));
        if (restored.state() != end) {
            throw new IllegalStateException(restored.toString());
        }
        return restored.outcome().expected();
    }

    private static Target target(Server server) {
        String url = server.uri().toString();
        return PrometheusTarget.open(() -> Http.to(ServerSettings.from(Map.of("url", url))));
    }
}
