package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The history of a log, as another vault has it: is it the one of this vault too? Two vaults that
/// were both written to are no copies any more.
///
/// @param log as it belongs, read in the other
record SharedHistory(Vault vault, Vault other, Log log) {
    /// A record that is not as it belongs is damaged, or the first that is another one. The record
    /// behind says which one belongs at this place; at the end of the log, a sound record is no
    /// damage.
    ///
    /// @throws Permanent when both were written to
    void require(long seq) {
        Optional<Entry> behind = entry(vault, log.name(), seq + 1);
        boolean fork =
                behind.isPresent()
                        ? !behind.get().previous().equals(log.hash(seq))
                        : isOfAnother(seq);
        if (fork) {
            throw Permanent.refusal(
                    "%s has another history in both since record %d: %s"
                            .formatted(log.name(), seq, why(seq)));
        }
    }

    private String why(long seq) {
        if (twins(seq).filter(Twins::areAlike).isPresent()) {
            return ("the two say the same but for the attempt: one was changed by hand, and nothing"
                            + " tells which. Nothing was changed now; look at both by tsvault"
                            + " inspect %s, move the wrong one away, and repair that vault")
                    .formatted(ObjectKey.record(log.name(), seq));
        }
        return ("both were written to%s. Nothing was changed; keep both, and restore from each"
                        + " what it has")
                .formatted(lostBefore(seq));
    }

    /// Did somebody else append the newest record here, and nobody change it by hand?
    private boolean isOfAnother(long seq) {
        boolean goesOn = log.head().seq() > seq;
        return sound(seq).isPresent()
                && twins(seq).filter(twins -> twins.isAltered(goesOn)).isEmpty();
    }

    private Optional<Entry> sound(long seq) {
        return entry(vault, log.name(), seq)
                .filter(here -> here.previous().equals(log.hash(seq - 1)));
    }

    private Optional<Twins> twins(long seq) {
        return sound(seq)
                .flatMap(
                        here ->
                                entry(other, log.name(), seq)
                                        .map(there -> new Twins(vault, here, there)));
    }

    /// The newest records of this vault, from the first that the other has another one for: if they
    /// tell of tries that failed, and of nothing else. They hold nothing, and block nothing.
    ///
    /// @return their numbers, oldest first; none when all is shared, or more than failures is not
    List<Long> failures() {
        List<Long> seqs = new ArrayList<>();
        Optional<Entry> entry = failure(Lists.newest(vault.store(), log.name()));
        while (entry.isPresent()) {
            Entry here = entry.get();
            seqs.addFirst(here.seq());
            if (followsShared(here)) {
                boolean fork = here.seq() <= log.head().seq() && isOfAnother(here.seq());
                return fork ? seqs : List.of();
            }
            entry =
                    failure(here.seq() - 1)
                            .filter(before -> Head.hash(before.toBytes()).equals(here.previous()));
        }
        return List.of();
    }

    private boolean followsShared(Entry here) {
        long before = here.seq() - 1;
        return before <= log.head().seq() && here.previous().equals(log.hash(before));
    }

    private Optional<Entry> failure(long seq) {
        return entry(vault, log.name(), seq)
                .filter(here -> here.seq() == seq && here.log().equals(log.name()))
                .filter(here -> here.event() instanceof Attempt || here.event() instanceof State);
    }

    /// A page of this vault that holds what only the other has was made before.
    private String lostBefore(long seq) {
        return Pages.behind(
                        Lists.all(vault.store(), ObjectKey.pages(log.name())), log.name(), seq - 1)
                .stream()
                .filter(page -> Pages.hold(vault.store(), page, new Head(seq, log.hash(seq))))
                .findFirst()
                .map(
                        page ->
                                ", after %s had lost the end of this log, as its %s shows"
                                        .formatted(vault.location(), page.text()))
                .orElse("");
    }

    /// A record, if it is sound.
    ///
    /// @throws io.tsvault.core.vault.record.UnsupportedVault when another version wrote it: what
    ///     cannot be read is not replaced
    private static Optional<Entry> entry(Vault in, LogName name, long seq) {
        String key = ObjectKey.record(name, seq);
        try {
            return in.store().read(key, 0, Entry.MOST_BYTES).map(bytes -> Entry.read(bytes, key));
        } catch (DamagedVault e) {
            return Optional.empty();
        }
    }
}
