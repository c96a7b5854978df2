package io.tsvault.core.chunk;

import java.util.Arrays;

/// What a later version might write.
public final class LaterChunk {
    private LaterChunk() {}

    /// The same chunk, which says that it is of the next major version.
    public static byte[] of(byte[] chunk) {
        byte[] bytes = chunk.clone();
        int at = bytes.length - Frame.TRAILER;
        Frame frame =
                Frame.ofTrailer(new ByteSource(Arrays.copyOfRange(bytes, at, bytes.length), at));
        Frame.Version next = new Frame.Version(Frame.Version.CURRENT.major() + 1, 0, 0);
        byte[] header = Frame.header(next);
        byte[] trailer = new Frame(next, frame.fileLength(), frame.index()).trailer();
        System.arraycopy(header, 0, bytes, 0, header.length);
        System.arraycopy(trailer, 0, bytes, at, trailer.length);
        return bytes;
    }
}
