package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Brings back what a vault has lost, from another one with the same id and the same history.
public final class VaultRepair {
    /// Something that can be brought back.
    ///
    /// @param sha256 that the log demands
    /// @param missing nothing is there; else other bytes are
    public record Mend(String key, String sha256, boolean missing) {}

    private final Vault vault;
    private final Vault other;

    /// @param other has what is lost
    /// @throws Permanent when it is another vault
    public VaultRepair(Vault vault, Vault other) {
        if (!vault.id().equals(other.id())) {
            throw new Permanent(
                    "%s is the vault %s, %s is %s: only a copy can help; nothing was changed"
                            .formatted(vault.location(), vault.id(), other.location(), other.id()));
        }
        this.vault = vault;
        this.other = other;
    }

    /// What is lost here and whole there; changes nothing.
    public List<Mend> plan() {
        List<Mend> mends = new ArrayList<>();
        for (LogName name : other.logs()) {
            Log log = other.log(name);
            mends.addAll(records(log));
            for (Page page : log.pages()) {
                compare(VaultLayout.page(name, page), page.sha256()).ifPresent(mends::add);
            }
            if (name.path().startsWith(VaultLayout.STREAMS)) {
                other.stream(name.id())
                        .state()
                        .liveChunks()
                        .forEach(
                                (key, chunk) -> compare(key, chunk.sha256()).ifPresent(mends::add));
            }
        }
        return mends;
    }

    /// As far as this vault has later ones: what it never had is no damage.
    private List<Mend> records(Log log) {
        long last = Math.min(vault.newest(log.name()), log.head().seq());
        List<Long> seqs = LongStream.rangeClosed(1, last).boxed().toList();
        List<Optional<Mend>> mends = vault.parallel(seqs, seq -> record(log, seq));
        return mends.stream().flatMap(Optional::stream).toList();
    }

    private Optional<Mend> record(Log log, long seq) {
        String key = VaultLayout.record(log.name(), seq);
        Optional<Mend> mend = compare(key, hash(log, seq));
        mend.ifPresent(_ -> requireSameHistory(log, seq));
        return mend;
    }

    private static String hash(Log log, long seq) {
        return seq == 0 ? Head.NONE.sha256() : log.hashes().get((int) (seq - 1));
    }

    /// Two vaults that were both written to are no copies any more. The record behind says which
    /// one belongs at this place; at the end of the log, a sound record is no damage.
    private void requireSameHistory(Log log, long seq) {
        Optional<String> behind = previous(log.name(), seq + 1);
        Optional<String> here = previous(log.name(), seq);
        boolean fork =
                behind.isPresent()
                        ? !behind.get().equals(hash(log, seq))
                        : here.filter(hash(log, seq - 1)::equals).isPresent();
        if (fork) {
            throw new Permanent(
                    "%s has another history in both since record %d: both were written to. Nothing"
                                    .formatted(log.name(), seq)
                            + " was changed; keep both, and restore from each what it has");
        }
    }

    /// What the record here follows on, if it is sound.
    private Optional<String> previous(LogName name, long seq) {
        String key = VaultLayout.record(name, seq);
        try {
            return vault.store()
                    .read(key, 0, Entry.MOST_BYTES)
                    .map(bytes -> Entry.read(bytes, key).previous());
        } catch (DamagedVault | UnsupportedVault e) {
            return Optional.empty();
        }
    }

    /// Puts back what was planned.
    public void mend(List<Mend> mends) {
        vault.requireWritable();
        for (Mend mend : mends) {
            byte[] bytes =
                    other.store()
                            .read(mend.key(), 0, VaultCheck.MOST_CHUNK_BYTES)
                            .filter(read -> Head.hash(read).equals(mend.sha256()))
                            .orElseThrow(
                                    () ->
                                            new DamagedVault(
                                                    mend.key(),
                                                    "lost in " + other.location() + " too"));
            if (!mend.missing()) {
                vault.store().delete(mend.key());
            }
            vault.store().create(mend.key(), bytes);
        }
    }

    private Optional<Mend> compare(String key, String sha256) {
        Optional<byte[]> there = vault.store().read(key, 0, VaultCheck.MOST_CHUNK_BYTES);
        boolean whole = there.isPresent() && Head.hash(there.get()).equals(sha256);
        return whole ? Optional.empty() : Optional.of(new Mend(key, sha256, there.isEmpty()));
    }
}
