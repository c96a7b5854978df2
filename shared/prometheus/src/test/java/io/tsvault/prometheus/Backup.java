package io.tsvault.prometheus;

import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Capture;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Some hours of some series in a vault, to be restored into a real server.
final class Backup {
    static final Duration SLICE = Duration.ofHours(2);
    static final int SLICES = 3;
    static final int SERIES = 20;
    static final int STEP_MS = 30_000;
    private static final Capture CAPTURE =
            new Capture("remote-read", 0, "elsewhere", "3.5.0", List.of(), List.of());

    final Vault vault = Vault.init(new MemoryStore(), Surroundings.real("test"));
    private final long startMs;

    /// Ends at least an hour ago.
    Backup() {
        long hourAgoMs = Instant.now().minus(Duration.ofHours(1)).toEpochMilli();
        long endMs = Math.floorDiv(hourAgoMs, SLICE.toMillis()) * SLICE.toMillis();
        startMs = endMs - (SLICES * SLICE.toMillis());
        for (int i = 0; i < SLICES; i++) {
            keep(slice(i), series(slice(i)));
        }
    }

    TimeRange slice(int number) {
        long firstMs = startMs + (number * SLICE.toMillis());
        return new TimeRange(firstMs, firstMs + SLICE.toMillis());
    }

    static List<Series> series(TimeRange range) {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            Samples.Builder samples = Samples.builder();
            for (long ms = range.startMs() + i; ms < range.endMs(); ms += STEP_MS) {
                samples.add(ms, i + (ms / STEP_MS % 1000 / 8.0));
            }
            series.add(
                    new Series(
                            Labels.of("__name__", "some", "number", "%02d".formatted(i)),
                            samples.build()));
        }
        return series;
    }

    static long samples() {
        return SLICES * SERIES * SLICE.toMillis() / STEP_MS;
    }

    void keep(TimeRange slice, List<Series> series) {
        keep("prod", slice, series);
    }

    void keep(String stream, TimeRange slice, List<Series> series) {
        Deposit deposit = vault.stream(stream).deposit(slice);
        ChunkWriter writer = new ChunkWriter(deposit::add);
        series.forEach(writer::add);
        writer.close();
        deposit.commit(true, List.of(), CAPTURE);
    }

    Restored restore(URI server, String... members) {
        return restore(server, Watcher.SILENT, Pause.SLEEP, members);
    }

    /// How many samples of the time of this backup are in a server, as that counts.
    long countIn(URI server) {
        long count = 0;
        try (PrometheusTarget target = PrometheusTarget.open(() -> Filled.http(server));
                Source source = target.readBack()) {
            for (int i = 0; i < SLICES; i++) {
                count +=
                        source.count(StreamConfig.EVERYTHING, slice(i)).values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
            }
        }
        return count;
    }

    static Manifest manifest(String... members) {
        List<String> all = new ArrayList<>(List.of(members));
        all.add("\"tsvaultManifest\": 1");
        if (all.stream().noneMatch(member -> member.startsWith("\"target\""))) {
            all.add("\"target\": \"dr\"");
        }
        if (all.stream().noneMatch(member -> member.startsWith("\"stream\""))) {
            all.add("\"stream\": \"prod\"");
        }
        String json = "{" + String.join(",", all) + "}";
        return Manifest.read(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Puts back what a job has replaced.
    Restored undo(URI server, String job) {
        try (PrometheusTarget target = PrometheusTarget.open(() -> Filled.http(server))) {
            return restorer(target, Watcher.SILENT, Pause.SLEEP)
                    .undo(Job.find(vault, job).orElseThrow());
        }
    }

    private Restorer restorer(PrometheusTarget target, Watcher watcher, Pause pause) {
        return new Restorer(
                vault,
                target,
                new Restorer.Surroundings(Clock.systemUTC(), pause, Instant.MAX, watcher));
    }

    Restored restore(URI server, Watcher watcher, Pause pause, String... members) {
        try (PrometheusTarget target = PrometheusTarget.open(() -> Filled.http(server))) {
            return restorer(target, watcher, pause).run("local", manifest(members));
        }
    }
}
