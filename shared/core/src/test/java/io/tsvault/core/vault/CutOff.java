package io.tsvault.core.vault;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;

import java.util.List;
import java.util.Optional;

/// A store that dies after some writes.
final class CutOff implements ObjectStore {
    /// It died.
    static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final ObjectStore store;
    private int writes;

    CutOff(ObjectStore store, int writes) {
        this.store = store;
        this.writes = writes;
    }

    @Override
    public Creation create(String key, byte[] bytes) {
        if (writes-- <= 0) {
            throw new Cut();
        }
        return store.create(key, bytes);
    }

    @Override
    public Optional<byte[]> read(String key, int mostBytes) {
        return store.read(key, mostBytes);
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        return store.read(key, offset, length);
    }

    @Override
    public List<StoredObject> list(String prefix, String startAfter, int limit) {
        return store.list(prefix, startAfter, limit);
    }

    @Override
    public void delete(String key) {
        if (writes-- <= 0) {
            throw new Cut();
        }
        store.delete(key);
    }

    @Override
    public String location() {
        return store.location();
    }
}
