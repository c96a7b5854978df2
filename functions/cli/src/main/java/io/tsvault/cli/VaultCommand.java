package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCopy;
import io.tsvault.core.vault.VaultRepair;
import io.tsvault.core.vault.VaultRepair.Mend;

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
                    "%s: %,d objects copied, %,d bytes%n"
                            .formatted(other, copied.objects(), copied.bytes()));
            copied.missing().forEach(key -> text.append("  lost here, not copied: " + key + "\n"));
            Json json =
                    Json.object()
                            .with("objects", copied.objects())
                            .with("bytes", copied.bytes())
                            .with("missing", copied.missing());
            int code = copied.missing().isEmpty() ? 0 : Failure.NOT_WHOLE;
            return new Answer(text.toString(), json, code);
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
                required = true,
                paramLabel = "OTHER",
                description = "A copy: a folder or s3://bucket/prefix.")
        private String other = "";

        @Option(names = "--confirm", description = "Really do it.")
        private boolean confirm;

        @Override
        Answer answer() {
            VaultRepair repair = new VaultRepair(vault(), open(new VaultAddress(other)));
            List<Mend> mends = repair.plan();
            if (confirm) {
                repair.mend(mends);
            }
            StringBuilder text = new StringBuilder();
            mends.forEach(
                    mend ->
                            text.append(
                                    "%s: %s%n"
                                            .formatted(
                                                    mend.missing() ? "missing" : "damaged",
                                                    mend.key())));
            text.append("%d objects; ".formatted(mends.size()));
            text.append(Confirmation.of(confirm, false).text());
            Json json =
                    Json.object()
                            .with("mended", mends.stream().map(Mend::key).toList())
                            .with("done", confirm);
            return Answer.done(text.toString(), json);
        }
    }
}
