package io.tsvault.core.vault;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is in the place of a vault and no part of it. What is within a stream is told with the
/// stream ([StreamObjects#foreign]); what is within a restore is not looked at.
record Strangers(ObjectStore store) {
    private static final Set<String> OF_A_VAULT =
            Set.of(
                    VaultLayout.VAULT,
                    VaultLayout.REPLICA,
                    VaultLayout.PROMOTED,
                    VaultLayout.STREAMS,
                    VaultLayout.CONFIG,
                    VaultLayout.RESTORES);

    /// Their keys; of a folder that is strange as a whole, its name and `/`.
    List<String> list() {
        List<String> strange = new ArrayList<>();
        for (String there : Lists.children(store, "")) {
            if (!OF_A_VAULT.contains(there)) {
                strange.add(there);
            }
        }
        strange.addAll(unnamed(VaultLayout.STREAMS));
        strange.addAll(unnamed(VaultLayout.RESTORES));
        for (String kind : Lists.children(store, VaultLayout.CONFIG)) {
            strange.addAll(configured(kind));
        }
        return strange;
    }

    private List<String> configured(String kind) {
        String name = kind.replace("/", "");
        String folder = VaultLayout.CONFIG + kind;
        if (!kind.endsWith("/") || !LogName.KINDS.contains(name)) {
            return List.of(folder);
        }
        List<String> strange = new ArrayList<>(unnamed(folder));
        for (String id : Lists.folders(store, folder)) {
            if (LogName.isName(id)) {
                LogName log = LogName.ofConfig(name, id);
                Lists.all(store, log.path() + "/").stream()
                        .map(StoredObject::key)
                        .filter(key -> !VaultLayout.isMade(log, key))
                        .forEach(strange::add);
            }
        }
        return strange;
    }

    /// What is in a folder and has not the name of a log.
    private List<String> unnamed(String folder) {
        return Lists.children(store, folder).stream()
                .filter(child -> !child.endsWith("/") || !LogName.isName(child.replace("/", "")))
                .map(folder::concat)
                .toList();
    }
}
