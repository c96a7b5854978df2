package io.tsvault.core.vault;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;

/// A store that dies after some writes.
final class CutOff extends Passage {
    /// It died.
    static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private int writes;

    CutOff(ObjectStore store, int writes) {
        super(store);
        this.writes = writes;
    }

    @Override
    public Creation create(String key, byte[] bytes) {
        if (writes-- <= 0) {
            throw new Cut();
        }
        return super.create(key, bytes);
    }

    @Override
    public void delete(String key) {
        if (writes-- <= 0) {
            throw new Cut();
        }
        super.delete(key);
    }
}
