package io.tsvault.cli;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkReader.Loss;
import io.tsvault.core.chunk.DamagedChunk;
import io.tsvault.core.chunk.UnsupportedChunk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/// A chunk in a local file.
record ChunkFile(Path path) {
    private static final long CHUNK = 64 << 20;

    /// Opens what is left of it.
    ///
    /// @throws IllegalArgumentException when it is no chunk, or one that cannot be opened
    ChunkReader open(Consumer<Loss> lost) throws IOException {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(path + " does not exist; name a chunk");
        }
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException(path + " is no ordinary file; name a chunk");
        }
        try {
            return ChunkReader.salvage(ByteRanges.of(path), lost);
        } catch (DamagedChunk e) {
            String sum = Files.size(path) > CHUNK ? "" : "; its SHA-256 is " + sha256();
            throw new IllegalArgumentException(
                    "%s cannot be opened: %s; if it is meant to be a chunk, fetch it again%s"
                            .formatted(path, e.getMessage(), sum),
                    e);
        } catch (UnsupportedChunk e) {
            throw unsupported(e);
        }
    }

    /// What to say when a part of it is of another version.
    IllegalArgumentException unsupported(UnsupportedChunk cause) {
        return new IllegalArgumentException(path + ": " + cause.getMessage(), cause);
    }

    /// Of all its bytes, in lower-case hexadecimal digits.
    String sha256() throws IOException {
        try (InputStream in = Files.newInputStream(path);
                DigestInputStream read =
                        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            read.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(read.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
