package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/// Reads records of a log, one by one or many at a time by pages. Whether they are a chain, the
/// [Log] knows.
record RecordReader(Vault vault, LogName name) {
    /// So many records of a page are read by one thread before it looks for others.
    private static final int READ_AT_ONCE = 1024;

    /// More records than this were never written since the newest page.
    private static final long MOST_UNPAGED = 10_000_000;

    /// A record that was read, and not yet held against the chain.
    static final class Link {
        final Entry entry;
        final byte[] bytes;
        final String sha256;

        Link(Entry entry, byte[] bytes) {
            this.entry = entry;
            this.bytes = bytes;
            this.sha256 = Head.hash(bytes);
        }
    }

    /// Some records of a page, from this number on.
    ///
    /// @param packed do they come from a page that is sound?
    private record Batch(long first, List<byte[]> records, boolean packed) {}

    /// The bytes of records that have to be there.
    List<byte[]> read(long first, long last) {
        if (last - first > MOST_UNPAGED) {
            throw new DamagedVault(
                    ObjectKey.record(name, last),
                    "no log has so many records: it is not of tsvault, take it away");
        }
        return vault.parallel(
                LongStream.rangeClosed(first, last).boxed().toList(), seq -> one(seq, last));
    }

    private byte[] one(long seq, long last) {
        String key = ObjectKey.record(name, seq);
        return vault.store().read(key, Entry.MOST_BYTES).orElseThrow(() -> missing(key, last));
    }

    /// Some other file may be called like the last one.
    private DamagedVault missing(String key, long last) {
        return strange(last)
                .map(
                        what ->
                                new DamagedVault(
                                        ObjectKey.record(name, last),
                                        what
                                                + "; if no copy has a record there, move it out of"
                                                + " the vault"))
                .orElseGet(
                        () ->
                                new DamagedVault(
                                        key,
                                        "this record is missing, though later ones are there"));
    }

    /// Why what is in the place of a record was perhaps never one: it is another, or none at all
    /// and nothing is before it.
    Optional<String> strange(long seq) {
        String key = ObjectKey.record(name, seq);
        try {
            return find(seq)
                    .map(bytes -> Entry.read(bytes, key))
                    .filter(entry -> entry.seq() != seq || !entry.log().equals(name))
                    .map(RecordReader::misplaced);
        } catch (DamagedVault e) {
            return seq == 1 || find(seq - 1).isPresent()
                    ? Optional.empty()
                    : Optional.of(e.what() + ", and none is before it");
        } catch (UnsupportedVault e) {
            return Optional.empty(); // what it is cannot be told
        }
    }

    static String misplaced(Entry entry) {
        return "it is record %d of %s".formatted(entry.seq(), entry.log());
    }

    /// The bytes of a record, if it can be read.
    Optional<byte[]> find(long seq) {
        try {
            return vault.store().read(ObjectKey.record(name, seq), 0, Entry.MOST_BYTES);
        } catch (Permanent e) { // it is told by who looks at each object
            return Optional.empty();
        }
    }

    /// A record, by its bytes.
    Link link(long seq, byte[] bytes) {
        return new Link(Entry.read(bytes, ObjectKey.record(name, seq)), bytes);
    }

    /// The records of all these pages. Reading is most of the work of opening a log: all processors
    /// share it.
    List<Link> links(List<Page> pages) {
        List<Batch> batches =
                vault.parallel(pages, this::batches).stream().flatMap(List::stream).toList();
        return vault.parallel(batches, this::links).stream().flatMap(List::stream).toList();
    }

    /// The largest page has nearly all records.
    private List<Batch> batches(Page page) {
        Optional<List<byte[]>> packed = packed(page);
        List<byte[]> records = packed.orElseGet(() -> read(page.first(), page.last()));
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < records.size(); from += READ_AT_ONCE) {
            int to = Math.min(records.size(), from + READ_AT_ONCE);
            batches.add(
                    new Batch(page.first() + from, records.subList(from, to), packed.isPresent()));
        }
        return batches;
    }

    private List<Link> links(Batch batch) {
        List<Link> links = new ArrayList<>();
        for (byte[] bytes : batch.records()) {
            String key = ObjectKey.record(name, batch.first() + links.size());
            Entry entry = batch.packed() ? Entry.readPacked(bytes, key) : Entry.read(bytes, key);
            links.add(new Link(entry, bytes));
        }
        return links;
    }

    /// Pages only save requests: without a sound one, its records are read one by one.
    List<byte[]> unpacked(Page page, Supplier<List<byte[]>> instead) {
        return packed(page).orElseGet(instead);
    }

    private Optional<List<byte[]>> packed(Page page) {
        return Pages.find(vault.store(), ObjectKey.page(name, page), page);
    }
}
