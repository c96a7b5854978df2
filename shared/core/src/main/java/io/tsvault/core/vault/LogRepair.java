package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Spares.Spare;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultRepair.Mend;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
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
    private Optional<Problem> left = Optional.empty();
    private Set<String> named = Set.of();

    LogRepair(Vault vault, Vault other, LogName name) {
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
    Optional<Problem> left() {
        return left;
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

    /// As far as this vault has later ones, or had them: what it never had is no damage.
    private List<Mend> records() {
        SharedHistory history = new SharedHistory(vault, other, there);
        long last = Math.min(had(), there.head().seq());
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
        left = here.head().seq() == last ? here.salvage() : Optional.empty();
        left = left.or(() -> new Remains(vault, here).lostEnd());
        return mends;
    }

    /// The newest record that this vault has, or had: all that a copy has, which nobody but copying
    /// writes to, was here once; and so was what a page holds.
    private long had() {
        long newest = Lists.newest(vault.store(), here.name());
        if (other.isCopy() || isGone(newest)) {
            return Long.MAX_VALUE;
        }
        List<OfPage> pages = Pages.behind(listed(vault), here.name(), newest);
        return pages.stream().mapToLong(OfPage::last).max().orElse(newest);
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
        Optional<byte[]> bytes = vault.store().read(key, 0, Entry.MOST_BYTES);
        if (bytes.filter(read -> Head.hash(read).equals(sha256)).isPresent()) {
            return new Place(seq, Optional.empty(), bytes);
        }
        history.require(seq);
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
        Optional<byte[]> bytes = vault.store().read(key, 0, VaultCheck.MOST_CHUNK_BYTES);
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
