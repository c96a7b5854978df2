package io.tsvault.core.vault;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkSummary;

import java.util.regex.Pattern;

/// A chunk as a record names it.
///
/// @param attempt that wrote it, so that the same bytes written again have another key
/// @param sha256 of the file
/// @param summary what it holds
public record ChunkRef(String attempt, String sha256, ChunkSummary summary) {
    private static final Pattern ATTEMPT = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /// Checks the texts, of which the key is made.
    public ChunkRef {
        if (!ATTEMPT.matcher(attempt).matches()) {
            throw new IllegalArgumentException("\"" + attempt + "\" is no attempt: 32 hex digits");
        }
        requireSha256(sha256);
    }

    static void requireSha256(String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("\"" + sha256 + "\" is no SHA-256: 64 hex digits");
        }
    }

    /// How an attempt names its chunk.
    static ChunkRef of(Chunk chunk, String attempt) {
        return new ChunkRef(attempt, chunk.sha256(), chunk.summary());
    }
}
