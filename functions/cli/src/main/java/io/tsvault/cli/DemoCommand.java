package io.tsvault.cli;

import io.tsvault.core.compare.Comparison.Result;
import io.tsvault.core.export.Exported;
import io.tsvault.core.json.Json;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.Restored;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Work in this new folder, and leave vault, manifest and report there.")
    private @Nullable Path keep;

    @Option(
            names = "--s3",
            description = "Keep the backup in a bucket of an S3 server that is started for it.")
    private boolean s3;

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
        try (DemoVault store = s3 ? DemoVault.onS3() : DemoVault.in(folder.resolve("vault"))) {
            tell("the vault is " + store.place());
            return run(folder, store);
        }
    }

    private Answer run(Path folder, DemoVault store) throws IOException, InterruptedException {
        Demonstration demo =
                new Demonstration(Demonstration.fleet(Instant.now()), store.vault(), this::tell);
        Exported exported;
        try (DemoServer server = DemoServer.scraping()) {
            tell("%s runs, and scrapes itself every second".formatted(server));
            demo.fill(server);
            exported = demo.backup(server);
            server.destroy();
            tell("it is killed, and its data deleted");
        }
        try (DemoServer server = DemoServer.empty()) {
            tell("an empty one runs: %s".formatted(server));
            Restored restored = demo.restore(folder, server);
            String report = store.vault().location() + restored.report();
            return proof(report, exported, restored, demo.compared(server));
        }
    }

    private Answer proof(String report, Exported exported, Restored restored, Result result) {
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
                                report,
                                keep == null || s3
                                        ? " (gone with the demo; --keep DIR keeps a folder)"
                                        : "");
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
