package io.tsvault.core.chunk;

import java.util.zip.CRC32C;

/// Writes streams one after the other: see "File" in the description of the package.
final class StreamSink implements AutoCloseable {
    static final int RAW = 0;
    static final int ZSTD = 1;

    /// Added to the coding of a lane in which [ZeroRuns] are bytes.
    static final int ZERO_RUNS = 2;

    /// Lanes whose tokens cost less may be better with zero runs.
    private static final double SPARSE_BITS = 2.5;

    /// What is left between zero runs does not repeat.
    private static final double NOISY = 8;

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
        ByteSink heads = new ByteSink();
        ByteSink bodies = new ByteSink();
        heads.varint(lanes.lanes());
        for (int lane = 0; lane < lanes.lanes(); lane++) {
            byte[] tokens = lanes.tokens(lane);
            Lane best = Lane.of(0, tokens, zstd.compressTokens(tokens, lanes.entropy(lane)));
            if (lanes.entropy(lane) < SPARSE_BITS) {
                byte[] runs = ZeroRuns.shortened(tokens);
                Lane shorter = Lane.of(ZERO_RUNS, runs, zstd.compressTokens(runs, NOISY));
                best = shorter.packed.length < best.packed.length ? shorter : best;
            }
            heads.u8(best.coding);
            heads.varint(best.plainLength);
            heads.varint(best.packed.length);
            bodies.bytes(best.packed);
        }
        heads.append(bodies);
        raw(StreamKind.TOKENS, heads.toArray());
    }

    /// One way to write a lane.
    private static final class Lane {
        final int coding;
        final int plainLength;
        final byte[] packed;

        private Lane(int coding, int plainLength, byte[] packed) {
            this.coding = coding;
            this.plainLength = plainLength;
            this.packed = packed;
        }

        /// Compressed, if that is smaller.
        static Lane of(int coding, byte[] plain, byte[] compressed) {
            return compressed.length < plain.length
                    ? new Lane(coding | ZSTD, plain.length, compressed)
                    : new Lane(coding, plain.length, plain);
        }
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
