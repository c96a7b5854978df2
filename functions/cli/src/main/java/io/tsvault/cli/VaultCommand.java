package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCheck;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Promotable;
import io.tsvault.core.vault.VaultCheck.Reached;
import io.tsvault.core.vault.VaultCopy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;

/// What is done with whole vaults.
@Command(
        name = "vault",
        description = "Copy a vault, promote a copy, bring back what was lost.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            VaultCommand.CopyCommand.class,
            VaultCommand.PromoteCommand.class,
            RepairCommand.class
        })
final class VaultCommand extends CommandGroup {
    /// Makes a copy, or brings it up to date.
    @Command(name = "copy", description = "Copy what the other place does not have yet.")
    static final class CopyCommand extends VaultTask {
        @Parameters(paramLabel = "OTHER", description = "A folder or s3://bucket/prefix.")
        private String other = "";

        @Override
        Answer answer() {
            VaultCopy.Copied copied = VaultCopy.copy(vault(), new VaultAddress(other).make());
            StringBuilder text = new StringBuilder();
            text.append(
                    "%s: copied %s, %s%n"
                            .formatted(
                                    other,
                                    Count.of(copied.objects(), "object"),
                                    Count.of(copied.bytes(), "byte")));
            if (copied.removed() > 0) {
                text.append(
                        "  %s went, swept in the original%n"
                                .formatted(Count.of(copied.removed(), "object")));
            }
            Damage lost = new Damage(copied.lost());
            Damage unread = new Damage(copied.unread());
            text.append(lost.text("  not copied: "));
            text.append(unread.text("  damaged here, not copied: "));
            text.append(here(copied));
            Damage damaged = new Damage(copied.damaged());
            text.append(damaged.text("  damaged there: "));
            if (!damaged.isEmpty()) {
                text.append(
                        "  mend it: tsvault --vault %s vault repair --from %s%n"
                                .formatted(other, address().text()));
            }
            text.append(new Damage(copied.kept()).text("  was swept, but stays there: "));
            Json json =
                    Json.object()
                            .with("objects", copied.objects())
                            .with("bytes", copied.bytes())
                            .with("removed", copied.removed())
                            .with("missing", copied.lost().stream().map(Problem::key).toList())
                            .with("lost", lost.json())
                            .with("unread", unread.json())
                            .with("damaged", damaged.json())
                            .with("kept", new Damage(copied.kept()).json());
            boolean whole = lost.isEmpty() && damaged.isEmpty();
            return new Answer(text.toString(), json, whole ? unread.code() : Failure.NOT_WHOLE);
        }
    }

    private static String here(VaultCopy.Copied copied) {
        List<Problem> problems = new ArrayList<>(copied.lost());
        problems.addAll(copied.unread());
        return new Damage(problems).remedies();
    }

    /// Makes a copy the vault that counts.
    @Command(
            name = "promote",
            description = "Let backups write to this copy from now on; tells what it has first.")
    static final class PromoteCommand extends VaultTask {
        @Option(names = "--confirm", description = "Really do it.")
        private boolean confirm;

        @Option(names = "--force", description = "Even if the copy may lack what the original has.")
        private boolean force;

        @Override
        Answer answer() {
            Vault vault = vault();
            Promotable promotable = new VaultCheck(vault, 0).promotable();
            Damage doubts = new Damage(promotable.doubts());
            boolean refused = !doubts.isEmpty() && !force;
            boolean done = confirm && !refused;
            if (done) {
                vault.promote(promotable);
            }
            String end =
                    done
                            ? vault.location() + " is the vault that counts; stop writing to others"
                            : Confirmation.of(confirm, refused).text();
            String text = text(promotable) + doubts.text("  in doubt: ") + doubts.remedies() + end;
            Json json =
                    Json.object()
                            .with("vault", vault.id())
                            .with("done", done)
                            .with("logs", json(promotable))
                            .with("doubts", doubts.json());
            return new Answer(text, json, refused ? Failure.NOT_WHOLE : 0);
        }

        private static String text(Promotable promotable) {
            StringBuilder text = new StringBuilder();
            for (Reached log : promotable.logs()) {
                text.append(
                        "%s: sound, head %d %s%n"
                                .formatted(log.name(), log.head().seq(), log.head().sha256()));
            }
            return text.toString();
        }

        private static Json json(Promotable promotable) {
            return Json.of(
                    promotable.logs().stream()
                            .map(
                                    log ->
                                            Json.object()
                                                    .with("log", log.name().path())
                                                    .with("seq", log.head().seq())
                                                    .with("head", log.head().sha256()))
                            .toList());
        }
    }
}
