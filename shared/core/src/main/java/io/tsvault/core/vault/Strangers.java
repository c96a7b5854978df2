package io.tsvault.core.vault;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Remedy;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is in the place of a vault and no part of it. What is within a stream is told with the
/// stream ([StreamObjects#foreign]).
record Strangers(ObjectStore store) {
    private static final Set<String> OF_A_VAULT =
            Set.of(
                    Mark.VAULT.text(),
                    Mark.REPLICA.text(),
                    Mark.PROMOTED.text(),
                    ObjectKey.STREAMS,
                    ObjectKey.CONFIG,
                    ObjectKey.RESTORES,
                    ObjectKey.COPIED);

    /// Their keys; of a folder that is strange as a whole, its name and `/`.
    List<String> list() {
        List<String> strange = new ArrayList<>();
        for (String there : Lists.children(store, "")) {
            if (!OF_A_VAULT.contains(there)) {
                strange.add(there);
            }
        }
        strange.addAll(unnamed(ObjectKey.STREAMS));
        strange.addAll(unnamed(ObjectKey.RESTORES));
        strange.addAll(within(ObjectKey.RESTORES));
        strange.addAll(unknown(ObjectKey.COPIED));
        for (String kind : Lists.children(store, ObjectKey.CONFIG)) {
            strange.addAll(configured(kind));
        }
        return strange;
    }

    /// Those that are no objects. None of them is followed, so what is behind it is not known.
    static List<Problem> links(Vault vault, List<String> strange) {
        return vault.parallel(strange, key -> link(vault.store(), key)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Problem> link(ObjectStore store, String key) {
        return store.list(key, "", 1).stream()
                .filter(there -> there.key().equals(key) && !there.isObject())
                .map(_ -> new Problem(key, "a link or the like, which is no file", Remedy.AWAY))
                .findFirst();
    }

    private List<String> configured(String kind) {
        String name = kind.replace("/", "");
        String folder = ObjectKey.CONFIG + kind;
        if (!kind.endsWith("/") || !LogName.KINDS.contains(name)) {
            return List.of(folder);
        }
        List<String> strange = new ArrayList<>(unnamed(folder));
        strange.addAll(within(folder));
        return strange;
    }

    /// What is in the folders of logs.
    private List<String> within(String folder) {
        return Lists.folders(store, folder).stream()
                .filter(LogName::isName)
                .flatMap(id -> unknown(folder + id + "/").stream())
                .toList();
    }

    private List<String> unknown(String folder) {
        return Lists.all(store, folder).stream()
                .map(StoredObject::key)
                .filter(key -> ObjectKey.parse(key).isEmpty())
                .toList();
    }

    /// What is in a folder and has not the name of a log.
    private List<String> unnamed(String folder) {
        return Lists.children(store, folder).stream()
                .filter(child -> !child.endsWith("/") || !LogName.isName(child.replace("/", "")))
                .map(folder::concat)
                .toList();
    }
}
