package io.tsvault.core.vault;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.key.ObjectKey.OfChunk;
import io.tsvault.core.vault.key.ObjectKey.OfCopied;
import io.tsvault.core.vault.key.ObjectKey.OfJob;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.key.ObjectKey.OfRecord;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Head;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the bytes that belong under a key are once more.
///
/// | of | they are |
/// |---|---|
/// | anything | in the other vault, under the same key |
/// | a record | in a page that holds it, here or there |
/// | a page | in its records, if this program packs them as it did then |
/// | a chunk | under another key of the stream, here or there: somebody renamed it |
///
/// For one log, and one thread.
final class Spares {
    private final Vault vault;
    private final Vault other;
    private final Log log;
    private final List<OfPage> unpacked = new ArrayList<>();
    private final Map<Vault, Map<String, List<String>>> chunks = new HashMap<>();
    private List<byte[]> records = List.of();

    /// @param log with the hashes of the records, as far as they are known
    Spares(Vault vault, Vault other, Log log) {
        this.vault = vault;
        this.other = other;
        this.log = log;
    }

    /// Bytes that were found.
    static final class Spare {
        /// The vault and the key, or what they were made of.
        final String where;

        final byte[] bytes;

        private Spare(String where, byte[] bytes) {
            this.where = where;
            this.bytes = bytes;
        }
    }

    Optional<Spare> find(String key, String sha256) {
        return in(other, key, sha256)
                .or(
                        () ->
                                switch (ObjectKey.parse(key).orElse(Mark.VAULT)) {
                                    case OfRecord record -> inPage(record.seq(), sha256);
                                    case OfPage page -> packed(page);
                                    case OfChunk chunk -> renamed(chunk);
                                    case OfJob _, OfCopied _, Mark _ -> Optional.empty();
                                });
    }

    static Optional<Spare> in(Vault place, String key, String sha256) {
        try {
            return place.store()
                    .read(key, 0, VaultCheck.MOST_CHUNK_BYTES)
                    .filter(bytes -> Head.hash(bytes).equals(sha256))
                    .map(bytes -> new Spare(place.location() + key, bytes));
        } catch (Permanent e) { // what cannot be read there helps nobody here
            return Optional.empty();
        }
    }

    /// What a vault says of itself, as its records would have it.
    static Optional<Spare> described(Vault vault, String sha256) {
        byte[] bytes = vault.described();
        return Head.hash(bytes).equals(sha256)
                ? Optional.of(new Spare("its records", bytes))
                : Optional.empty();
    }

    private Stream<Vault> vaults() {
        return Stream.of(vault, other).distinct();
    }

    /// The page that was unpacked last holds the neighbours of a record.
    private Optional<Spare> inPage(long seq, String sha256) {
        return Stream.concat(
                        unpacked.stream().map(page -> found(page, records, seq, sha256)),
                        vaults().flatMap(place -> pages(place, seq, sha256)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Stream<Optional<Spare>> pages(Vault place, long seq, String sha256) {
        List<StoredObject> there = Lists.all(place.store(), ObjectKey.pages(log.name()));
        return Pages.behind(there, log.name(), seq - 1).stream()
                .filter(page -> page.first() <= seq)
                .map(page -> found(page, unpack(place, page), seq, sha256));
    }

    private List<byte[]> unpack(Vault place, OfPage page) {
        unpacked.clear();
        records = Pages.find(place.store(), page).orElse(List.of());
        if (!records.isEmpty()) {
            unpacked.add(page);
        }
        return records;
    }

    private static Optional<Spare> found(
            OfPage page, List<byte[]> records, long seq, String sha256) {
        return seq < page.first() || seq >= page.first() + records.size()
                ? Optional.empty()
                : Optional.of(records.get((int) (seq - page.first())))
                        .filter(bytes -> Head.hash(bytes).equals(sha256))
                        .map(bytes -> new Spare(page.text(), bytes));
    }

    /// Other programs may have packed these records in other bytes, which do not belong here.
    private Optional<Spare> packed(OfPage page) {
        List<byte[]> all = new ArrayList<>();
        for (long seq = page.first(); seq <= Math.min(page.last(), log.head().seq()); seq++) {
            record(seq).ifPresent(all::add);
        }
        if (all.size() != page.last() - page.first() + 1) {
            return Optional.empty();
        }
        return Optional.of(Pages.pack(all))
                .filter(bytes -> Head.hash(bytes).equals(page.sha256()))
                .map(bytes -> new Spare("its records", bytes));
    }

    private Optional<byte[]> record(long seq) {
        String key = ObjectKey.record(log.name(), seq);
        return vault.store()
                .read(key, 0, Entry.MOST_BYTES)
                .filter(bytes -> Head.hash(bytes).equals(log.hash(seq)))
                .or(() -> find(key, log.hash(seq)).map(spare -> spare.bytes));
    }

    private Optional<Spare> renamed(OfChunk chunk) {
        return vaults().flatMap(
                        place ->
                                chunks
                                        .computeIfAbsent(place, this::byHash)
                                        .getOrDefault(chunk.sha256(), List.of())
                                        .stream()
                                        .flatMap(key -> in(place, key, chunk.sha256()).stream()))
                .findFirst();
    }

    /// The keys of all chunks of the stream.
    private Map<String, List<String>> byHash(Vault place) {
        return Lists.all(place.store(), ObjectKey.chunks(log.name())).stream()
                .flatMap(object -> ObjectKey.chunk(log.name(), object.key()).stream())
                .collect(
                        Collectors.groupingBy(
                                OfChunk::sha256,
                                Collectors.mapping(OfChunk::text, Collectors.toList())));
    }
}
