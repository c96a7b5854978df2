package io.tsvault.cli;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.RetryingStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.LogName;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// One object of a vault, as a person named it: by its key, or a record as `prod@17`.
record VaultObject(Vault vault, ObjectStore store, String key) {
    /// No object of a vault is larger.
    private static final int MOST_BYTES = 64 << 20;

    private static final int LISTED = 1000;
    private static final Pattern SHORT = Pattern.compile("([^/@]+)@([0-9]{1,10})");
    private static final Pattern HASH = Pattern.compile("-([0-9a-f]{64})\\.(?:chunk|gz)$");
    private static final String ELSE =
            "name a record (prod@17, or its key), a page, a chunk, vault.json, replica.json or"
                    + " promoted.json";

    static VaultObject find(VaultAddress address, String name) {
        ObjectStore place = address.open();
        ObjectStore store = new RetryingStore(place);
        Vault vault = Vault.open(place, VaultTask.surroundings());
        Matcher small = SHORT.matcher(name);
        String key = small.matches() ? record(store, small.group(1), small.group(2)) : name;
        return new VaultObject(vault, store, key);
    }

    /// The key of a record: keys are made by the vault, so it is looked up.
    private static String record(ObjectStore store, String stream, String number) {
        String log = LogName.ofStream(stream).path() + "/log/";
        String end = "_%010d.json".formatted(Long.parseLong(number));
        String after = "";
        while (true) {
            List<StoredObject> some = store.list(log, after, LISTED);
            OptionalInt at =
                    IntStream.range(0, some.size())
                            .filter(i -> some.get(i).key().endsWith(end))
                            .findFirst();
            if (at.isPresent()) {
                return some.get(at.getAsInt()).key();
            }
            if (some.size() < LISTED) {
                throw new IllegalArgumentException(
                        "%s%s has no record %s; tsvault status tells how many there are"
                                .formatted(store.location(), log, number));
            }
            after = some.getLast().key();
        }
    }

    boolean isChunk() {
        return key.matches("streams/[^/]+/chunks/.+\\.chunk");
    }

    /// The SHA-256 that the key of a chunk or a page carries.
    static Optional<String> promised(String key) {
        Matcher hash = HASH.matcher(key);
        return hash.find() ? Optional.of(hash.group(1)) : Optional.empty();
    }

    /// Reads it.
    ///
    /// @throws IllegalArgumentException when there is no such object
    byte[] bytes() {
        return store.read(key, 0, MOST_BYTES)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s has no object %s; %s"
                                                .formatted(store.location(), key, ELSE)));
    }

    /// What it is, and whether it is as it should be.
    ///
    /// @throws IllegalArgumentException when it is nothing that tsvault writes
    Inspection inspect() {
        byte[] bytes = bytes();
        if (key.matches("(vault|replica|promoted)\\.json")) {
            return DescriptionInspection.of(this, bytes);
        }
        if (key.matches("[^/].*/log/[0-9]{10}_[0-9]{10}\\.json")) {
            return RecordInspection.of(this, bytes);
        }
        if (key.matches("[^/].*/pages/[0-9]{10}-[0-9]{10}-[0-9a-f]{64}\\.gz")) {
            return PageInspection.of(this, bytes);
        }
        throw new IllegalArgumentException(
                "%s%s is nothing that tsvault wrote (%,d bytes): move it away, or %s"
                        .formatted(store.location(), key, bytes.length, ELSE));
    }
}
