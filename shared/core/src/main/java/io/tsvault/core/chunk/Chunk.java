package io.tsvault.core.chunk;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/// A finished chunk: its bytes, and what a record says about them. Immutable.
public final class Chunk {
    private final FileSink bytes;
    private final ChunkSummary summary;
    private final String sha256;

    /// @param bytes which nobody changes any more
    Chunk(FileSink bytes, ChunkSummary summary) {
        this.bytes = bytes;
        this.summary = summary;
        this.sha256 = sha256(bytes::digest);
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
        return bytes.size();
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.toArray();
    }

    /// The bytes, for a [ChunkReader].
    public ByteRanges ranges() {
        return bytes.ranges();
    }

    /// Writes the bytes.
    public void writeTo(OutputStream out) throws IOException {
        bytes.writeTo(out);
    }

    /// SHA-256 of any bytes, in lower-case hexadecimal digits.
    public static String sha256(byte[] bytes) {
        return sha256(digest -> digest.update(bytes));
    }

    private static String sha256(Consumer<MessageDigest> content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            content.accept(digest);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
