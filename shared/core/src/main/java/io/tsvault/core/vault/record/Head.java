package io.tsvault.core.vault.record;

import io.tsvault.core.chunk.Chunk;

/// The newest record of a log. Its hash stands for the whole history: a person can write it down.
///
/// @param seq 0 when there is none
/// @param sha256 of the record's bytes
public record Head(long seq, String sha256) {
    /// Of a log without records.
    public static final Head NONE = new Head(0, "0".repeat(64));

    /// SHA-256 in lower-case hexadecimal digits.
    public static String hash(byte[] bytes) {
        return Chunk.sha256(bytes);
    }
}
