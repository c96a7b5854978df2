package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.Optional;

/// What the marks of a vault say.
///
/// | replica.json | promoted.json | what it is |
/// |---|---|---|
/// | no | no | a vault |
/// | yes | no | a copy, which nobody writes to |
/// | yes | yes | a copy that is the vault that counts now |
/// | no | yes | damaged: one mark too many, or one that is lost |
///
/// One that is there and cannot be read is damage too: nobody knows whether this may be written to,
/// or what it once had.
///
/// @param wrong why they say nothing that could be relied on
record Marks(
        boolean wasCopied,
        boolean isCopy,
        Optional<Heads> promotion,
        Optional<RuntimeException> wrong) {
    static Marks read(Vault vault) {
        Optional<byte[]> replica = bytes(vault, Mark.REPLICA);
        Optional<byte[]> promoted = bytes(vault, Mark.PROMOTED);
        boolean wasCopied = replica.isPresent();
        boolean isCopy = wasCopied && promoted.isEmpty();
        try {
            replica.ifPresent(bytes -> Description.require(vault.id(), bytes, Mark.REPLICA.text()));
            Optional<Heads> promotion =
                    promoted.map(bytes -> Heads.read(bytes, vault.id(), Mark.PROMOTED.text()));
            if (promotion.isPresent() && !wasCopied) {
                throw new DamagedVault(
                        Mark.PROMOTED.text(),
                        "it tells of a promotion, and there is no %s: only a copy is promoted"
                                .formatted(Mark.REPLICA.text()));
            }
            return new Marks(wasCopied, isCopy, promotion, Optional.empty());
        } catch (DamagedVault | UnsupportedVault e) {
            return new Marks(wasCopied, isCopy, Optional.empty(), Optional.of(e));
        }
    }

    private static Optional<byte[]> bytes(Vault vault, Mark mark) {
        return vault.store().read(mark.text(), 0, Heads.MOST_BYTES);
    }

    /// Can they no longer become others? A copy may be promoted, and what is wrong be mended.
    boolean areFinal() {
        return wrong.isEmpty() && !isCopy;
    }

    /// @throws DamagedVault when one of them cannot be read
    /// @throws UnsupportedVault when one of them is of another version
    void require() {
        wrong.ifPresent(
                why -> {
                    throw why;
                });
    }

    /// The same, for who tells of it.
    Optional<Problem> problem() {
        return wrong.map(why -> Problem.of(Mark.PROMOTED.text(), why));
    }
}
