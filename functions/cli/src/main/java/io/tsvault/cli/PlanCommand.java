package io.tsvault.cli;

import picocli.CommandLine.Command;

/// What a restore would do.
@Command(
        name = "plan",
        description = "Say what a restore would do, and whether it can; writes nothing.")
final class PlanCommand extends RestoreCommand {
    @Override
    boolean isDryRun() {
        return true;
    }
}
