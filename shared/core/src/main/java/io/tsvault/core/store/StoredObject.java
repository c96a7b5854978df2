package io.tsvault.core.store;

import java.time.Instant;

/// What a list says of an object.
///
/// @param bytes its size
/// @param created when, by the clock of the store; a hint for people, never a proof
public record StoredObject(String key, long bytes, Instant created) {}
