package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCopy;
import io.tsvault.core.vault.VaultRepair;
import io.tsvault.core.vault.VaultRepair.Mend;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// What is done with whole vaults.
@Command(
        name = "vault",
        description = "Copy a vault, promote a copy, bring back what was lost.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            VaultCommand.CopyCommand.class,
            VaultCommand.PromoteCommand.class,
            VaultCommand.RepairCommand.class
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
            copied.missing().forEach(key -> text.append("  lost here, not copied: " + key + "\n"));
            Damage unread = new Damage(copied.unread());
            text.append(unread.text("  damaged here, not copied: "));
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
                            .with("missing", copied.missing())
                            .with("unread", unread.json())
                            .with("damaged", damaged.json())
                            .with("kept", new Damage(copied.kept()).json());
            boolean whole = copied.missing().isEmpty() && damaged.isEmpty();
            return new Answer(text.toString(), json, whole ? unread.code() : Failure.NOT_WHOLE);
        }
    }

    /// Makes a copy the vault that counts.
    @Command(name = "promote", description = "Let backups write to this copy from now on.")
    static final class PromoteCommand extends VaultTask {
        @Option(names = "--confirm", description = "Really do it.")
        private boolean confirm;

        @Override
        Answer answer() {
            Vault vault = vault();
            if (confirm) {
                vault.promote();
            }
            return Answer.done(
                    confirm
                            ? vault.location() + " is the vault that counts; stop writing to others"
                            : Confirmation.DRY.text(),
                    Json.object().with("vault", vault.id()).with("done", confirm));
        }
    }

    /// Brings back what was lost.
    @Command(
            name = "repair",
            description = "Bring back what was lost, from a copy; says what, until --confirm.")
    static final class RepairCommand extends VaultTask {
        @Option(
                names = "--from",
                paramLabel = "OTHER",
                description =
                        "A copy: a folder or s3://bucket/prefix. Without one, pages are made anew"
                                + " of the records that are here.")
        private @Nullable String other;

        @Option(names = "--confirm", description = "Really do it.")
        private boolean confirm;

        @Override
        Answer answer() {
            VaultRepair repair = repair();
            List<Mend> mends = repair.plan();
            Damage unread = new Damage(repair.unread());
            Damage lost = new Damage(confirm ? repair.mend(mends) : List.of());
            StringBuilder text = new StringBuilder();
            mends.forEach(
                    mend ->
                            text.append(
                                    "%s: %s%n"
                                            .formatted(
                                                    mend.missing() ? "missing" : "damaged",
                                                    mend.key())));
            text.append(
                    unread.text("cannot be read in %s: ".formatted(other == null ? "it" : other)));
            text.append(lost.text("not mended: "));
            text.append(Count.of(mends.size(), "object") + "; ");
            text.append(Confirmation.of(confirm, false).text());
            Json json =
                    Json.object()
                            .with("mended", mends.stream().map(Mend::key).toList())
                            .with("unread", unread.json())
                            .with("lost", lost.json())
                            .with("done", confirm);
            boolean whole = lost.isEmpty() && (confirm || mends.isEmpty());
            return new Answer(text.toString(), json, whole ? unread.code() : Failure.NOT_WHOLE);
        }

        private VaultRepair repair() {
            return other == null
                    ? VaultRepair.alone(address().open(), surroundings())
                    : VaultRepair.of(address().open(), open(new VaultAddress(other)));
        }
    }
}
