package io.tsvault.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class SnappyTest {
    @Test
    void aBlockComesBackAsItWas() throws IOException {
        for (int length : new int[] {0, 1, 59, 60, 61, 65_535, 65_536, 65_537, 1_000_000}) {
            byte[] plain = new byte[length];
            new Random(length).nextBytes(plain);
            Arrays.fill(plain, 0, length / 2, (byte) 'x');
            assertArrayEquals(plain, Snappy.decompress(Snappy.compress(plain), length));
        }
    }

    @Test
    void theBlockFormatIsTheOneOfTheSpecification() throws IOException {
        // Length 5, a literal of 1 byte, a copy of 4 bytes from 1 byte back.
        byte[] block = HexFormat.of().parseHex("05" + "00" + "61" + "01" + "01");
        assertArrayEquals("aaaaa".getBytes(US_ASCII), Snappy.decompress(block, 5));
    }

    @Test
    void S13_aBlockThatAnnouncesMoreThanTheLimitIsRefusedBeforeItIsOpened() {
        byte[] block = Snappy.compress(new byte[1000]);
        assertThatThrownBy(() -> Snappy.decompress(block, 999))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000 bytes; the limit is 999");
        byte[] twoGiB = HexFormat.of().parseHex("ffffffff07" + "00");
        assertThrows(IOException.class, () -> Snappy.decompress(twoGiB, 64 << 20));
    }

    @Test
    void S10_everyCutBlockIsRefused() {
        byte[] block = Snappy.compress("the same the same the same".getBytes(US_ASCII));
        for (int length = 0; length < block.length; length++) {
            byte[] cut = Arrays.copyOf(block, length);
            assertThrows(IOException.class, () -> Snappy.decompress(cut, 100), "cut at " + length);
        }
    }
}
