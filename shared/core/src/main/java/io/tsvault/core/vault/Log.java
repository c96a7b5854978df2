package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/// A chain of records, as far as it was read. For one thread.
final class Log {
    /// Each record whose number this divides is a STATE record.
    static final int STATE_EVERY = 32;

    /// So many records are read by one thread before it looks for others.
    private static final int READ_AT_ONCE = 1024;

    /// More records than this were never written since the newest page.
    private static final long MOST_UNPAGED = 10_000_000;

    private final Vault vault;
    private final LogName name;
    private final Optional<StreamState> state;

    private final List<Entry> history = new ArrayList<>();

    private Head head = Head.NONE;
    private List<Page> pages = List.of();

    /// The bytes of the records from the newest STATE record on.
    private final List<byte[]> recent = new ArrayList<>();

    /// SHA-256 of each record.
    private final List<String> hashes = new ArrayList<>();

    /// Reads nothing yet.
    Log(Vault vault, LogName name) {
        this.vault = vault;
        this.name = name;
        this.state = name.isOfStream() ? Optional.of(new StreamState(name)) : Optional.empty();
    }

    LogName name() {
        return name;
    }

    Head head() {
        return head;
    }

    /// What the records tell, if they are of a stream.
    Optional<StreamState> state() {
        return state;
    }

    /// The records but for those that say where others are, unless they are of a stream.
    List<Entry> history() {
        return Collections.unmodifiableList(history);
    }

    /// SHA-256 of a record, or the zeros that the first one follows on.
    String hash(long seq) {
        return seq == 0 ? Head.NONE.sha256() : hashes.get((int) (seq - 1));
    }

    boolean hasRecord(String sha256) {
        return hashes.contains(sha256);
    }

    /// The pages of the newest STATE record.
    List<Page> pages() {
        return pages;
    }

    /// All chunks and pages that count, by their keys: the SHA-256 that each must have.
    Map<String, String> named() {
        Map<String, String> named = new TreeMap<>();
        pages.forEach(page -> named.put(ObjectKey.page(name, page), page.sha256()));
        state.ifPresent(
                stream ->
                        stream.liveChunks()
                                .forEach((key, chunk) -> named.put(key, chunk.sha256())));
        return named;
    }

    /// How many bytes each of these has.
    Map<String, Long> sizes() {
        Map<String, Long> sizes = new HashMap<>();
        pages.forEach(page -> sizes.put(ObjectKey.page(name, page), page.bytes()));
        state.ifPresent(
                stream ->
                        stream.liveChunks()
                                .forEach((key, chunk) -> sizes.put(key, chunk.summary().bytes())));
        return sizes;
    }

    /// Reads what came since.
    void refresh() {
        long newest = Lists.newest(store(), name);
        if (newest == 0 && head.seq() == 0) {
            new Remains(vault, name).requireNoneOrCopied();
        }
        long state = newest - (newest % STATE_EVERY);
        if (head.seq() == 0 && state > 0) {
            open(state, newest);
        } else {
            records(head.seq() + 1, newest).forEach(this::accept);
        }
    }

    /// Reads what came since, as far as it can be read.
    ///
    /// @return why no further; empty at its end
    Optional<Problem> salvage() {
        try {
            refresh();
            return Optional.empty();
        } catch (DamagedVault | UnsupportedVault | Permanent e) {
            return Optional.of(oneByOne(Problem.of(name, e)));
        }
    }

    private Problem oneByOne(Problem first) {
        try {
            boolean more = true;
            while (more) {
                more = tookAll(READ_AT_ONCE);
            }
            return first;
        } catch (DamagedVault | UnsupportedVault e) {
            return Problem.of(name, e);
        }
    }

    /// Takes so many records, if they are there.
    private boolean tookAll(int records) {
        long next = head.seq() + 1;
        List<Long> seqs = LongStream.range(next, next + records).boxed().toList();
        for (Optional<byte[]> bytes : vault.parallel(seqs, this::found)) {
            if (bytes.isEmpty()) {
                return false;
            }
            accept(bytes.get());
        }
        return true;
    }

    private Optional<byte[]> found(long seq) {
        try {
            return store().read(ObjectKey.record(name, seq), 0, Entry.MOST_BYTES);
        } catch (Permanent e) { // it is told by who looks at each object
            return Optional.empty();
        }
    }

    /// Three rounds: the list, what is newer than the last STATE record, the pages.
    private void open(long state, long newest) {
        List<byte[]> tail = records(state, newest);
        String key = ObjectKey.record(name, state);
        if (!(Entry.read(tail.getFirst(), key).event() instanceof State(var known))) {
            throw new DamagedVault(key, "a STATE record belongs here");
        }
        List<Batch> batches =
                vault.parallel(known, this::batches).stream().flatMap(List::stream).toList();
        vault.parallel(batches, this::links).stream().flatMap(List::stream).forEach(this::accept);
        tail.forEach(this::accept);
    }

    /// A record that was read, and not yet held against the chain.
    private static final class Link {
        final Entry entry;
        final byte[] bytes;
        final String sha256;

        Link(Entry entry, byte[] bytes) {
            this.entry = entry;
            this.bytes = bytes;
            this.sha256 = Head.hash(bytes);
        }
    }

    private Link link(long seq, byte[] bytes) {
        Entry entry = Entry.read(bytes, ObjectKey.record(name, seq));
        return new Link(entry, bytes);
    }

    /// Some records of a page, from this number on.
    ///
    /// @param packed do they come from a page that is sound?
    private record Batch(long first, List<byte[]> records, boolean packed) {}

    /// The largest page has nearly all records.
    private List<Batch> batches(Page page) {
        Optional<List<byte[]>> packed = packed(page);
        List<byte[]> records = packed.orElseGet(() -> records(page.first(), page.last()));
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < records.size(); from += READ_AT_ONCE) {
            int to = Math.min(records.size(), from + READ_AT_ONCE);
            batches.add(
                    new Batch(page.first() + from, records.subList(from, to), packed.isPresent()));
        }
        return batches;
    }

    /// Reading is most of the work of opening: all processors share it.
    private List<Link> links(Batch batch) {
        List<Link> links = new ArrayList<>();
        for (byte[] bytes : batch.records()) {
            String key = ObjectKey.record(name, batch.first() + links.size());
            Entry entry = batch.packed() ? Entry.readPacked(bytes, key) : Entry.read(bytes, key);
            links.add(new Link(entry, bytes));
        }
        return links;
    }

    private List<byte[]> records(long first, long last) {
        if (last - first > MOST_UNPAGED) {
            throw new DamagedVault(
                    ObjectKey.record(name, last),
                    "no log has so many records: it is not of tsvault, take it away");
        }
        return vault.parallel(LongStream.rangeClosed(first, last).boxed().toList(), this::record);
    }

    private byte[] record(long seq) {
        String key = ObjectKey.record(name, seq);
        return store().read(key, Entry.MOST_BYTES)
                .orElseThrow(
                        () ->
                                new DamagedVault(
                                        key,
                                        "this record is missing, though later ones are there"));
    }

    /// The bytes of records that were read before, if they are the same by now.
    List<byte[]> known(long first, long last) {
        List<byte[]> records = records(first, last);
        for (long seq = first; seq <= last; seq++) {
            if (!Head.hash(records.get((int) (seq - first))).equals(hash(seq))) {
                throw new DamagedVault(
                        ObjectKey.record(name, seq), "it is not what the log holds in its place");
            }
        }
        return records;
    }

    /// The bytes of all records that are in no page yet, from the newest STATE record on.
    List<byte[]> recent() {
        return Collections.unmodifiableList(recent);
    }

    /// Pages only save requests: without a sound one, its records are read one by one.
    List<byte[]> unpacked(Page page, Supplier<List<byte[]>> instead) {
        return packed(page).orElseGet(instead);
    }

    private Optional<List<byte[]>> packed(Page page) {
        String key = ObjectKey.page(name, page);
        try {
            return store().read(key, 0, Pages.MOST_BYTES)
                    .map(bytes -> Pages.unpack(bytes, page, key));
        } catch (DamagedVault e) {
            return Optional.empty();
        }
    }

    /// Takes the next record.
    ///
    /// @throws DamagedVault when it cannot be that
    void accept(byte[] bytes) {
        accept(link(head.seq() + 1, bytes));
    }

    private void accept(Link link) {
        requireNext(link.entry);
        take(link);
    }

    /// Would this be the next record? Takes nothing.
    ///
    /// @throws DamagedVault when it cannot be that
    Entry next(byte[] bytes) {
        Entry entry = Entry.read(bytes, ObjectKey.record(name, head.seq() + 1));
        requireNext(entry);
        return entry;
    }

    private void requireNext(Entry entry) {
        long seq = head.seq() + 1;
        String key = ObjectKey.record(name, seq);
        requireInPlace(entry, seq, key);
        state.ifPresent(stream -> new StreamRules(stream).require(entry, key));
    }

    /// Takes what was found to be the next record.
    void take(Entry entry, byte[] bytes) {
        take(new Link(entry, bytes));
    }

    private void take(Link link) {
        Entry entry = link.entry;
        state.ifPresent(stream -> stream.take(entry));
        if (state.isEmpty() && !(entry.event() instanceof State)) {
            history.add(entry);
        }
        head = new Head(entry.seq(), link.sha256);
        hashes.add(head.sha256());
        if (entry.event() instanceof State(var known)) {
            recent.clear();
            pages = known;
        }
        recent.add(link.bytes);
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

    private ObjectStore store() {
        return vault.store();
    }
}
