package io.tsvault.core.restore;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.DamagedChunk;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.store.ObjectStore;

import java.util.Objects;

/// A chunk among the files of a job, read range by range. Where it is damaged, so is the vault.
record StoredFile(ObjectStore folder, String key, long size) implements ByteRanges {
    @Override
    public byte[] read(long offset, int length) {
        Objects.checkFromIndexSize(offset, length, size);
        return folder.read(key, offset, length)
                .filter(bytes -> bytes.length == length)
                .orElseThrow(
                        () ->
                                new DamagedVault(
                                        key, "of %,d bytes not all are there".formatted(size)));
    }

    @Override
    public RuntimeException damage(DamagedChunk found) {
        return new DamagedVault(key, String.valueOf(found.getMessage()));
    }

    @Override
    public void close() {}
}
