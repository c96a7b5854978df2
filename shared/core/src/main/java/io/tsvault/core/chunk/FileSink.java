package io.tsvault.core.chunk;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The bytes of a file, which grows at the end. They are held in pieces, so that there is never a
/// second copy of them, whether they grow, are read or written.
final class FileSink {
    /// No collector takes so many bytes for too many to move them.
    private static final int PIECE = 256 << 10;

    private final List<byte[]> pieces = new ArrayList<>();
    private int size;

    void bytes(byte[] source) {
        int done = 0;
        while (done < source.length) {
            int at = size % PIECE;
            if (size / PIECE == pieces.size()) {
                pieces.add(new byte[PIECE]);
            }
            int length = Math.min(source.length - done, PIECE - at);
            System.arraycopy(source, done, pieces.get(size / PIECE), at, length);
            size += length;
            done += length;
        }
    }

    int size() {
        return size;
    }

    /// Forgets what lies behind the first `length` bytes.
    void truncate(int length) {
        size = length;
    }

    /// Everything so far, which must not change while it is read.
    ByteRanges ranges() {
        return new ByteRanges() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public byte[] read(long offset, int length) {
                Objects.checkFromIndexSize(offset, length, size);
                return copy((int) offset, length);
            }

            @Override
            public void close() {}
        };
    }

    private byte[] copy(int offset, int length) {
        byte[] copy = new byte[length];
        int done = 0;
        while (done < length) {
            int at = (offset + done) % PIECE;
            int more = Math.min(length - done, PIECE - at);
            System.arraycopy(pieces.get((offset + done) / PIECE), at, copy, done, more);
            done += more;
        }
        return copy;
    }

    byte[] toArray() {
        return copy(0, size);
    }

    void writeTo(OutputStream out) throws IOException {
        for (int at = 0; at < size; at += PIECE) {
            out.write(pieces.get(at / PIECE), 0, Math.min(PIECE, size - at));
        }
    }

    /// Adds everything to a digest.
    void digest(MessageDigest digest) {
        for (int at = 0; at < size; at += PIECE) {
            digest.update(pieces.get(at / PIECE), 0, Math.min(PIECE, size - at));
        }
    }
}
