package io.tsvault.core.vault;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;

import java.util.List;
import java.util.Optional;

/// The objects whose keys begin with `prefix`, by the rest of their keys.
record Folder(ObjectStore store, String prefix) implements ObjectStore {
    @Override
    public Creation create(String key, byte[] bytes) {
        return store.create(prefix + key, bytes);
    }

    @Override
    public Optional<byte[]> read(String key, int most) {
        return store.read(prefix + key, most);
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        return store.read(prefix + key, offset, length);
    }

    @Override
    public List<StoredObject> list(String within, String startAfter, int limit) {
        String after = startAfter.isEmpty() ? "" : prefix + startAfter;
        return store.list(prefix + within, after, limit).stream()
                .map(
                        object ->
                                new StoredObject(
                                        object.key().substring(prefix.length()),
                                        object.bytes(),
                                        object.created()))
                .toList();
    }

    @Override
    public void delete(String key) {
        store.delete(prefix + key);
    }

    @Override
    public String location() {
        return store.location() + prefix;
    }
}
