package io.tsvault.core.chunk;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;

/// Anything that gives ranges of an immutable file: memory, a local file, an object in a store.
public interface ByteRanges extends Closeable {
    /// How many bytes there are.
    long size();

    /// Exactly `length` bytes that begin at `offset`.
    ///
    /// @throws UncheckedIOException when they cannot be had
    /// @throws IndexOutOfBoundsException when the range is not within the file
    byte[] read(long offset, int length);

    /// What a reader throws when these are not the bytes that a writer wrote. Who knows where they
    /// are kept can name that place.
    default RuntimeException damage(DamagedChunk found) {
        return found;
    }

    @Override
    void close();

    /// Bytes in memory, which must not change.
    static ByteRanges of(byte[] bytes) {
        return new ByteRanges() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public byte[] read(long offset, int length) {
                Objects.checkFromIndexSize(offset, length, bytes.length);
                return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
            }

            @Override
            public void close() {}
        };
    }

    /// A local file.
    static ByteRanges of(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        long size = file.size();
        return new ByteRanges() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public byte[] read(long offset, int length) {
                Objects.checkFromIndexSize(offset, length, size);
                ByteBuffer bytes = ByteBuffer.allocate(length);
                try {
                    while (bytes.hasRemaining()) {
                        if (file.read(bytes, offset + bytes.position()) < 0) {
                            throw new IOException(path + " was cut while it was read");
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return bytes.array();
            }

            @Override
            public void close() {
                try {
                    file.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
