package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.Vault;

import picocli.CommandLine.Command;

/// Makes a vault.
@Command(
        name = "init",
        description = "Make an empty folder, or an empty place in a bucket, a vault.")
final class InitCommand extends VaultTask {
    @Override
    Answer answer() {
        ObjectStore store = address().make();
        boolean there = Vault.isAt(store);
        Vault vault = there ? Vault.open(store, surroundings()) : Vault.init(store, surroundings());
        return Answer.done(
                "%s is %s vault, %s"
                        .formatted(vault.location(), there ? "already a" : "now a", vault.id()),
                Json.object()
                        .with("vault", vault.id())
                        .with("location", vault.location())
                        .with("created", !there));
    }
}
