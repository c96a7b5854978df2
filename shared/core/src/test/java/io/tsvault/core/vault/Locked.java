package io.tsvault.core.vault;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;

import java.util.Optional;

/// A store in which one object may not be read, as when it is archived.
final class Locked extends Passage {
    private final String locked;

    Locked(ObjectStore to, String locked) {
        super(to);
        this.locked = locked;
    }

    @Override
    public Optional<byte[]> read(String key, int mostBytes) {
        requireOpen(key);
        return super.read(key, mostBytes);
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        requireOpen(key);
        return super.read(key, offset, length);
    }

    private void requireOpen(String key) {
        if (key.equals(locked)) {
            throw new Permanent(key + ": the object is archived: ask for its return first");
        }
    }
}
