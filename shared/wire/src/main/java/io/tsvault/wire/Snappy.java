package io.tsvault.wire;

import java.io.IOException;

/// Snappy blocks, not framed: what remote write and remote read call `Content-Encoding: snappy`.
public final class Snappy {
    private Snappy() {}

    /// One block.
    public static byte[] compress(byte[] plain) {
        try {
            return org.xerial.snappy.Snappy.compress(plain);
        } catch (IOException e) {
            throw new IllegalStateException("snappy refused " + plain.length + " bytes", e);
        }
    }

    /// The plain bytes of one block. The length that it announces is held against `maxBytes` before
    /// anything is allocated.
    ///
    /// @throws IOException when the block is damaged or larger than that
    public static byte[] decompress(byte[] block, int maxBytes) throws IOException {
        if (!org.xerial.snappy.Snappy.isValidCompressedBuffer(block)) {
            throw new IOException("not a snappy block (" + block.length + " bytes)");
        }
        int announced = org.xerial.snappy.Snappy.uncompressedLength(block);
        if (announced < 0 || announced > maxBytes) {
            throw new IOException(
                    "a snappy block announces "
                            + Integer.toUnsignedString(announced)
                            + " bytes; the limit is "
                            + maxBytes);
        }
        return org.xerial.snappy.Snappy.uncompress(block);
    }
}
