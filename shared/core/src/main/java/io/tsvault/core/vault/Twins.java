package io.tsvault.core.vault;

import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Event.WithChunks;
import io.tsvault.core.vault.record.Head;

import java.util.Map;
import java.util.stream.Collectors;

/// Two sound records under one number, this vault's and another's: both were written, or the one
/// here was changed by hand.
///
/// | what is so | what it means |
/// |---|---|
/// | both are of one attempt | changed: an attempt appends nothing twice |
/// | both say the same, and the other log goes on | changed: the next follows on the other one |
/// | what the other names is here, what this names is not | changed: the other was written here |
/// | both say the same, and are the newest | one was changed, nobody can tell which |
/// | anything else | both were written |
record Twins(Vault vault, Entry here, Entry there) {
    /// Was the one here changed by hand?
    ///
    /// @param goesOn has the other log a record behind?
    boolean isAltered(boolean goesOn) {
        return here.attempt().equals(there.attempt())
                || (goesOn && areAlike())
                || (isNamedHere(there) && !named(here).isEmpty() && !isNamedHere(here));
    }

    /// Do they say the same, at the same time, but for the attempt?
    boolean areAlike() {
        return here.event().equals(there.event())
                && here.writer().equals(there.writer())
                && here.writtenMs() == there.writtenMs();
    }

    /// What a record names, if it does, is there before it is.
    private boolean isNamedHere(Entry entry) {
        Map<String, String> named = named(entry);
        return !named.isEmpty()
                && named.entrySet().stream().allMatch(one -> isHere(one.getKey(), one.getValue()));
    }

    private boolean isHere(String key, String sha256) {
        return vault.store()
                .read(key, 0, VaultCheck.MOST_CHUNK_BYTES)
                .filter(bytes -> Head.hash(bytes).equals(sha256))
                .isPresent();
    }

    private static Map<String, String> named(Entry entry) {
        return switch (entry.event()) {
            case WithChunks kept ->
                    kept.chunks().stream()
                            .collect(
                                    Collectors.toMap(
                                            c -> ObjectKey.chunk(entry.log(), kept.slice(), c),
                                            c -> c.sha256()));
            case State(var pages) ->
                    pages.stream()
                            .collect(
                                    Collectors.toMap(
                                            p -> ObjectKey.page(entry.log(), p), p -> p.sha256()));
            default -> Map.of();
        };
    }
}
