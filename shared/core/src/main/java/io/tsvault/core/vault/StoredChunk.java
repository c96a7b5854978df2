package io.tsvault.core.vault;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.DamagedChunk;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.record.ChunkRef;

import java.util.Objects;

/// A chunk in a store, read range by range. Where it is damaged, so is the vault.
record StoredChunk(ObjectStore store, String key, ChunkRef chunk) implements ByteRanges {
    @Override
    public long size() {
        return chunk.summary().bytes();
    }

    @Override
    public byte[] read(long offset, int length) {
        Objects.checkFromIndexSize(offset, length, size());
        byte[] bytes =
                store.read(key, offset, length)
                        .orElseThrow(() -> new DamagedVault(key, "this chunk is missing"));
        if (bytes.length < length) {
            throw new DamagedVault(
                    key, "it ends at %,d, not at %,d".formatted(offset + bytes.length, size()));
        }
        return bytes;
    }

    @Override
    public RuntimeException damage(DamagedChunk found) {
        return new DamagedVault(key, String.valueOf(found.getMessage()));
    }

    @Override
    public void close() {}
}
