package io.tsvault.core.vault;

import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.Passage;

/// A store that does not know what If-None-Match means.
final class Overwriting extends Passage {
    private final MemoryStore to;

    Overwriting(MemoryStore to) {
        super(to);
        this.to = to;
    }

    @Override
    public Creation create(String key, byte[] bytes) {
        to.delete(key);
        return to.create(key, bytes);
    }
}
