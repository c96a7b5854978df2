package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.json.Json;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.Vault;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Brings samples back, proven.
@Command(
        name = "restore",
        description = {
            "Bring what a manifest asks for into a target, and prove that it is there.",
            "The same again goes on where it was stopped. Exits with 5 when it was stopped on the"
                    + " way,",
            "and one that follows with what came of it until then, as restores do."
        })
sealed class RestoreCommand extends VaultTask permits PlanCommand {
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
            description = {
                "skip, warn, fail or overwrite, when the target has other values; skip.",
                "unchecked does not look, where the target is known to be empty. More wishes, such"
                        + " as",
                "relabel, shift, asOf, limits and accept, are for a manifest."
            })
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

    @Option(
            names = "--follow",
            description = "Go on with what is backed up later, until Ctrl-C: a warm standby.")
    private boolean follow;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Be done so soon: 10m. The same command goes on.")
    private @Nullable String length;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Days to bring at once, where any order is taken; 4.",
            defaultValue = "4")
    private int parallel;

    @Option(names = "--dry-run", description = "Say what would happen, and whether it can.")
    private boolean dryRun;

    boolean isDryRun() {
        return dryRun;
    }

    @Override
    Answer answer() {
        Vault vault = vault();
        Manifest manifest = manifest(vault);
        Registry targets = new Registry(vault, Kind.TARGETS);
        boolean isUrl = targetName != null && Sources.isUrl(targetName);
        manifest.requireKnown(
                vault.streams(), isUrl ? List.of(manifest.target()) : targets.names());
        Map<String, String> settings =
                targets.find(manifest.target()).orElseGet(() -> ofUrl(vault, manifest.target()));
        try (Target target = Targets.open(settings)) {
            Restoration restoration = new Restoration(this, vault, target);
            return isDryRun() ? restoration.preview(manifest) : restoration.run(manifest, pace());
        }
    }

    private Manifest manifest(Vault vault) {
        boolean byOptions = !streams.isEmpty() || targetName != null;
        if (file == null != byOptions) {
            throw new IllegalArgumentException(
                    "name a manifest, or --stream and --target, and not both");
        }
        if (file != null && follow) {
            throw new IllegalArgumentException(
                    "--follow is for --stream and --target: write \"follow\": true into " + file);
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
                Json.object().with("tsvaultManifest", 1).with("target", named(vault, targetName));
        json =
                streams.size() == 1
                        ? json.with("stream", streams.getFirst())
                        : json.with("stream", streams);
        json = part.in(json);
        json = overlap == null ? json : json.with("overlap", overlap);
        json = confirm == null ? json : json.with("confirm", confirm);
        json = follow ? json.with("follow", true) : json;
        json = backupFirst ? json.with("backupFirst", true) : json;
        return runId == null ? json : json.with("runId", runId);
    }

    /// A URL is the target that has it; or becomes one, once it has answered.
    private static String named(Vault vault, String target) {
        if (!Sources.isUrl(target)) {
            return target;
        }
        Registry targets = new Registry(vault, Kind.TARGETS);
        return targets.names().stream()
                .filter(name -> Sources.areSame(targets.get(name), Map.of("url", target)))
                .findFirst()
                .orElseGet(() -> newName(targets, target));
    }

    /// The name may be taken, by another path of that host, or for other headers.
    private static String newName(Registry targets, String url) {
        String name = Sources.nameOf(url);
        if (targets.find(name).isPresent()) {
            throw new IllegalArgumentException(
                    "%s is another target: give this one a name by tsvault target add NAME --url %s"
                            .formatted(name, url));
        }
        return name;
    }

    private Map<String, String> ofUrl(Vault vault, String name) {
        Registry targets = new Registry(vault, Kind.TARGETS);
        if (targetName == null || !Sources.isUrl(targetName)) {
            return targets.get(name);
        }
        Map<String, String> settings = Map.of("url", targetName);
        Sources.check(settings);
        if (!isDryRun()) {
            Targets.open(settings).close();
            targets.add(name, settings);
            err().println("tsvault: registered %s as target %s".formatted(targetName, name));
        }
        return settings;
    }

    /// How long it may take, and how it goes about it.
    private Restoration.Pace pace() {
        Instant until =
                length == null ? Instant.MAX : Instant.now().plus(Times.positive("--for", length));
        return new Restoration.Pace(parallel, until);
    }
}
