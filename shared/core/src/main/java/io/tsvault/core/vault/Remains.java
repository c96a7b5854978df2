package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.List;

/// Tells a log that was lost from one that nobody wrote to yet, by what it named.
///
/// Before its first record a stream has chunks of one slice at most, of a run that was cut off; a
/// page comes after 31 records. A lost log must not be begun anew: its chunks would be garbage.
record Remains(Vault vault, LogName log) {
    /// A copy gets its chunks before its records, and may be promoted while it is made: there, that
    /// is no damage.
    ///
    /// @throws DamagedVault when this log had records
    void requireNoneOrCopied() {
        if (areThere() && !vault.wasCopied()) {
            requireNone();
        }
    }

    private void requireNone() {
        if (Lists.newest(vault.store(), log) == 0) {
            throw new DamagedVault(
                    VaultLayout.records(log),
                    "the log is gone, and %,d objects that it named are still here; if it never had"
                                    .formatted(list().size())
                            + " a record, take the folder %s away".formatted(log.path()));
        }
    }

    private boolean areThere() {
        List<StoredObject> there = list();
        boolean pages = there.stream().anyMatch(object -> isPage(object.key()));
        return pages || there.stream().map(object -> folder(object.key())).distinct().count() > 1;
    }

    private boolean isPage(String key) {
        return key.startsWith(VaultLayout.pages(log));
    }

    private static String folder(String key) {
        return key.substring(0, key.lastIndexOf('/'));
    }

    private List<StoredObject> list() {
        List<StoredObject> there =
                new ArrayList<>(Lists.all(vault.store(), VaultLayout.pages(log)));
        if (log.isOfStream()) {
            there.addAll(Lists.all(vault.store(), VaultLayout.chunks(log)));
        }
        there.removeIf(object -> !VaultLayout.isChunkOrPage(log, object.key()));
        return there;
    }
}
