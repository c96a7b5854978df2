package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdDecompressCtx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class ZstdTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4096, 70_000})
    void aFrameIsOrdinaryZstandardWithoutMagicSizeAndChecksum(int length) {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);
        try (Zstd.Compressor zstd = new Zstd.Compressor();
                ZstdDecompressCtx foreign = new ZstdDecompressCtx().setMagicless(true)) {
            for (byte[] frame :
                    new byte[][] {zstd.compress(plain), zstd.compressTokens(plain, 8)}) {
                assertThat(foreign.decompress(frame, length)).isEqualTo(plain);
                // The descriptor: no size, no checksum, no dictionary.
                assertThat(frame[0]).isZero();
            }
        }
    }

    /// Looking for repetition in noise costs time and bytes.
    @Test
    void tokensOfMoreThanTwoBitsAreNotSearchedForRepetition() {
        byte[] tokens = new byte[20_000];
        Random random = new Random(1);
        byte[] phrase = {1, 2, 3, 4, 5, 6};
        for (int i = 0; i < tokens.length; i++) {
            int at = i % 24;
            tokens[i] = at < 6 ? phrase[at] : (byte) random.nextInt(64);
        }
        try (Zstd.Compressor zstd = new Zstd.Compressor()) {
            byte[] searched = zstd.compress(tokens);
            assertThat(zstd.compressTokens(tokens, 2.0)).isEqualTo(searched);
            assertThat(zstd.compressTokens(tokens, 2.1)).isNotEqualTo(searched);
        }
    }

    @Test
    void noiseCostsLittleMoreThanItsEntropy() {
        byte[] tokens = new byte[20_000];
        Random random = new Random(2);
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (byte) random.nextInt(6);
        }
        try (Zstd.Compressor zstd = new Zstd.Compressor()) {
            byte[] frame = zstd.compressTokens(tokens, 2.6);
            // 20,000 of 2.585 bits are 6,462 bytes.
            assertThat(frame.length).isLessThan(6_700);
            assertThat(frame.length).isLessThan(zstd.compress(tokens).length);
        }
    }
}
