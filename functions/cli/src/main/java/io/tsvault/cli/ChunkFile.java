package io.tsvault.cli;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkReader.Loss;
import io.tsvault.core.chunk.DamagedChunk;
import io.tsvault.core.chunk.UnsupportedChunk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/// A chunk to look into: a local file, or an object of a vault.
///
/// @param name as it was named
record ChunkFile(String name, Bytes bytes) {
    private static final long CHUNK = 64 << 20;
    private static final int STEP = 1 << 20;

    /// Where its bytes are; may be opened more than once.
    interface Bytes {
        ByteRanges open() throws IOException;
    }

    /// @throws IllegalArgumentException when there is no such file
    static ChunkFile of(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(
                    path
                            + " does not exist; name a file, or a record as prod@17 or another"
                            + " object of a vault by its key, with --vault VAULT");
        }
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException(path + " is no ordinary file; name a chunk");
        }
        return new ChunkFile(path.toString(), () -> ByteRanges.of(path));
    }

    /// Opens what is left of it.
    ///
    /// @throws IllegalArgumentException when it is no chunk, or one that cannot be opened
    ChunkReader open(Consumer<Loss> lost) throws IOException {
        try {
            return ChunkReader.salvage(bytes.open(), lost);
        } catch (DamagedChunk e) {
            String hash = sha256();
            String sum = hash.isEmpty() ? "" : "; its SHA-256 is " + hash;
            throw new IllegalArgumentException(
                    "%s cannot be opened: %s; if it is meant to be a chunk, fetch it again%s"
                            .formatted(name, e.getMessage(), sum),
                    e);
        } catch (UnsupportedChunk e) {
            throw unsupported(e);
        }
    }

    /// What to say when a part of it is of another version.
    IllegalArgumentException unsupported(UnsupportedChunk cause) {
        return new IllegalArgumentException(name + ": " + cause.getMessage(), cause);
    }

    /// Of all its bytes, in lower-case hexadecimal digits; empty when it is too long for a chunk.
    String sha256() throws IOException {
        try (ByteRanges all = bytes.open()) {
            if (all.size() > CHUNK) {
                return "";
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long at = 0; at < all.size(); at += STEP) {
                digest.update(all.read(at, (int) Math.min(STEP, all.size() - at)));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
