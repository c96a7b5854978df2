package io.tsvault.core.vault.record;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkSummary;

/// A chunk as a record names it.
///
/// @param attempt that wrote it, so that the same bytes written again have another key
/// @param sha256 of the file
/// @param summary what it holds
public record ChunkRef(String attempt, String sha256, ChunkSummary summary) {
    /// Checks the texts, of which the key is made.
    public ChunkRef {
        if (!isHex(attempt, 32)) {
            throw new IllegalArgumentException("\"" + attempt + "\" is no attempt: 32 hex digits");
        }
        requireSha256(sha256);
    }

    static void requireSha256(String sha256) {
        if (!isHex(sha256, 64)) {
            throw new IllegalArgumentException("\"" + sha256 + "\" is no SHA-256: 64 hex digits");
        }
    }

    /// In lower case.
    private static boolean isHex(String text, int digits) {
        return text.length() == digits
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /// How an attempt names its chunk.
    public static ChunkRef of(Chunk chunk, String attempt) {
        return new ChunkRef(attempt, chunk.sha256(), chunk.summary());
    }
}
