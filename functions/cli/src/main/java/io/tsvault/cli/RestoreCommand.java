package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.json.Json;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.Vault;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Brings samples back, proven.
@Command(
        name = "restore",
        description = {
            "Bring what a manifest asks for into a target, and prove that it is there.",
            "The same again goes on where it was stopped."
        })
sealed class RestoreCommand extends VaultTask permits PlanCommand {
    /// On one machine there is one who asks.
    static final String TENANT = "local";

    @Parameters(arity = "0..1", paramLabel = "MANIFEST", description = "A file; else the options.")
    private @Nullable Path file;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "What to restore; may be repeated.")
    private List<String> streams = List.of();

    @Option(names = "--target", paramLabel = "NAME|URL", description = "Into which server.")
    private @Nullable String targetName;

    @Mixin private PartOptions part = new PartOptions();

    @Option(
            names = "--overlap",
            paramLabel = "POLICY",
            description = "skip, warn, fail or overwrite, when the target has other values; skip.")
    private @Nullable String overlap;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "The target's name once more, to overwrite what it has.")
    private @Nullable String confirm;

    @Option(
            names = "--backup-first",
            description = "Back up the target's own range before the first write.")
    private boolean backupFirst;

    @Option(
            names = "--run-id",
            paramLabel = "TEXT",
            description = "Makes another job of the same wishes.")
    private @Nullable String runId;

    @Option(names = "--dry-run", description = "Say what would happen, and whether it can.")
    private boolean dryRun;

    boolean isDryRun() {
        return dryRun;
    }

    @Override
    Answer answer() {
        Vault vault = vault();
        Manifest manifest = manifest(vault);
        Map<String, String> settings =
                targetName != null && Sources.isUrl(targetName)
                        ? Map.of("url", targetName)
                        : new Registry(vault, Kind.TARGETS).get(manifest.target());
        try (Target target = Targets.open(settings)) {
            return isDryRun() ? preview(vault, target, manifest) : restore(vault, target, manifest);
        }
    }

    private Manifest manifest(Vault vault) {
        boolean byOptions = !streams.isEmpty() || targetName != null;
        if (file == null != byOptions) {
            throw new IllegalArgumentException(
                    "name a manifest, or --stream and --target, and not both");
        }
        return file == null ? Manifest.of(options(vault)) : Manifest.read(bytes(file));
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > Manifest.MOST_BYTES) {
                throw new IllegalArgumentException(
                        "%s has %,d bytes; a manifest has at most %,d"
                                .formatted(file, Files.size(file), Manifest.MOST_BYTES));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Json options(Vault vault) {
        if (streams.isEmpty() || targetName == null) {
            throw new IllegalArgumentException("name both --stream and --target");
        }
        Json.Members json =
                Json.object()
                        .with("tsvaultManifest", 1)
                        .with("target", registered(vault, targetName));
        json =
                streams.size() == 1
                        ? json.with("stream", streams.getFirst())
                        : json.with("stream", streams);
        json = part.in(json);
        json = overlap == null ? json : json.with("overlap", overlap);
        json = confirm == null ? json : json.with("confirm", confirm);
        json = backupFirst ? json.with("backupFirst", true) : json;
        return runId == null ? json : json.with("runId", runId);
    }

    /// A URL becomes a target with a name.
    private String registered(Vault vault, String target) {
        if (!Sources.isUrl(target)) {
            return target;
        }
        String name = Sources.nameOf(target);
        Registry targets = new Registry(vault, Kind.TARGETS);
        if (!isDryRun() && targets.find(name).isEmpty()) {
            Map<String, String> settings = Map.of("url", target);
            Sources.check(settings);
            targets.add(name, settings);
            err().println("tsvault: registered %s as target %s".formatted(target, name));
        }
        return name;
    }

    static Restorer restorer(Vault vault, Target target, PrintWriter err) {
        Restorer.Surroundings around =
                new Restorer.Surroundings(
                        Clock.systemUTC(), Pause.SLEEP, Instant.MAX, new RestoreLine(err));
        return new Restorer(vault, target, around).with(new TargetBackup(vault, target, err));
    }

    private Answer preview(Vault vault, Target target, Manifest manifest) {
        return PlanText.answer(restorer(vault, target, err()).preview(manifest));
    }

    private Answer restore(Vault vault, Target target, Manifest manifest) {
        try (var _ = Interruption.told("the same command goes on from there")) {
            return answer(vault, restorer(vault, target, err()).run(TENANT, manifest));
        }
    }

    static Answer answer(Vault vault, Restored restored) {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                job %s: %s
                  samples in the backup  %,d
                  already there          %,d
                  written                %,d
                  of them replaced       %,d
                  missing                %,d
                  with another value     %,d
                """
                        .formatted(
                                restored.job(),
                                restored.state(),
                                restored.outcome().expected(),
                                restored.outcome().before(),
                                restored.outcome().written(),
                                restored.outcome().replaced(),
                                restored.outcome().missing(),
                                restored.outcome().conflicts()));
        restored.notes().forEach(note -> text.append("  " + note + "\n"));
        if (!restored.report().isEmpty()) {
            text.append("  report  %s/%s%n".formatted(vault.location(), restored.report()));
        }
        restored.files().forEach(file -> text.append("  list    " + file + "\n"));
        Json json =
                Json.object()
                        .with("job", restored.job())
                        .with("state", restored.state().toString())
                        .with("samplesInBackup", restored.outcome().expected())
                        .with("alreadyThere", restored.outcome().before())
                        .with("written", restored.outcome().written())
                        .with("replaced", restored.outcome().replaced())
                        .with("conflicts", restored.outcome().conflicts())
                        .with("deadLettered", restored.deadLettered())
                        .with("missing", restored.outcome().missing())
                        .with("verified", restored.state() == Job.State.DONE)
                        .with("notes", restored.notes())
                        .with("report", restored.report())
                        .with("files", restored.files());
        return new Answer(text.toString(), json, restored.accepted() ? 0 : code(restored.state()));
    }

    private static int code(Job.State state) {
        return switch (state) {
            case DONE -> 0;
            case PARTIAL, UNVERIFIED -> Failure.NOT_WHOLE;
            case REFUSED -> Failure.REFUSED;
            case CANCELLED, RUNNING, ACCEPTED -> Failure.STOPPED;
            case FAILED -> Failure.FAILED;
        };
    }
}
