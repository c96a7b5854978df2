package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.RetryingStore;
import io.tsvault.core.vault.key.ObjectKey.Mark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a copy is made: may one be there, and the marks that say whose it is.
///
/// @param from what is copied
record CopyPlace(Vault from, RetryingStore to) {
    /// What is looked at later is written earlier, also by another who copies, and by a write of
    /// ours that came late.
    ///
    /// @return what was written, one object each
    /// @throws Permanent when no copy can be there
    List<byte[]> begin() {
        List<byte[]> written = new ArrayList<>();
        if (to.location().startsWith(folder(from.location()))
                || from.location().startsWith(folder(to.location()))) {
            throw refused("one of the two is within the other");
        }
        boolean empty = to.list("", "", 1).isEmpty();
        byte[] vault = described();
        Optional<byte[]> there = to.read(Mark.VAULT.text(), 0, Description.MOST_BYTES);
        Optional<byte[]> mark = to.read(Mark.REPLICA.text(), 0, Description.MOST_BYTES);
        if (to.read(Mark.PROMOTED.text(), 0, 1).isPresent()) {
            throw refused("it was promoted, and has a history of its own since");
        }
        if (there.isPresent() && (mark.isEmpty() || !Description.isOf(from.id(), there.get()))) {
            throw refused(
                    mark.isPresent()
                            ? "it is a copy of another vault"
                            : "it is a vault, and no copy");
        }
        if (there.isEmpty() && mark.isEmpty() && !empty) {
            throw refused("it is not empty; a copy needs a place of its own");
        }
        mark(mark).ifPresent(written::add);
        if (there.isEmpty()) {
            put(Mark.VAULT.text(), vault);
            written.add(vault);
        }
        return written;
    }

    private static String folder(String location) {
        return location.endsWith("/") ? location : location + "/";
    }

    /// What the vault says of itself, if that is still the same vault.
    private byte[] described() {
        return from.store()
                .read(Mark.VAULT.text(), 0, Description.MOST_BYTES)
                .filter(bytes -> Description.read(bytes).id().equals(from.id()))
                .orElseThrow(
                        () ->
                                new DamagedVault(
                                        Mark.VAULT.text(),
                                        "it was the vault %s, and is gone or another"
                                                .formatted(from.id())));
    }

    /// Another who copies may do so just now.
    private Optional<byte[]> mark(Optional<byte[]> there) {
        Foundation foundation = new Foundation(to, Mark.REPLICA.text());
        if (there.isPresent()) {
            foundation.require(there.get());
            return Optional.empty();
        }
        Description description = new Description(from.id());
        return foundation.lay(
                () -> description.toUniqueBytes(from.surroundings()),
                from.surroundings().parallel());
    }

    /// Why no copy can be there.
    Permanent refused(String why) {
        return Permanent.refusal(
                "%s cannot become a copy of %s: %s. Nothing was changed"
                        .formatted(to.location(), from.location(), why));
    }

    /// Whatever was promoted while it was made has a history of its own: a further record of ours
    /// would not follow on it.
    void put(String key, byte[] content) {
        if (to.create(key, content) == ObjectStore.Creation.ALREADY_THERE) {
            throw new Permanent(
                    "%s stopped being a copy of %s while it was made: its %s is another one. Was it"
                                    .formatted(to.location(), from.location(), key)
                            + " promoted? Then it is whole, and goes its own way; copy to another"
                            + " place");
        }
    }
}
