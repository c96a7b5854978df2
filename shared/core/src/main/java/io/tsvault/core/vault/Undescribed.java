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

/// A vault whose `vault.json` is damaged, gone, or that of another vault. Each of its records says
/// which vault it is of.
///
/// @param vault under any id: its records are not held against it
record Undescribed(Vault vault) {
    static Undescribed of(ObjectStore store, Surroundings surroundings) {
        byte[] any = new Description("").toBytes(surroundings);
        return new Undescribed(Vault.describedBy(any, store, surroundings));
    }

    /// How its description comes back; empty when it is sound.
    ///
    /// @param other has the bytes that belong there
    /// @throws Permanent when nothing here says that it is the same vault
    Optional<Mend> mend(Vault other) {
        Optional<byte[]> there = there();
        List<String> ids = ids();
        if (isSound(there, ids)) {
            return Optional.empty();
        }
        if (!ids.equals(List.of(other.id()))) {
            throw new Permanent(
                    "%s: %s is not what belongs there, and the records here are of %s; %s is the"
                                    .formatted(
                                            vault.location(),
                                            Mark.VAULT.text(),
                                            told(ids),
                                            other.location())
                            + " vault %s. Nothing was changed".formatted(other.id()));
        }
        String sha256 = Head.hash(other.described());
        return Optional.of(
                new Mend(
                        Mark.VAULT.text(),
                        sha256,
                        there.isEmpty(),
                        Optional.of(vault == other ? "the records here" : other.location())));
    }

    /// The vault that the records are of; empty when its description is sound.
    ///
    /// @throws Permanent when they are of none, or of several
    Optional<Vault> alone() {
        List<String> ids = ids();
        if (isSound(there(), ids)) {
            return Optional.empty();
        }
        if (ids.size() != 1) {
            throw new Permanent(
                    "%s: %s is not what belongs there, and the records here are of %s. Bring it back"
                                    .formatted(vault.location(), Mark.VAULT.text(), told(ids))
                            + " from a copy: tsvault vault repair --from OTHER");
        }
        Description right = new Description(ids.getFirst());
        byte[] bytes = right.toBytes(vault.surroundings());
        return Optional.of(vault.describedBy(bytes));
    }

    private static String told(List<String> ids) {
        return ids.isEmpty() ? "no vault that is known" : String.join(" and ", ids);
    }

    private Optional<byte[]> there() {
        return vault.store().read(Mark.VAULT.text(), 0, Description.MOST_BYTES);
    }

    /// Records of another vault among its own are damage of theirs.
    private static boolean isSound(Optional<byte[]> there, List<String> ids) {
        try {
            return there.map(bytes -> Description.read(bytes).id())
                    .filter(id -> !id.isEmpty())
                    .filter(id -> ids.isEmpty() || ids.contains(id))
                    .isPresent();
        } catch (DamagedVault e) {
            return false;
        }
    }

    /// Which vaults the logs are of.
    List<String> ids() {
        List<LogName> logs = vault.logs();
        return vault.parallel(logs, this::id).stream()
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .toList();
    }

    /// As its newest record says, of those that can be read.
    private Optional<String> id(LogName log) {
        try {
            long newest = Lists.newest(vault.store(), log);
            return newest == 0 ? Optional.empty() : id(log, newest).or(() -> olderId(log));
        } catch (Permanent e) {
            return Optional.empty(); // others can be read
        }
    }

    private Optional<String> olderId(LogName log) {
        return Lists.all(vault.store(), ObjectKey.records(log)).stream()
                .flatMapToLong(object -> ObjectKey.seq(log, object.key()).stream())
                .mapToObj(seq -> id(log, seq))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> id(LogName log, long seq) {
        String key = ObjectKey.record(log, seq);
        try {
            return vault.store()
                    .read(key, 0, Entry.MOST_BYTES)
                    .map(bytes -> Entry.read(bytes, key).vault());
        } catch (DamagedVault | UnsupportedVault | Permanent e) {
            return Optional.empty(); // others can be read
        }
    }
}
