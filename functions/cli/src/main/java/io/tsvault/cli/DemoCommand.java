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
import io.tsvault.core.json.Json;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.Manifest;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.Vault;
import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.RemoteWriteFeed;
import io.tsvault.lab.generator.Schedule;
import io.tsvault.lab.generator.Window;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// The main job from end to end, on this machine, with nothing to be set up.
@Command(
        name = "demo",
        description = {
            "See it work: a Prometheus is filled, backed up, destroyed, and restored from nothing;",
            "then every sample is held against what was written in the beginning."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int SEED = 42;
    private static final int TARGETS = 10;
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Duration HISTORY = Duration.ofHours(3);
    private static final Duration SLICE = Duration.ofMinutes(15);
    private static final String STREAM = "demo";

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Work in this new folder, and leave vault, manifest and report there.")
    private @Nullable Path keep;

    @ParentCommand private Main main = new Main();

    @Spec private CommandSpec spec = CommandSpec.create();

    private final long begunNs = System.nanoTime();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = keep == null ? Files.createTempDirectory("tsvault-demo-") : made(keep);
        try {
            return run(folder).print(out(), main.wantsJson());
        } finally {
            if (keep == null) {
                delete(folder);
            }
        }
    }

    private static Path made(Path folder) throws IOException {
        if (Files.exists(folder)) {
            throw new IllegalArgumentException(folder + " is there already: name a new folder");
        }
        return Files.createDirectories(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /// What happens, as it happens.
    private void tell(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("%6.1f s  %s".formatted((System.nanoTime() - begunNs) / 1e9, what));
    }

    private Answer run(Path folder) throws IOException, InterruptedException {
        Vault vault =
                Vault.init(DirectoryStore.make(folder.resolve("vault")), VaultTask.surroundings());
        Fleet fleet = fleet(Instant.now());
        Exported exported;
        try (DemoServer server = DemoServer.scraping()) {
            tell("%s runs, and scrapes itself every second".formatted(server));
            fill(server, fleet);
            exported = backup(vault, server, fleet);
            server.destroy();
            tell("it is killed, and its data deleted");
        }
        try (DemoServer server = DemoServer.empty()) {
            tell("an empty one runs: %s".formatted(server));
            Restored restored = restore(folder, vault, server);
            return proof(folder, exported, restored, compared(server, fleet));
        }
    }

    private static Fleet fleet(Instant now) {
        long endMs = Math.floorDiv(now.toEpochMilli(), SLICE.toMillis()) * SLICE.toMillis();
        Instant start = Instant.ofEpochMilli(endMs).minus(HISTORY);
        return new Fleet(Recipe.PUBLIC_2, SEED, TARGETS, new Schedule(start, INTERVAL, HISTORY));
    }

    private void fill(DemoServer server, Fleet fleet) throws IOException, InterruptedException {
        long samples = new RemoteWriteFeed(server.uri()).send(fleet).samples();
        tell(
                "it gets %d hours of history of %d machines: %,d samples"
                        .formatted(HISTORY.toHours(), TARGETS, samples));
    }

    private Exported backup(Vault vault, DemoServer server, Fleet fleet) {
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
                            .run(new Order(written(fleet), Instant.MAX));
            tell(
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
    private static TimeRange written(Fleet fleet) {
        return new TimeRange(Long.MIN_VALUE, fleet.schedule().start().plus(HISTORY).toEpochMilli());
    }

    private Restored restore(Path folder, Vault vault, DemoServer server) throws IOException {
        new Registry(vault, Kind.TARGETS).add("new", Map.of("url", server.uri().toString()));
        String manifest =
                """
                { "tsvaultManifest": 1,
                  "stream": "demo",
                  "target": "new" }
                """;
        Path file = Files.writeString(folder.resolve("manifest.json"), manifest);
        tell("restoring by " + file + ": " + manifest.replaceAll("\\s+", " ").strip());
        Restorer.Surroundings around =
                new Restorer.Surroundings(
                        Clock.systemUTC(), Pause.SLEEP, Instant.MAX, Watcher.SILENT);
        try (Target target = Targets.open(Map.of("url", server.uri().toString()))) {
            Restored restored =
                    new Restorer(vault, target, around)
                            .run(
                                    RestoreCommand.TENANT,
                                    Manifest.read(manifest.getBytes(StandardCharsets.UTF_8)));
            tell(
                    "%s: %,d samples written and read back"
                            .formatted(restored.state(), restored.outcome().written()));
            return restored;
        }
    }

    /// Not against the backup, but against what was written in the beginning.
    private Result compared(DemoServer server, Fleet fleet) {
        Result all = Result.NONE;
        try (Source source = Sources.open(Map.of("url", server.uri().toString()), false)) {
            Iterator<Window> windows = fleet.windows(SLICE).iterator();
            while (windows.hasNext()) {
                Window window = windows.next();
                if (window.range().endMs() > written(fleet).endMs()) {
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

    private Answer proof(Path folder, Exported exported, Restored restored, Result result) {
        boolean proven = restored.state() == Job.State.DONE && result.isSame();
        double seconds = (System.nanoTime() - begunNs) / 1e9;
        String text =
                """
                %s: %,d samples are bit for bit what was written before the server was destroyed;
                %,d are missing, %,d differ, %,d are too many
                %.1f seconds, %.2f bytes per sample in the vault
                report: %s%s\
                """
                        .formatted(
                                proven ? "PROVEN" : "NOT PROVEN",
                                result.equal(),
                                result.missing(),
                                result.changed(),
                                result.extra() + result.foreign(),
                                seconds,
                                (double) exported.storedBytes() / exported.samples(),
                                folder.resolve("vault").resolve(restored.report()),
                                keep == null ? " (gone with the demo; --keep DIR keeps it)" : "");
        Json json =
                Json.object()
                        .with("proven", proven)
                        .with("samples", result.equal())
                        .with("missing", result.missing())
                        .with("changed", result.changed())
                        .with("extra", result.extra() + result.foreign())
                        .with("storedBytes", exported.storedBytes())
                        .with("state", restored.state().toString())
                        .with("notes", List.copyOf(restored.notes()))
                        .with("milliseconds", (long) (1000 * seconds));
        return new Answer(text, json, proven ? 0 : Failure.NOT_WHOLE);
    }
}
