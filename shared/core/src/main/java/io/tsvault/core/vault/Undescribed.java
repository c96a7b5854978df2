package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.VaultRepair.Mend;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.List;
import java.util.Optional;

/// A vault whose `vault.json` is damaged or gone. Each of its records says which vault it is of.
final class Undescribed {
    private Undescribed() {}

    /// How its description comes back; empty when it is sound.
    ///
    /// @param other has the bytes that belong there
    /// @throws Permanent when nothing here says that it is the same vault
    static Optional<Mend> mend(ObjectStore store, Vault other) {
        Optional<byte[]> there = store.read(Mark.VAULT.text(), 0, Description.MOST_BYTES);
        if (there.filter(Undescribed::isSound).isPresent()) {
            return Optional.empty();
        }
        Vault vault = Vault.describedBy(other.described(), store, other.surroundings());
        List<String> ids =
                vault.logs().stream().flatMap(log -> id(vault, log).stream()).distinct().toList();
        if (!ids.equals(List.of(other.id()))) {
            throw new Permanent(
                    "%s: %s is lost, and the records here are of %s; %s is the vault %s. Nothing was"
                                    .formatted(
                                            vault.location(),
                                            Mark.VAULT.text(),
                                            ids.isEmpty() ? "no vault that is known" : ids,
                                            other.location(),
                                            other.id())
                            + " changed");
        }
        String sha256 = Head.hash(other.described());
        return Optional.of(
                new Mend(
                        Mark.VAULT.text(), sha256, there.isEmpty(), Optional.of(other.location())));
    }

    private static boolean isSound(byte[] bytes) {
        try {
            return !Description.read(bytes).id().isEmpty();
        } catch (DamagedVault e) {
            return false;
        }
    }

    /// Which vault the newest record of a log is of.
    private static Optional<String> id(Vault vault, LogName log) {
        String key = ObjectKey.record(log, Lists.newest(vault.store(), log));
        try {
            return vault.store()
                    .read(key, 0, Entry.MOST_BYTES)
                    .map(bytes -> Entry.read(bytes, key).vault());
        } catch (DamagedVault | UnsupportedVault e) {
            return Optional.empty(); // others can be read
        }
    }
}
