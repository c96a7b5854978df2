package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Spares.Spare;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultRepair.Further;
import io.tsvault.core.vault.VaultRepair.Mend;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Finds what of one log is lost, and where it is once more. For one thread.
final class LogRepair {
    private static final int RECORDS_AT_ONCE = 1000;

    /// A record as it belongs here.
    ///
    /// @param right empty if it is nowhere
    private record Place(long seq, Optional<Mend> mend, Optional<byte[]> right) {}

    private final Vault vault;
    private final Vault other;

    /// The records as they belong: those of the other, and those that pages hold.
    private final Log there;

    /// The records of this vault, with what was found of those that are lost.
    private final Log here;

    private final Spares spares;
    private final Optional<Problem> broken;
    private final boolean newer;
    private Optional<Problem> left = Optional.empty();
    private final List<Problem> unreadable = Collections.synchronizedList(new ArrayList<>());
    private Optional<Further> further = Optional.empty();
    private Set<String> named = Set.of();
    private Aside aside;
    private int captured;

    /// @param newer is what this vault may never have had taken too?
    LogRepair(Vault vault, Vault other, LogName name, boolean newer) {
        this.newer = newer;
        this.aside = new Aside(vault, name, List.of());
        this.vault = vault;
        this.other = other;
        this.there = new Log(other, name);
        this.here = new Log(vault, name);
        this.spares = new Spares(vault, other, here);
        this.broken = read();
    }

    /// Why the other has not all of this log that it should have.
    Optional<Problem> broken() {
        return broken;
    }

    /// Why this vault will not have all of it either, whatever comes back.
    List<Problem> left() {
        return Stream.concat(unreadable.stream(), left.stream()).toList();
    }

    /// What the other has of this log beyond what this vault is known to have had.
    Optional<Further> further() {
        return further;
    }

    /// What makes way for what comes back.
    Aside aside() {
        return aside;
    }

    /// How many slices have chunks, and no record, when all that has a source is back.
    int captured() {
        return captured;
    }

    LogName name() {
        return here.name();
    }

    /// By its records as far as they lead, by pages over what is lost, and on by records.
    private Optional<Problem> read() {
        Optional<Problem> stopped = there.salvage();
        while (goesOn(stopped.isPresent())) {
            stopped = there.salvage();
        }
        return stopped;
    }

    /// Of a log that did not stop, pages tell what is lost of this vault, and nothing more.
    private boolean goesOn(boolean stopped) {
        long newest = stopped ? 0 : Lists.newest(vault.store(), there.name());
        return Stream.of(vault, other)
                .distinct()
                .anyMatch(
                        place ->
                                Pages.behind(listed(place), there.name(), there.head().seq())
                                        .stream()
                                        .filter(page -> page.last() > newest)
                                        .anyMatch(page -> tookRest(place, page)));
    }

    private List<StoredObject> listed(Vault place) {
        return Lists.all(place.store(), ObjectKey.pages(there.name()));
    }

    private boolean tookRest(Vault place, OfPage page) {
        long next = there.head().seq() + 1;
        if (page.first() > next) {
            return false;
        }
        List<byte[]> records = Pages.find(place.store(), page).orElse(List.of());
        boolean took = false;
        try {
            for (byte[] record : records.stream().skip(next - page.first()).toList()) {
                there.accept(record);
                took = true;
            }
        } catch (DamagedVault | UnsupportedVault e) {
            return took; // the rest is of another history, and proves nothing
        }
        return took;
    }

    /// What is not as it belongs, and what of it comes back.
    List<Mend> plan() {
        List<Mend> mends = new ArrayList<>(records());
        Map<String, String> all = here.named();
        named = Set.copyOf(all.keySet());
        if (broken.isEmpty()) { // else a record that cannot be read may have let go of it
            all.keySet().retainAll(there.named().keySet());
            all.forEach((key, sha256) -> compare(key, sha256).ifPresent(mends::add));
        }
        return mends;
    }

    /// Only where no record is known to be lost: that may have settled any slice.
    private void lookForCaptured() {
        try {
            StreamObjects objects = new StreamLog(vault, here).objects();
            captured = objects.slices(objects.waiting(objects.list()));
        } catch (Permanent e) { // that keeps nothing from coming back
            String why = "it cannot be listed: " + e.getMessage();
            left = Optional.of(new Problem(here.name().path() + "/", why));
        }
    }

    /// As far as this vault has later ones, or had them: what it never had is no damage.
    private List<Mend> records() {
        SharedHistory history = new SharedHistory(vault, other, there);
        List<Long> failures = history.failures();
        long newest =
                failures.isEmpty()
                        ? Lists.newest(vault.store(), here.name())
                        : failures.getFirst() - 1;
        long had = newer ? Long.MAX_VALUE : had(newest);
        long last = Math.min(had, there.head().seq());
        if (there.head().seq() > last) {
            further = Optional.of(new Further(here.name(), last, there.head().seq()));
        }
        if (last > newest) {
            aside = new Aside(vault, here.name(), failures);
        }
        List<Mend> mends = new ArrayList<>();
        for (long first = 1; first <= last; first += RECORDS_AT_ONCE) {
            List<Long> seqs =
                    LongStream.rangeClosed(first, Math.min(last, first + RECORDS_AT_ONCE - 1))
                            .boxed()
                            .toList();
            for (Place place : vault.parallel(seqs, seq -> place(history, seq))) {
                place.mend().ifPresent(mends::add);
                if (here.head().seq() == place.seq() - 1) {
                    place.right().ifPresent(here::accept);
                }
            }
        }
        if (aside.seqs().isEmpty()) {
            left = here.head().seq() == last ? here.salvage() : Optional.empty();
            left = left.or(() -> new Remains(vault, here).lostEnd());
        }
        if (left.isEmpty() && here.head().seq() >= last && here.name().isOfStream()) {
            lookForCaptured();
        }
        return mends;
    }

    /// The newest record that this vault has, or had: all that a copy has, which nobody but copying
    /// writes to, was here once; and so was what a page holds, or what a promotion tells of.
    private long had(long newest) {
        if (other.isCopy() || isGone(newest)) {
            return Long.MAX_VALUE;
        }
        List<OfPage> pages = Pages.behind(listed(vault), here.name(), newest);
        long paged = pages.stream().mapToLong(OfPage::last).max().orElse(newest);
        long told = vault.promotion().map(promotion -> promotion.seq(here.name())).orElse(0L);
        return Math.max(paged, told);
    }

    private boolean isGone(long newest) {
        try {
            if (newest == 0) {
                new Remains(vault, here).requireNew();
            }
            return false;
        } catch (DamagedVault e) {
            return true;
        }
    }

    private Place place(SharedHistory history, long seq) {
        String key = ObjectKey.record(there.name(), seq);
        String sha256 = there.hash(seq);
        boolean empty = aside.has(seq);
        Optional<byte[]> bytes;
        try {
            bytes = empty ? Optional.empty() : vault.store().read(key, 0, Entry.MOST_BYTES);
        } catch (Permanent e) {
            unreadable.add(Problem.of(key, e));
            return new Place(seq, Optional.empty(), find(key, sha256).map(found -> found.bytes));
        }
        if (bytes.filter(read -> Head.hash(read).equals(sha256)).isPresent()) {
            return new Place(seq, Optional.empty(), bytes);
        }
        if (!empty) {
            history.require(seq);
        }
        Optional<Spare> spare = find(key, sha256);
        Mend mend = new Mend(key, sha256, bytes.isEmpty(), spare.map(found -> found.where));
        return new Place(seq, Optional.of(mend), spare.map(found -> found.bytes));
    }

    /// What was named when it was planned, and is not named by now. Where the log breaks off, what
    /// it said until then counts.
    Set<String> letGo() {
        here.salvage();
        Set<String> letGo = new HashSet<>(named);
        letGo.removeAll(here.named().keySet());
        return letGo;
    }

    synchronized Optional<Spare> find(String key, String sha256) {
        return spares.find(key, sha256);
    }

    private Optional<Mend> compare(String key, String sha256) {
        Optional<byte[]> bytes;
        try {
            bytes = vault.store().read(key, 0, VaultCheck.MOST_CHUNK_BYTES);
        } catch (Permanent e) { // who knows what it is: all others can be mended
            unreadable.add(Problem.of(key, e));
            return Optional.empty();
        }
        return bytes.filter(read -> Head.hash(read).equals(sha256)).isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Mend(
                                key,
                                sha256,
                                bytes.isEmpty(),
                                find(key, sha256).map(spare -> spare.where)));
    }
}
