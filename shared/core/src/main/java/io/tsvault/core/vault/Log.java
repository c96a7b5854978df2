package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.vault.RecordReader.Link;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Remedy;
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
import java.util.stream.LongStream;

/// A chain of records, as far as it was read. For one thread.
final class Log {
    /// Each record whose number this divides is a STATE record.
    static final int STATE_EVERY = 32;

    /// So many records are asked for, when nobody knows how many there are.
    private static final int READ_AT_ONCE = 1024;

    private final Vault vault;
    private final LogName name;
    private final RecordReader records;
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
        this.records = new RecordReader(vault, name);
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
        long newest = Lists.newest(vault.store(), name);
        if (newest == 0 && head.seq() == 0) {
            new Remains(vault, this).requireNew();
        }
        long state = newest - (newest % STATE_EVERY);
        if (head.seq() == 0 && state > 0) {
            open(state, newest);
        } else {
            records.read(head.seq() + 1, newest).forEach(this::accept);
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
            return stray().orElse(first);
        } catch (DamagedVault | UnsupportedVault e) {
            String next = ObjectKey.record(name, head.seq() + 1);
            return stray().filter(stray -> stray.key().equals(next))
                    .orElseGet(() -> Problem.of(name, e));
        }
    }

    /// The newest record, if it is none of this place: it was put over the right one, or behind
    /// all.
    private Optional<Problem> stray() {
        try {
            long seq = Lists.newest(vault.store(), name);
            return records.strange(seq)
                    .map(what -> new Problem(ObjectKey.record(name, seq), what, Remedy.STRAY));
        } catch (Permanent e) {
            return Optional.empty(); // what it is cannot be told
        }
    }

    /// Takes so many records, if they are there.
    private boolean tookAll(int many) {
        long next = head.seq() + 1;
        List<Long> seqs = LongStream.range(next, next + many).boxed().toList();
        for (Optional<byte[]> bytes : vault.parallel(seqs, records::find)) {
            if (bytes.isEmpty()) {
                return false;
            }
            accept(bytes.get());
        }
        return true;
    }

    /// Three rounds: the list, what is newer than the last STATE record, the pages.
    private void open(long state, long newest) {
        List<byte[]> tail = records.read(state, newest);
        String key = ObjectKey.record(name, state);
        if (!(Entry.read(tail.getFirst(), key).event() instanceof State(var known))) {
            throw new DamagedVault(key, "a STATE record belongs here");
        }
        records.links(known).forEach(this::accept);
        tail.forEach(this::accept);
    }

    /// The bytes of records that were read before, if they are the same by now.
    List<byte[]> known(long first, long last) {
        List<byte[]> now = records.read(first, last);
        for (long seq = first; seq <= last; seq++) {
            if (!Head.hash(now.get((int) (seq - first))).equals(hash(seq))) {
                throw new DamagedVault(
                        ObjectKey.record(name, seq), "it is not what the log holds in its place");
            }
        }
        return now;
    }

    /// The same, of a page: what holds them for ever has to be what was read.
    List<byte[]> known(Page page) {
        return records.unpacked(page, () -> known(page.first(), page.last()));
    }

    /// The bytes of all records that are in no page yet, from the newest STATE record on.
    List<byte[]> recent() {
        return Collections.unmodifiableList(recent);
    }

    /// Takes the next record.
    ///
    /// @throws DamagedVault when it cannot be that
    void accept(byte[] bytes) {
        accept(records.link(head.seq() + 1, bytes));
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
            throw new DamagedVault(key, RecordReader.misplaced(entry));
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
}
