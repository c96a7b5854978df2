package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.RetryingStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Makes a second vault with the same id and the same bytes, or brings one up to date. The copy is
/// not written to by anyone else, until it is promoted.
///
/// It gets streams and configurations. What belongs to restores stays where they run: a manifest
/// can be handed in anew.
///
/// At every instant the copy is a vault: the mark that it is a copy comes first, chunks before the
/// records that name them, records in their order. So a copy that was cut off is gone on with; that
/// it is finished is said last ([Finished]). What a sweep of the vault deletes goes from the copy
/// too, once it has the record that says so.
public final class VaultCopy {
    private static final int RECORDS_AT_ONCE = 32;

    /// What was done.
    ///
    /// @param lost what the vault should have and has not, or not as it was
    /// @param unread logs that cannot be read to their ends; all others were copied
    /// @param damaged what the copy had, and has no longer as it was: repair mends it
    /// @param removed how many objects went, as the vault has swept them
    /// @param kept what should have gone too, and could not be deleted
    public record Copied(
            int objects,
            long bytes,
            List<Problem> lost,
            List<Problem> unread,
            List<Problem> damaged,
            int removed,
            List<Problem> kept) {
        /// Copies the lists.
        public Copied {
            lost = List.copyOf(lost);
            unread = List.copyOf(unread);
            damaged = List.copyOf(damaged);
            kept = List.copyOf(kept);
        }
    }

    private final Vault from;
    private final RetryingStore to;
    private final CopyPlace place;
    private final Map<String, Long> heads = new HashMap<>();
    private final List<Problem> lost = new ArrayList<>();
    private final List<Problem> unread = new ArrayList<>();
    private final List<Problem> damaged = new ArrayList<>();
    private final List<Problem> kept = new ArrayList<>();
    private int objects;
    private long bytes;
    private int removed;

    private VaultCopy(Vault from, RetryingStore to) {
        this.from = from;
        this.to = to;
        this.place = new CopyPlace(from, to);
    }

    /// Copies what is not there yet.
    public static Copied copy(Vault from, ObjectStore to) {
        VaultCopy copy = new VaultCopy(from, from.surroundings().steady(to));
        copy.place.begin().forEach(copy::count);
        from.logs().forEach(copy::readable);
        copy.end();
        return new Copied(
                copy.objects,
                copy.bytes,
                copy.lost,
                copy.unread,
                copy.damaged,
                copy.removed,
                copy.kept);
    }

    /// Only who has brought all logs to their ends has made a copy.
    private void end() {
        if (unread.isEmpty()) {
            new Finished(to, from.id()).add(new Heads(heads), from.surroundings());
        }
    }

    /// One log that is damaged, or may not be read, keeps no other from being copied.
    private void readable(LogName name) {
        try {
            sound(name).ifPresent(this::log);
        } catch (DamagedVault | UnsupportedVault e) {
            unread.add(Problem.of(name, e));
        }
    }

    /// What has lost its end is no log that a copy should have.
    private Optional<Log> sound(LogName name) {
        try {
            Log log = from.log(name);
            Optional<Problem> lostEnd = new Remains(from, log).lostEnd();
            lostEnd.ifPresent(unread::add);
            return lostEnd.isPresent() ? Optional.empty() : Optional.of(log);
        } catch (Permanent e) {
            unread.add(Problem.of(name, e));
            return Optional.empty();
        }
    }

    private void log(Log log) {
        NavigableSet<Long> copied = copied(log.name());
        if (!copied.isEmpty()) {
            log.refresh(); // another may copy, and have read more
            requireSameHistory(log, copied.last());
        }
        List<StoredObject> there = there(log.name());
        Map<String, String> missingThere = log.named();
        there.forEach(object -> missingThere.remove(object.key()));
        missingThere.forEach(this::object);
        compareSizes(log, there);
        for (long seq = 1; seq <= log.head().seq(); seq += RECORDS_AT_ONCE) {
            NavigableSet<Long> some =
                    numbers(seq, Math.min(log.head().seq(), seq + RECORDS_AT_ONCE - 1));
            some.removeAll(copied);
            if (!some.isEmpty()) {
                records(log, some);
            }
        }
        heads.put(log.name().path(), log.head().seq());
        log.state().ifPresent(state -> letGo(state, there));
    }

    /// A copy has nothing that was not here: what it has more, and follows, is lost here.
    private void requireSameHistory(Log log, long copied) {
        long head = log.head().seq();
        String key = ObjectKey.record(log.name(), Math.min(copied, head));
        byte[] there = to.read(key, 0, Entry.MOST_BYTES).orElse(new byte[0]);
        if (!log.hash(Math.min(copied, head)).equals(Head.hash(there))) {
            throw place.refused("its " + key + " is another one");
        }
        if (copied > head) {
            throw new DamagedVault(
                    ObjectKey.record(log.name(), head + 1),
                    "missing; the copy has it, and all up to record %d".formatted(copied));
        }
    }

    /// The chunks and pages that the copy has.
    private List<StoredObject> there(LogName log) {
        List<StoredObject> there = new ArrayList<>(Lists.all(to, ObjectKey.pages(log)));
        there.addAll(Lists.all(to, ObjectKey.chunks(log)));
        return there;
    }

    private void object(String key, String sha256) {
        Optional<byte[]> found;
        try {
            found = from.store().read(key, 0, VaultCheck.MOST_CHUNK_BYTES);
        } catch (Permanent e) { // an archived object, say: all others can be copied
            lost.add(Problem.of(key, e));
            return;
        }
        VaultCheck.problem(key, found, sha256)
                .ifPresentOrElse(lost::add, () -> put(key, found.orElseThrow()));
    }

    private void records(Log log, NavigableSet<Long> seqs) {
        long seq = seqs.first();
        for (byte[] record : known(log, seq, seqs.last())) {
            if (seqs.contains(seq)) {
                put(ObjectKey.record(log.name(), seq), record);
            }
            seq++;
        }
    }

    private static List<byte[]> known(Log log, long first, long last) {
        try {
            return log.known(first, last);
        } catch (Permanent e) { // of this one alone
            throw new DamagedVault(
                    ObjectKey.records(log.name()), "it cannot be read: " + e.getMessage());
        }
    }

    private static NavigableSet<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The numbers of the records that the copy has; one that it has lost is missing among them.
    private NavigableSet<Long> copied(LogName log) {
        return Lists.all(to, ObjectKey.records(log)).stream()
                .map(object -> ObjectKey.seq(log, object.key()))
                .flatMapToLong(OptionalLong::stream)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void compareSizes(Log log, List<StoredObject> there) {
        Map<String, Long> sizes = log.sizes();
        for (StoredObject object : there) {
            long right = sizes.getOrDefault(object.key(), object.bytes());
            if (object.bytes() != right) {
                damaged.add(
                        new Problem(
                                object.key(),
                                "there are %,d bytes of %,d".formatted(object.bytes(), right)));
            }
        }
    }

    /// A dead key is dead in both. Who copies to where nothing can be deleted has a copy that is
    /// whole, and more.
    private void letGo(StreamState state, List<StoredObject> there) {
        for (StoredObject object : there) {
            if (state.isDead(object.key())) {
                try {
                    to.delete(object.key());
                    removed++;
                } catch (Permanent e) {
                    kept.add(new Problem(object.key(), String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private void put(String key, byte[] content) {
        place.put(key, content);
        count(content);
    }

    private void count(byte[] content) {
        objects++;
        bytes += content.length;
    }
}
