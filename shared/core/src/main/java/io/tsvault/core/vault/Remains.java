package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Remedy;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.OfPage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells a log that is lost, or its end, from one that nobody wrote further, by what is left of it:
/// pages, and chunks. Whoever went on with such a log would make two histories of one.
///
/// | in | no record, but | a page ends behind the newest record |
/// |---|---|---|
/// | a vault | a page, or chunks of two slices | its end is lost |
/// | a copy | a page or a chunk: not finished, or lost | not finished, or lost |
/// | a copy that was promoted | - | it goes on with the log |
///
/// Before its first record a stream has chunks of one slice at most, of a run that was cut off; a
/// page comes after 31 records, and holds nothing that is no record. A copy gets chunks and pages
/// before records. What was copied into one that was promoted meanwhile is either all that is
/// behind the head of then, or does not go on with the log. A copy that was promoted has written
/// down how many records each log had: whatever else is left, fewer are a loss.
record Remains(Vault vault, Log log) {
    /// A log without records must be one that never had any.
    ///
    /// @throws DamagedVault when it is not
    void requireNew() {
        List<StoredObject> there = list();
        if ((then() > 0 || isMoreThanCutOff(there))
                && Lists.newest(vault.store(), log.name()) == 0) {
            throw new DamagedVault(ObjectKey.records(log.name()), gone(there.size()));
        }
    }

    /// The end of the log is lost, as its pages tell, or its promotion; or nobody can say what it
    /// had, as a mark cannot be read.
    Optional<Problem> lostEnd() {
        return lostEnd(Lists.all(vault.store(), ObjectKey.pages(log.name())));
    }

    /// @param there what was listed, pages among others
    Optional<Problem> lostEnd(List<StoredObject> there) {
        Optional<Problem> mark = vault.marks().problem();
        if (mark.isPresent() || (beyond(there).isEmpty() && fewerThanThen().isEmpty())) {
            return mark;
        }
        if (Lists.newest(vault.store(), log.name()) > log.head().seq()) {
            log.refresh(); // they may have come meanwhile
        }
        return beyond(there).stream()
                .filter(this::isLost)
                .findFirst()
                .map(this::problem)
                .or(this::fewerThanThen);
    }

    private Optional<Problem> fewerThanThen() {
        long next = log.head().seq() + 1;
        return next > then()
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                ObjectKey.record(log.name(), next),
                                "records %d to %d are lost: they were there when this copy was"
                                                .formatted(next, then())
                                        + " promoted"));
    }

    /// @throws DamagedVault when the end of the log is lost
    void requireWhole() {
        vault.marks().require();
        lostEnd()
                .ifPresent(
                        lost -> {
                            throw new DamagedVault(lost.key(), lost.what());
                        });
    }

    private List<OfPage> beyond(List<StoredObject> there) {
        return Pages.behind(there, log.name(), log.head().seq());
    }

    private boolean isLost(OfPage page) {
        if (!vault.wasCopied() || vault.isCopy()) {
            return true;
        }
        long head = log.head().seq();
        return head < then() || (head > then() && Pages.hold(vault.store(), page, log.head()));
    }

    /// The number of the newest record when this copy was promoted; 0 when it was not.
    private long then() {
        return vault.promotion().map(told -> told.seq(log.name())).orElse(0L);
    }

    private Problem problem(OfPage page) {
        String what =
                "it holds records up to %d, beyond the newest one, %d: "
                        .formatted(page.last(), log.head().seq());
        return vault.isCopy()
                ? new Problem(page.text(), what + Remedy.UNFINISHED, Remedy.COPY_AGAIN)
                : new Problem(
                        page.text(),
                        what
                                + "the end of the log is gone. tsvault vault repair puts back what"
                                + " pages hold; what came later, only a copy has",
                        Remedy.REBUILD);
    }

    private boolean isMoreThanCutOff(List<StoredObject> there) {
        boolean pages = there.stream().anyMatch(object -> isPage(object.key()));
        boolean more =
                pages || there.stream().map(object -> folder(object.key())).distinct().count() > 1;
        if (there.isEmpty() || !vault.wasCopied()) {
            return more;
        }
        return vault.isCopy();
    }

    private String gone(int objects) {
        if (then() > 0) {
            return "the log is gone: it had %,d records when this copy was promoted"
                    .formatted(then());
        }
        return vault.isCopy()
                ? "no record is there, and %,d objects that records name: %s"
                        .formatted(objects, Remedy.UNFINISHED)
                : "the log is gone, and %,d objects that it named are still here; if it never had"
                                .formatted(objects)
                        + " a record, take the folder %s away".formatted(log.name().path());
    }

    private boolean isPage(String key) {
        return key.startsWith(ObjectKey.pages(log.name()));
    }

    private static String folder(String key) {
        return key.substring(0, key.lastIndexOf('/'));
    }

    private List<StoredObject> list() {
        List<StoredObject> there =
                new ArrayList<>(Lists.all(vault.store(), ObjectKey.pages(log.name())));
        if (log.name().isOfStream()) {
            there.addAll(Lists.all(vault.store(), ObjectKey.chunks(log.name())));
        }
        there.removeIf(object -> !ObjectKey.isChunkOrPage(log.name(), object.key()));
        return there;
    }
}
