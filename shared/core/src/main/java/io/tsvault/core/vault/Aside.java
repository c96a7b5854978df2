package io.tsvault.core.vault;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.LogName;

import java.util.List;
import java.util.Optional;

/// Records that make way for those which were there before: a vault that had lost the end of a log
/// went on with it, but no try kept anything ([SharedHistory#failures]).
///
/// @param seqs oldest first
record Aside(Vault vault, LogName name, List<Long> seqs) {
    Aside {
        seqs = List.copyOf(seqs);
    }

    boolean has(long seq) {
        return seqs.contains(seq);
    }

    List<String> keys() {
        return seqs.stream().map(this::key).toList();
    }

    /// The newest goes first: what is left of them is a log at every instant. A page goes before
    /// the record that names it, as one without is taken for a lost end.
    ///
    /// @throws Transient when somebody appended to them; then nothing was changed
    void remove() {
        if (seqs.isEmpty()) {
            return;
        }
        if (Lists.newest(vault.store(), name) != seqs.getLast()) {
            throw new Transient(
                    "%s of %s was written to while it was mended; plan again"
                            .formatted(name, vault.location()));
        }
        for (String key : keys().reversed()) {
            Optional<byte[]> bytes = vault.store().read(key, 0, Entry.MOST_BYTES);
            if (bytes.isPresent() && Entry.read(bytes.get(), key).event() instanceof State state) {
                removePages(state);
            }
            vault.store().delete(key);
        }
    }

    private void removePages(State state) {
        state.pages().stream()
                .filter(page -> page.last() >= seqs.getFirst())
                .forEach(page -> vault.store().delete(ObjectKey.page(name, page)));
    }

    private String key(long seq) {
        return ObjectKey.record(name, seq);
    }
}
