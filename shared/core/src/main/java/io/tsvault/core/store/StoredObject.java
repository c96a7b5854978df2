package io.tsvault.core.store;

import java.time.Instant;

/// What a list says of an object.
///
/// @param bytes its size
/// @param created when, by the clock of the store; a hint for people, never a proof
public record StoredObject(String key, long bytes, Instant created) {
    private static final long NONE = -1;

    /// What somebody put where objects are, and is none: a symbolic link, a pipe. All but a list
    /// refuses it.
    public static StoredObject none(String key, Instant created) {
        return new StoredObject(key, NONE, created);
    }

    /// Can it be read?
    public boolean isObject() {
        return bytes != NONE;
    }
}
