package io.tsvault.cli;

import io.tsvault.core.compare.Comparison;
import io.tsvault.core.compare.Comparison.Result;
import io.tsvault.core.compare.Sameness;
import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Progress;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.Vault;
import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.RemoteWriteFeed;
import io.tsvault.lab.generator.Schedule;
import io.tsvault.lab.generator.Window;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/// The acts of the demo.
///
/// @param tell is told what happens, as it happens
record Demonstration(Fleet fleet, Vault vault, Consumer<String> tell) {
    private static final int SEED = 42;
    private static final int TARGETS = 10;
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Duration HISTORY = Duration.ofHours(3);
    private static final Duration SLICE = Duration.ofMinutes(15);
    private static final String STREAM = "demo";

    static Fleet fleet(Instant now) {
        long endMs = Math.floorDiv(now.toEpochMilli(), SLICE.toMillis()) * SLICE.toMillis();
        Instant start = Instant.ofEpochMilli(endMs).minus(HISTORY);
        return new Fleet(Recipe.PUBLIC_2, SEED, TARGETS, new Schedule(start, INTERVAL, HISTORY));
    }

    void fill(DemoServer server) throws IOException, InterruptedException {
        long samples = new RemoteWriteFeed(server.uri()).send(fleet).samples();
        tell.accept(
                "it gets %d hours of history of %d machines: %,d samples"
                        .formatted(HISTORY.toHours(), TARGETS, samples));
    }

    Exported backup(DemoServer server) {
        new Registry(vault, Kind.SOURCES).add(STREAM, Map.of("url", server.uri().toString()));
        Map<String, String> settings =
                Map.of(
                        "source", STREAM,
                        "slice", "15m",
                        "settle", "0s");
        new Registry(vault, Kind.STREAMS).add(STREAM, settings);
        try (Source source = Sources.open(Map.of("url", server.uri().toString()), false)) {
            Exported exported =
                    new Exporter(
                                    vault.stream(STREAM),
                                    StreamConfig.from(settings),
                                    source,
                                    new Exporter.Surroundings(
                                            Clock.systemUTC(), Pause.SLEEP, Progress.SILENT))
                            .run(new Order(written(), Instant.MAX));
            tell.accept(
                    "backed up by %s: %,d slices, %,d samples, %,d bytes, %.2f per sample"
                            .formatted(
                                    exported.mode(),
                                    exported.committed(),
                                    exported.samples(),
                                    exported.storedBytes(),
                                    (double) exported.storedBytes() / exported.samples()));
            return exported;
        }
    }

    /// Until the last whole slice; what is scraped since is not part of the demo.
    private TimeRange written() {
        return new TimeRange(Long.MIN_VALUE, fleet.schedule().start().plus(HISTORY).toEpochMilli());
    }

    Restored restore(Path folder, DemoServer server) throws IOException {
        new Registry(vault, Kind.TARGETS).add("new", Map.of("url", server.uri().toString()));
        String manifest =
                """
                { "tsvaultManifest": 1,
                  "stream": "demo",
                  "target": "new" }
                """;
        Path file = Files.writeString(folder.resolve("manifest.json"), manifest);
        tell.accept("restoring by " + file + ": " + manifest.replaceAll("\\s+", " ").strip());
        Restorer.Surroundings around =
                new Restorer.Surroundings(
                        Clock.systemUTC(), Pause.SLEEP, Instant.MAX, Watcher.SILENT);
        try (Target target = Targets.open(Map.of("url", server.uri().toString()))) {
            Restored restored =
                    new Restorer(vault, target, around)
                            .run(
                                    Restoration.TENANT,
                                    Manifest.read(manifest.getBytes(StandardCharsets.UTF_8)));
            tell.accept(
                    "%s: %,d samples written and read back"
                            .formatted(restored.state(), restored.outcome().written()));
            return restored;
        }
    }

    /// Not against the backup, but against what was written in the beginning.
    Result compared(DemoServer server) {
        Result all = Result.NONE;
        try (Source source = Sources.open(Map.of("url", server.uri().toString()), false)) {
            Iterator<Window> windows = fleet.windows(SLICE).iterator();
            while (windows.hasNext()) {
                Window window = windows.next();
                if (window.range().endMs() > written().endMs()) {
                    continue; // a late scrape
                }
                try (Reading there =
                        source.read(
                                Mode.of(Way.REMOTE_READ),
                                StreamConfig.EVERYTHING,
                                window.range())) {
                    all =
                            all.plus(
                                    Comparison.of(
                                            window.series().iterator(),
                                            there,
                                            Sameness.EXACT,
                                            Comparison.Findings.NONE));
                }
            }
        }
        return all;
    }
}
