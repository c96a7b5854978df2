package io.tsvault.core.chunk;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

import java.util.Arrays;

/// Zstandard, in frames without magic, size and checksum: the stream around a frame has all three.
final class Zstd {
    private Zstd() {}

    /// For one thread; holds native memory until it is closed.
    static final class Compressor implements AutoCloseable {
        /// zstd-9 saves 1 to 3 % more at half the speed, zstd-19 5 % at a tenth.
        private static final int LEVEL = 3;

        /// Tokens that cost more than this many bits each are noise: what repeats in them does so
        /// by chance, and coding the repetition costs more than coding the tokens.
        private static final double NOISE_BITS = 2.0;

        private static final int FAST = 1;
        private static final int LONGEST_MIN_MATCH = 7;
        private static final int SMALLEST_HASH = 6;

        private final ZstdCompressCtx ordinary = context(LEVEL);

        /// Entropy coding and next to no search for repetition.
        private final ZstdCompressCtx noise =
                context(1)
                        .setStrategy(FAST)
                        .setMinMatch(LONGEST_MIN_MATCH)
                        .setHashLog(SMALLEST_HASH);

        private byte[] buffer = new byte[1 << 12];

        private static ZstdCompressCtx context(int level) {
            return new ZstdCompressCtx()
                    .setLevel(level)
                    .setMagicless(true)
                    .setContentSize(false)
                    .setChecksum(false);
        }

        /// Compresses bytes that may repeat themselves.
        byte[] compress(byte[] plain) {
            return compress(ordinary, plain);
        }

        /// Compresses tokens of this entropy.
        byte[] compressTokens(byte[] tokens, double bitsPerToken) {
            return compress(bitsPerToken > NOISE_BITS ? noise : ordinary, tokens);
        }

        private byte[] compress(ZstdCompressCtx context, byte[] plain) {
            int bound = (int) com.github.luben.zstd.Zstd.compressBound(plain.length);
            if (buffer.length < bound) {
                buffer = new byte[bound];
            }
            int size = context.compressByteArray(buffer, 0, buffer.length, plain, 0, plain.length);
            return Arrays.copyOf(buffer, size);
        }

        @Override
        public void close() {
            ordinary.close();
            noise.close();
        }
    }

    /// For one thread; holds native memory until it is closed.
    static final class Decompressor implements AutoCloseable {
        private final ZstdDecompressCtx context = new ZstdDecompressCtx().setMagicless(true);

        /// Decompresses all of `packed` to exactly `length` bytes, or it is damaged.
        byte[] decompress(ByteSource packed, int length) {
            byte[] plain = new byte[length];
            int size;
            try {
                size =
                        context.decompressByteArray(
                                plain,
                                0,
                                length,
                                packed.array(),
                                packed.position(),
                                packed.remaining());
            } catch (ZstdException e) {
                throw packed.damaged("zstd: " + e.getMessage());
            }
            if (size != length) {
                throw packed.damaged(size + " bytes where " + length + " are announced");
            }
            return plain;
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
