package io.tsvault.core.store;

import java.util.List;
import java.util.Optional;

/// Passes everything on. Whatever counts, cuts, delays or falsifies what passes extends it.
public class Passage implements ObjectStore {
    private final ObjectStore to;

    /// @param to which everything goes
    public Passage(ObjectStore to) {
        this.to = to;
    }

    @Override
    public Creation create(String key, byte[] bytes) {
        return to.create(key, bytes);
    }

    @Override
    public Optional<byte[]> read(String key, int mostBytes) {
        return to.read(key, mostBytes);
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        return to.read(key, offset, length);
    }

    @Override
    public List<StoredObject> list(String prefix, String startAfter, int limit) {
        return to.list(prefix, startAfter, limit);
    }

    @Override
    public void delete(String key) {
        to.delete(key);
    }

    @Override
    public String location() {
        return to.location();
    }
}
