package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.json.Json;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.JobPin;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.Vault;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Restores that were asked for.
@Command(
        name = "job",
        description = "The restores that were asked for.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            JobCommand.All.class,
            JobCommand.Show.class,
            JobCommand.Resume.class,
            JobCommand.Cancel.class,
            JobCommand.Undo.class
        })
final class JobCommand extends CommandGroup {
    private static Job find(Vault vault, String beginning) {
        List<Job> found =
                Job.all(vault).stream().filter(job -> job.id().startsWith(beginning)).toList();
        if (found.size() != 1) {
            throw new Permanent(
                    found.isEmpty()
                            ? "no job begins with %s; see tsvault job list".formatted(beginning)
                            : "%d jobs begin with %s: say more of it"
                                    .formatted(found.size(), beginning));
        }
        return found.getFirst();
    }

    private static Json.Members json(Job job) {
        Manifest manifest = Manifest.read(job.manifest());
        Json.Members json =
                Json.object()
                        .with("job", job.id())
                        .with("state", job.state().toString())
                        .with("target", manifest.target())
                        .with("streams", manifest.streams());
        return Silence.of(job).in(json);
    }

    /// Lists all jobs.
    @Command(name = "list", description = "All of them.")
    static final class All extends VaultTask {
        @Override
        Answer answer() {
            StringBuilder text = new StringBuilder();
            List<Json> json = new ArrayList<>();
            for (Job job : Job.all(vault())) {
                Manifest manifest = Manifest.read(job.manifest());
                text.append(
                        "%s  %-10s %s into %s%s%n"
                                .formatted(
                                        job.id(),
                                        job.state(),
                                        String.join(", ", manifest.streams()),
                                        manifest.target(),
                                        Silence.of(job)));
                json.add(json(job));
            }
            return Answer.done(
                    json.isEmpty() ? "nothing was ever restored" : text.toString(),
                    Json.object().with("jobs", Json.of(json)));
        }
    }

    /// Shows one job.
    @Command(name = "show", description = "What was asked for, and what came of it.")
    static final class Show extends VaultTask {
        @Parameters(paramLabel = "ID", description = "Or its beginning.")
        private String id = "";

        @Option(names = "--watch", description = "Say how it gets on, until it ends.")
        private boolean watch;

        @Override
        Answer answer() {
            Job job = find(vault(), id);
            return watch ? watched(job) : shown(job);
        }

        private Answer watched(Job job) {
            JobWatch looking = new JobWatch(job, out(), main().wantsJson());
            Job.Course last = looking.toItsEnd();
            return new Answer(
                    looking.text(last), looking.json(last), RestoreResult.code(last.state()));
        }

        private static Answer shown(Job job) {
            String report =
                    job.report()
                            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                            .orElse("there is no report yet");
            Json.Members json = json(job);
            Json whole =
                    job.report()
                            .<Json>map(bytes -> json.with("report", Json.parse(bytes, "it")))
                            .orElse(json);
            return Answer.done(
                    "job %s: %s%s%n%s%n%s"
                            .formatted(
                                    job.id(),
                                    job.state(),
                                    Silence.of(job),
                                    new String(job.manifest(), StandardCharsets.UTF_8),
                                    report),
                    whole);
        }
    }

    /// Lets one go on.
    @Command(name = "resume", description = "Go on with one that was stopped.")
    static final class Resume extends VaultTask {
        @Parameters(paramLabel = "ID", description = "Or its beginning.")
        private String id = "";

        @Override
        Answer answer() {
            Vault vault = vault();
            Manifest manifest = Manifest.read(find(vault, id).manifest());
            Map<String, String> settings = new Registry(vault, Kind.TARGETS).get(manifest.target());
            try (Target target = Targets.open(settings)) {
                return new Restoration(this, vault, target).run(manifest, Restoration.Pace.USUAL);
            }
        }
    }

    /// Stops one.
    @Command(name = "cancel", description = "Stop one within seconds; what is written stays.")
    static final class Cancel extends VaultTask {
        @Parameters(paramLabel = "ID", description = "Or its beginning.")
        private String id = "";

        @Override
        Answer answer() {
            Vault vault = vault();
            Job job = find(vault, id);
            boolean stopped = job.cancel("by hand");
            List<String> released = new JobPin(job.id()).release(vault);
            String pins =
                    released.isEmpty()
                            ? ""
                            : "; its pins are released: " + String.join(", ", released);
            return Answer.done(
                    "job %s %s"
                            .formatted(
                                    job.id(),
                                    stopped
                                            ? "will stop; tsvault job resume goes on with it" + pins
                                            : "has come to an end already: " + job.state() + pins),
                    Json.object()
                            .with("job", job.id())
                            .with("cancelled", stopped)
                            .with("released", released));
        }
    }

    /// Puts back what one has replaced.
    @Command(
            name = "undo",
            description = {
                "Put back what one has replaced by --overlap overwrite, and prove it.",
                "What it wrote where there was nothing stays."
            })
    static final class Undo extends VaultTask {
        @Parameters(paramLabel = "ID", description = "Or its beginning.")
        private String id = "";

        @Override
        Answer answer() {
            Vault vault = vault();
            Job job = find(vault, id);
            Manifest manifest = Manifest.read(job.manifest());
            Map<String, String> settings = new Registry(vault, Kind.TARGETS).get(manifest.target());
            try (Target target = Targets.open(settings)) {
                return new Restoration(this, vault, target).undo(job);
            }
        }
    }
}
