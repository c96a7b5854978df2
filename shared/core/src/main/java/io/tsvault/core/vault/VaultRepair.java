package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStore.Creation;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// Brings back what a vault has lost, from another one with the same id and the same history. Pages
/// are made anew of their records; for these, a vault is its own copy.
///
/// What was lost is what the records of this vault name. What it has let go of stays gone, though
/// the other may still have it.
public final class VaultRepair {
    private static final int RECORDS_AT_ONCE = 1000;

    /// Something that can be brought back.
    ///
    /// @param sha256 that the log demands
    /// @param missing nothing is there; else other bytes are
    public record Mend(String key, String sha256, boolean missing) {}

    /// A record as it belongs here.
    ///
    /// @param right empty if neither has it
    private record Place(long seq, Optional<Mend> mend, Optional<byte[]> right) {}

    private final Vault vault;
    private final Vault other;
    private final Optional<Mend> description;

    /// The logs of this vault, with what the other has of the records that are lost; and what they
    /// named when they were read.
    private final Map<Log, Set<String>> logs = new HashMap<>();

    private final List<Problem> unread = new ArrayList<>();

    /// Also where `vault.json` is damaged or gone, and the vault cannot be opened: when the records
    /// that are there say whose they are.
    ///
    /// @param other has what is lost
    /// @throws Permanent when it is another vault
    public static VaultRepair of(ObjectStore store, Vault other) {
        Optional<Mend> lost = Undescribed.of(store, other.surroundings()).mend(other);
        Vault vault =
                lost.isPresent()
                        ? Vault.describedBy(other.described(), store, other.surroundings())
                        : Vault.open(store, other.surroundings());
        return new VaultRepair(vault, other, lost);
    }

    /// The same by nothing but what is here: records make pages, and say which vault they are of.
    public static VaultRepair alone(ObjectStore store, Surroundings surroundings) {
        Optional<Vault> undescribed = Undescribed.of(store, surroundings).alone();
        Vault vault = undescribed.orElseGet(() -> Vault.open(store, surroundings));
        Optional<Mend> lost = undescribed.flatMap(it -> new Undescribed(it).mend(it));
        return new VaultRepair(vault, vault, lost);
    }

    /// @param other has what is lost; the vault itself has its records, of which pages can be made
    /// @throws Permanent when it is another vault
    public VaultRepair(Vault vault, Vault other) {
        this(vault, other, Optional.empty());
    }

    private VaultRepair(Vault vault, Vault other, Optional<Mend> description) {
        if (!vault.id().equals(other.id())) {
            throw new Permanent(
                    "%s is the vault %s, %s is %s: only a copy can help; nothing was changed"
                            .formatted(vault.location(), vault.id(), other.location(), other.id()));
        }
        this.vault = vault;
        this.other = other;
        this.description = description;
    }

    /// What is lost here and whole there; changes nothing.
    public List<Mend> plan() {
        logs.clear();
        unread.clear();
        List<Mend> mends = new ArrayList<>(description.stream().toList());
        for (LogName name : other.logs()) {
            readable(name).ifPresent(there -> mends.addAll(plan(there)));
        }
        return mends;
    }

    /// The logs that the other has and that cannot be read there: nothing of them is in the plan.
    public List<Problem> unread() {
        return List.copyOf(unread);
    }

    private Optional<Log> readable(LogName name) {
        try {
            return Optional.of(other.log(name));
        } catch (DamagedVault | UnsupportedVault e) {
            unread.add(Problem.of(name, e));
            return Optional.empty();
        }
    }

    private List<Mend> plan(Log there) {
        Log here = new Log(vault, there.name());
        List<Mend> mends = new ArrayList<>(records(there, here));
        Map<String, String> named = here.named();
        logs.put(here, Set.copyOf(named.keySet()));
        named.keySet().retainAll(there.named().keySet());
        named.forEach((key, sha256) -> compare(key, sha256).ifPresent(mends::add));
        return mends;
    }

    /// As far as this vault has later ones: what it never had is no damage. All that a copy has,
    /// which nobody but copying writes to, was here once.
    ///
    /// @param here is told the records as they belong
    private List<Mend> records(Log there, Log here) {
        long newest = there.head().seq();
        long last =
                other.isCopy()
                        ? newest
                        : Math.min(Lists.newest(vault.store(), here.name()), newest);
        List<Mend> mends = new ArrayList<>();
        for (long first = 1; first <= last; first += RECORDS_AT_ONCE) {
            List<Long> seqs =
                    LongStream.rangeClosed(first, Math.min(last, first + RECORDS_AT_ONCE - 1))
                            .boxed()
                            .toList();
            for (Place place : vault.parallel(seqs, seq -> place(there, seq))) {
                place.mend().ifPresent(mends::add);
                if (here.head().seq() == place.seq() - 1) {
                    place.right().ifPresent(here::accept);
                }
            }
        }
        if (here.head().seq() == last) {
            goOn(here);
        }
        return mends;
    }

    /// Of what the other does not have, what is lost cannot be brought back by it: where the log
    /// breaks off, what it said until then counts.
    private static long goOn(Log here) {
        try {
            here.refresh();
            return here.head().seq();
        } catch (DamagedVault | UnsupportedVault e) {
            return here.head().seq();
        }
    }

    private Place place(Log there, long seq) {
        String key = ObjectKey.record(there.name(), seq);
        String sha256 = there.hash(seq);
        Optional<byte[]> bytes = vault.store().read(key, 0, Entry.MOST_BYTES);
        Optional<byte[]> right = right(bytes, sha256);
        if (right.isPresent()) {
            return new Place(seq, Optional.empty(), right);
        }
        requireSameHistory(there, seq);
        return new Place(
                seq,
                Optional.of(new Mend(key, sha256, bytes.isEmpty())),
                right(other.store().read(key, 0, Entry.MOST_BYTES), sha256));
    }

    private static Optional<byte[]> right(Optional<byte[]> bytes, String sha256) {
        return bytes.filter(read -> Head.hash(read).equals(sha256));
    }

    /// Two vaults that were both written to are no copies any more. The record behind says which
    /// one belongs at this place; at the end of the log, a sound record is no damage.
    private void requireSameHistory(Log log, long seq) {
        Optional<Entry> behind = entry(vault, log.name(), seq + 1);
        boolean fork =
                behind.isPresent()
                        ? !behind.get().previous().equals(log.hash(seq))
                        : isOfAnother(log, seq);
        if (fork) {
            throw new Permanent(
                    "%s has another history in both since record %d: both were written to. Nothing"
                                    .formatted(log.name(), seq)
                            + " was changed; keep both, and restore from each what it has");
        }
    }

    /// Did somebody else append the newest record here? One attempt appends nothing twice: if it is
    /// of the same one, its bytes were changed.
    private boolean isOfAnother(Log log, long seq) {
        Optional<String> there = entry(other, log.name(), seq).map(Entry::attempt);
        return entry(vault, log.name(), seq)
                .filter(here -> here.previous().equals(log.hash(seq - 1)))
                .filter(here -> !there.equals(Optional.of(here.attempt())))
                .isPresent();
    }

    /// A record, if it is sound.
    ///
    /// @throws UnsupportedVault when another version wrote it: what cannot be read is not replaced
    private static Optional<Entry> entry(Vault in, LogName name, long seq) {
        String key = ObjectKey.record(name, seq);
        try {
            return in.store().read(key, 0, Entry.MOST_BYTES).map(bytes -> Entry.read(bytes, key));
        } catch (DamagedVault e) {
            return Optional.empty();
        }
    }

    /// Puts back what was planned, unless it is back already, or this vault has let go of it since.
    ///
    /// @param mends of the plan that this has made last
    /// @return what is lost in the other too, and what keeps a log from being read all the same
    public List<Problem> mend(List<Mend> mends) {
        List<Problem> lost = new ArrayList<>();
        description
                .flatMap(planned -> compare(planned.key(), planned.sha256()))
                .flatMap(this::putBack)
                .ifPresent(lost::add);
        vault.requireKept();
        Set<String> letGo = letGo();
        for (Mend planned : mends) {
            if (!letGo.contains(planned.key())) {
                compare(planned.key(), planned.sha256())
                        .flatMap(this::putBack)
                        .ifPresent(lost::add);
            }
        }
        if (lost.isEmpty()) {
            logs.keySet().forEach(log -> unopened(log.name()).ifPresent(lost::add));
        }
        return lost;
    }

    private Optional<Problem> unopened(LogName name) {
        try {
            vault.log(name);
            return Optional.empty();
        } catch (DamagedVault e) {
            return Optional.of(
                    new Problem(
                            e.key(),
                            "%s; %s has nothing in its place. If tsvault did not write it, move it"
                                            .formatted(e.what(), other.location())
                                    + " away"));
        }
    }

    /// What was named when it was planned, and is not named by now.
    private Set<String> letGo() {
        Set<String> letGo = new HashSet<>();
        logs.forEach(
                (log, named) -> {
                    goOn(log);
                    letGo.addAll(named);
                    letGo.removeAll(log.named().keySet());
                });
        return letGo;
    }

    /// The others can be mended all the same.
    private Optional<Problem> putBack(Mend mend) {
        Optional<byte[]> bytes =
                right(other.store().read(mend.key(), 0, VaultCheck.MOST_CHUNK_BYTES), mend.sha256())
                        .or(() -> right(Optional.of(other.described()), mend.sha256()))
                        .or(() -> repacked(mend));
        if (bytes.isEmpty()) {
            return Optional.of(
                    new Problem(mend.key(), "lost in %s too".formatted(other.location())));
        }
        if (!mend.missing()) {
            vault.store().delete(mend.key());
        }
        if (vault.store().create(mend.key(), bytes.get()) == Creation.ALREADY_THERE) {
            throw new Transient(
                    "%s%s: other bytes came there while it was mended; plan again"
                            .formatted(vault.location(), mend.key()));
        }
        return Optional.empty();
    }

    /// A page is what its records make. Other programs may pack these in other bytes, which do not
    /// belong here.
    private Optional<byte[]> repacked(Mend mend) {
        if (!(ObjectKey.parse(mend.key()).orElse(Mark.VAULT) instanceof OfPage page)) {
            return Optional.empty();
        }
        try {
            return logs.keySet().stream()
                    .filter(log -> log.name().equals(page.log()))
                    .map(log -> Pages.pack(log.known(page.first(), page.last())))
                    .filter(bytes -> Head.hash(bytes).equals(mend.sha256()))
                    .findFirst();
        } catch (DamagedVault e) {
            return Optional.empty(); // of a record, which is lost here too
        }
    }

    private Optional<Mend> compare(String key, String sha256) {
        Optional<byte[]> there = vault.store().read(key, 0, VaultCheck.MOST_CHUNK_BYTES);
        return right(there, sha256).isPresent()
                ? Optional.empty()
                : Optional.of(new Mend(key, sha256, there.isEmpty()));
    }
}
