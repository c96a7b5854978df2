package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.Vault;

import picocli.CommandLine.Command;

/// Makes a vault.
@Command(
        name = "init",
        description = "Make an empty folder, or an empty place in a bucket, a vault.")
final class InitCommand extends VaultTask {
    @Override
    Answer answer() {
        Found found = openOrMade(address().make());
        Vault vault = found.vault();
        return Answer.done(
                "%s is %s vault, %s"
                        .formatted(
                                vault.location(), found.made() ? "now a" : "already a", vault.id()),
                Json.object()
                        .with("vault", vault.id())
                        .with("location", vault.location())
                        .with("created", found.made()));
    }
}
