package io.tsvault.core.chunk;

import java.util.zip.CRC32C;

/// Writes streams one after the other.
///
/// ```text
/// stream = kind coding plainLength packedLength packed* crc
/// ```
///
/// - kind: u8, the number of a [StreamKind]
/// - coding: u8, 0 as it is, 1 a zstd frame
/// - plainLength, packedLength: varints, bytes after and before decompression
/// - crc: u32, CRC32C of everything before it in the stream
final class StreamSink implements AutoCloseable {
    static final int RAW = 0;
    static final int ZSTD = 1;

    /// zstd has nothing to gain below.
    private static final int WORTH_COMPRESSING = 32;

    private final Zstd.Compressor zstd = new Zstd.Compressor();
    private final ByteSink out = new ByteSink();

    /// Compresses when that makes it smaller.
    void compressed(StreamKind kind, byte[] plain) {
        if (plain.length >= WORTH_COMPRESSING) {
            byte[] packed = zstd.compress(plain);
            if (packed.length < plain.length) {
                stream(kind, ZSTD, plain.length, packed);
                return;
            }
        }
        raw(kind, plain);
    }

    void raw(StreamKind kind, byte[] plain) {
        stream(kind, RAW, plain.length, plain);
    }

    /// Writes tokens lane by lane, each compressed on its own.
    ///
    /// ```text
    /// TOKENS = lanes { coding plainLength packedLength } { packed* }
    /// ```
    void tokens(Lanes lanes) {
        ByteSink plain = new ByteSink();
        ByteSink packed = new ByteSink();
        plain.varint(lanes.lanes());
        for (int lane = 0; lane < lanes.lanes(); lane++) {
            byte[] tokens = lanes.tokens(lane);
            byte[] smaller = zstd.compressTokens(tokens, lanes.entropy(lane));
            boolean shrinks = smaller.length < tokens.length;
            plain.u8(shrinks ? ZSTD : RAW);
            plain.varint(tokens.length);
            plain.varint(shrinks ? smaller.length : tokens.length);
            packed.bytes(shrinks ? smaller : tokens);
        }
        plain.append(packed);
        raw(StreamKind.TOKENS, plain.toArray());
    }

    private void stream(StreamKind kind, int coding, int plainLength, byte[] packed) {
        int start = out.size();
        out.u8(kind.number());
        out.u8(coding);
        out.varint(plainLength);
        out.varint(packed.length);
        out.bytes(packed);
        out.u32(crc(out.array(), start, out.size() - start));
    }

    /// Everything since the last call.
    byte[] take() {
        byte[] bytes = out.toArray();
        out.clear();
        return bytes;
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        zstd.close();
    }
}
