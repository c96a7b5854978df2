package io.tsvault.cli;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.RetryingStore;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.key.JobFile.Kept;
import io.tsvault.core.vault.key.JobFile.Kind;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.key.ObjectKey.OfChunk;
import io.tsvault.core.vault.key.ObjectKey.OfCopied;
import io.tsvault.core.vault.key.ObjectKey.OfJob;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.key.ObjectKey.OfRecord;
import io.tsvault.core.vault.record.LogName;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One object of a vault, as a person named it: by its key, or a record as `prod@17`.
record VaultObject(Vault vault, ObjectStore store, String key) {
    /// No object of a vault is larger.
    private static final int MOST_BYTES = 64 << 20;

    private static final Pattern SHORT = Pattern.compile("([^/@]+)@([0-9]{1,10})");
    private static final String ELSE =
            "name a record (prod@17, or its key), a page, a chunk, a file of a restore, vault.json,"
                    + " replica.json or promoted.json";

    static VaultObject find(VaultAddress address, String name) {
        ObjectStore place = address.open();
        ObjectStore store = new RetryingStore(place);
        Vault vault = Vault.open(place, VaultTask.surroundings());
        Matcher small = SHORT.matcher(name);
        String key =
                small.matches()
                        ? record(vault, store, small.group(1), small.group(2))
                        : address.key(name).orElse(name);
        return new VaultObject(vault, store, key);
    }

    private static String record(Vault vault, ObjectStore store, String stream, String number) {
        LogName log = LogName.ofStream(stream);
        var _ = VaultTask.streams(vault, List.of(stream));
        String key = new OfRecord(log, Long.parseLong(number)).text();
        if (store.read(key, 0, 1).isEmpty()) {
            throw new IllegalArgumentException(
                    "%s%s has no record %s; tsvault status tells how many there are"
                            .formatted(store.location(), log, number));
        }
        return key;
    }

    boolean isChunk() {
        return switch (ObjectKey.parse(key).orElse(Mark.VAULT)) {
            case OfChunk _ -> true;
            case OfJob(_, var file) -> file instanceof Kept(var kind, _) && kind == Kind.REPLACED;
            case OfRecord _, OfPage _, OfCopied _, Mark _ -> false;
        };
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
        ObjectKey kind =
                ObjectKey.parse(key)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "%s%s is nothing that tsvault wrote (%s): move it"
                                                                .formatted(
                                                                        store.location(),
                                                                        key,
                                                                        Count.of(
                                                                                bytes.length,
                                                                                "byte"))
                                                        + " away, or "
                                                        + ELSE));
        return switch (kind) {
            case Mark _, OfCopied _ -> DescriptionInspection.of(this, bytes);
            case OfRecord place -> RecordInspection.of(this, place, bytes);
            case OfPage place -> PageInspection.of(this, place, bytes);
            case OfChunk _ -> Inspection.of(key, bytes);
            case OfJob place -> JobFileInspection.of(this, place, bytes);
        };
    }
}
