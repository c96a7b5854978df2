package io.tsvault.core.chunk;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A finished chunk: its bytes, and what a record says about them. Immutable.
public final class Chunk {
    private final byte[] bytes;
    private final ChunkSummary summary;
    private final String sha256;

    Chunk(byte[] bytes, ChunkSummary summary) {
        this.bytes = bytes;
        this.summary = summary;
        this.sha256 = sha256(bytes);
    }

    /// What it holds.
    public ChunkSummary summary() {
        return summary;
    }

    /// SHA-256 of the bytes, in lower-case hexadecimal digits.
    public String sha256() {
        return sha256;
    }

    /// How many bytes there are.
    public int length() {
        return bytes.length;
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The bytes, for a [ChunkReader].
    public ByteRanges ranges() {
        return ByteRanges.of(bytes);
    }

    /// Writes the bytes.
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    static String sha256(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
