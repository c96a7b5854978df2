package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStore.Creation;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Event.Page;
import io.tsvault.core.vault.Event.State;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/// A chain of records, as far as it was read. For one thread.
final class Log {
    /// Each record whose number this divides is a STATE record.
    static final int STATE_EVERY = 32;

    private static final int MOST_RACES = 10_000;
    private static final int LISTED = 1000;

    private final Vault vault;
    private final LogName name;
    private final Consumer<Entry> fold;

    private Head head = Head.NONE;
    private List<Page> pages = List.of();

    /// The bytes of the records from the newest STATE record on.
    private final List<byte[]> recent = new ArrayList<>();

    /// @param fold is told each record once, in order
    Log(Vault vault, LogName name, Consumer<Entry> fold) {
        this.vault = vault;
        this.name = name;
        this.fold = fold;
    }

    LogName name() {
        return name;
    }

    Head head() {
        return head;
    }

    /// Reads what came since.
    void refresh() {
        long newest = newest();
        long state = newest - (newest % STATE_EVERY);
        if (head.seq() == 0 && state > 0) {
            open(state, newest);
        } else {
            records(head.seq() + 1, newest).forEach(this::accept);
        }
    }

    private long newest() {
        List<StoredObject> listed = store().list(VaultLayout.records(name), "", LISTED);
        return listed.stream()
                .map(object -> VaultLayout.seq(name, object.key()))
                .flatMapToLong(OptionalLong::stream)
                .findFirst()
                .orElse(0);
    }

    /// Three rounds: the list, what is newer than the last STATE record, the pages.
    private void open(long state, long newest) {
        List<byte[]> tail = records(state, newest);
        String key = VaultLayout.record(name, state);
        if (!(Records.read(tail.getFirst(), key).event() instanceof State(var known))) {
            throw new DamagedVault(key, "a STATE record belongs here");
        }
        vault.parallel(known, this::unpacked).stream().flatMap(List::stream).forEach(this::accept);
        tail.forEach(this::accept);
    }

    private List<byte[]> records(long first, long last) {
        return vault.parallel(LongStream.rangeClosed(first, last).boxed().toList(), this::record);
    }

    private byte[] record(long seq) {
        String key = VaultLayout.record(name, seq);
        return store().read(key, Records.MOST_BYTES)
                .orElseThrow(
                        () ->
                                new DamagedVault(
                                        key,
                                        "this record is missing, though later ones are there"));
    }

    /// Pages only save requests: without one, its records are read one by one.
    private List<byte[]> unpacked(Page page) {
        String key = VaultLayout.page(name, page);
        Optional<byte[]> bytes = store().read(key, Pages.MOST_BYTES);
        return bytes.isPresent()
                ? Pages.unpack(bytes.get(), page, key)
                : LongStream.rangeClosed(page.first(), page.last()).mapToObj(this::record).toList();
    }

    /// The next record of the chain.
    private void accept(byte[] bytes) {
        long seq = head.seq() + 1;
        String key = VaultLayout.record(name, seq);
        Entry entry = Records.read(bytes, key);
        requireInPlace(entry, seq, key);
        fold.accept(entry);
        head = new Head(seq, Records.sha256(bytes));
        if (entry.event() instanceof State(var known)) {
            recent.clear();
            pages = known;
        }
        recent.add(bytes);
    }

    private void requireInPlace(Entry entry, long seq, String key) {
        if (!entry.vault().equals(vault.id())) {
            throw new DamagedVault(key, "it is of another vault: " + entry.vault());
        }
        if (!entry.log().equals(name) || entry.seq() != seq) {
            throw new DamagedVault(
                    key, "it is record %d of %s".formatted(entry.seq(), entry.log()));
        }
        if (!entry.previous().equals(head.sha256())) {
            throw new DamagedVault(
                    key,
                    "it does not follow the record before it: one of the two was changed; that one"
                            + " has SHA-256 "
                            + head.sha256());
        }
        if (entry.event() instanceof State != (seq % STATE_EVERY == 0)) {
            throw new DamagedVault(key, "every 32nd record is a STATE record, and no other is");
        }
    }

    /// Appends what is decided on everything that is there, or nothing. When others append
    /// meanwhile, their records are read, and it is decided again.
    Optional<Entry> append(Supplier<Optional<? extends Event>> decision) {
        vault.requireWritable();
        for (int race = 0; race < MOST_RACES; race++) {
            Optional<? extends Event> event = decision.get();
            if (event.isEmpty()) {
                return Optional.empty();
            }
            boolean forState = (head.seq() + 1) % STATE_EVERY == 0;
            Optional<Entry> entry = tryAppend(forState ? state() : event.get());
            if (entry.isEmpty()) {
                refresh();
            } else if (!forState) {
                return entry;
            }
        }
        throw new Transient("too many others append to " + name + " of " + vault.location());
    }

    private Optional<Entry> tryAppend(Event event) {
        Entry entry = vault.entry(name, head, event);
        byte[] bytes = Records.write(entry);
        String key = VaultLayout.record(name, entry.seq());
        if (store().create(key, bytes) == Creation.ALREADY_THERE) {
            return Optional.empty();
        }
        accept(bytes);
        return Optional.of(entry);
    }

    /// Packs the records up to the head into a page, together with the pages that it replaces.
    private State state() {
        long seq = head.seq() + 1;
        long first = Pages.first(seq);
        List<Page> kept = pages.stream().filter(page -> page.last() < first).toList();
        List<Page> merged = pages.stream().filter(page -> page.last() >= first).toList();
        if (merged.stream().mapToLong(Page::bytes).sum() > Pages.MOST_BYTES / 2) {
            kept = pages;
            merged = List.of();
        }
        List<byte[]> records = new ArrayList<>();
        merged.forEach(page -> records.addAll(unpacked(page)));
        records.addAll(recent);
        byte[] bytes = Pages.pack(records);
        Page page = new Page(seq - records.size(), head.seq(), Records.sha256(bytes), bytes.length);
        store().create(VaultLayout.page(name, page), bytes);
        List<Page> now = new ArrayList<>(kept);
        now.add(page);
        return new State(now);
    }

    private ObjectStore store() {
        return vault.store();
    }
}
