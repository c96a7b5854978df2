package io.tsvault.cli;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/// A command that is about a vault.
abstract class VaultTask implements Callable<Integer> {
    @ParentCommand private Object parent = new Main();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public final Integer call() {
        return answer().print(out(), main().wantsJson());
    }

    /// Does it.
    abstract Answer answer();

    final Main main() {
        return ((Parent) parent).main();
    }

    final Object parent() {
        return parent;
    }

    /// For results.
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /// For messages, and progress.
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final VaultAddress address() {
        return main().vault();
    }

    final Vault vault() {
        return open(address());
    }

    /// The vault; one that nobody may write to is refused before anything else is asked for.
    ///
    /// @param confirmed it is to be written to
    final Vault writable(boolean confirmed) {
        Vault vault = vault();
        if (confirmed) {
            vault.requireWritable();
        }
        return vault;
    }

    static Vault open(VaultAddress address) {
        return Vault.open(address.open(), surroundings());
    }

    /// A vault, and whether it was made just now.
    record Found(Vault vault, boolean made) {}

    /// What is there, even if another has made it at this moment; else a new vault.
    static Found openOrMade(ObjectStore store) {
        if (!Vault.isAt(store)) {
            try {
                return new Found(Vault.init(store, surroundings()), true);
            } catch (Permanent e) {
                if (!Vault.isAt(store)) {
                    throw e;
                }
            }
        }
        return new Found(Vault.open(store, surroundings()), false);
    }

    static Surroundings surroundings() {
        return Surroundings.real("tsvault " + Main.version());
    }

    /// Those that are named, else all, as far as they can be read.
    static Opened opened(Vault vault, List<String> named) {
        return Opened.of(vault, streams(vault, named));
    }

    /// Those that are named, else all.
    static List<String> streams(Vault vault, List<String> named) {
        List<String> there = vault.streams();
        for (String name : named) {
            if (!there.contains(name)) {
                throw new IllegalArgumentException(
                        "%s has no stream \"%s\"; it has %s"
                                .formatted(vault.location(), name, there));
            }
        }
        return named.isEmpty() ? there : named.stream().distinct().toList();
    }
}
