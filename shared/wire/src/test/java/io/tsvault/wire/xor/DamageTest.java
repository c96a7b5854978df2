package io.tsvault.wire.xor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Bytes that are no chunk give [MalformedChunk] or samples, and nothing else ever happens.
class DamageTest {
    private static final long SEED = 7;
    private static final List<Unpacked> CHUNKS =
            List.of(
                    Unpacked.of(),
                    Unpacked.of(-1, 1),
                    Unpacked.of(1L << 40, -1, 1, -1L >>> 31),
                    calm(120),
                    noisy(40));

    private static Unpacked calm(int count) {
        long[] samples = new long[2 * count];
        for (int i = 0; i < samples.length; i += 2) {
            samples[i] = 1_780_000_000_000L + i * 7_500L;
        }
        return Unpacked.of(samples);
    }

    private static Unpacked noisy(int count) {
        Random random = new Random(SEED);
        long[] samples = new long[2 * count];
        for (int i = 0; i < samples.length; i += 2) {
            samples[i] = i * 15_000L + (random.nextLong() >> random.nextInt(64));
            samples[i + 1] = random.nextLong() >>> random.nextInt(64) << random.nextInt(64);
        }
        return Unpacked.of(samples);
    }

    @Test
    void everyCutChunkIsMalformed() {
        for (Unpacked samples : CHUNKS) {
            byte[] chunk = samples.packed();
            for (int length = 0; length < chunk.length; length++) {
                byte[] cut = Arrays.copyOf(chunk, length);
                assertThatThrownBy(() -> Unpacked.of(cut))
                        .as("%s of %s bytes", length, chunk.length)
                        .isInstanceOf(MalformedChunk.class)
                        .hasMessageMatching("XOR chunk, byte \\d+: .+");
            }
        }
    }

    /// What lies behind a chunk in the same array is another chunk's, and not read.
    @Test
    void everyCutChunkIsMalformedAlsoWhereTheArrayGoesOn() {
        XorDecoder decoder = new XorDecoder();
        long[] room = new long[120];
        for (Unpacked samples : CHUNKS) {
            byte[] chunk = samples.packed();
            for (int length = 0; length < chunk.length; length++) {
                int cut = length;
                assertThatThrownBy(
                                () -> {
                                    decoder.open(chunk, 0, cut);
                                    decoder.decode(room, room.clone(), 0);
                                })
                        .as("%s of %s bytes", length, chunk.length)
                        .isInstanceOf(MalformedChunk.class);
            }
        }
    }

    @Test
    void everyFlippedByteIsMalformedOrGivesAsManySamplesAsItSays() {
        int malformed = 0;
        for (Unpacked samples : CHUNKS) {
            byte[] chunk = samples.packed();
            for (int at = 0; at < chunk.length; at++) {
                for (int flip = 1; flip < 256; flip++) {
                    byte[] damaged = chunk.clone();
                    damaged[at] ^= (byte) flip;
                    malformed += isMalformed(damaged) ? 1 : 0;
                }
            }
        }
        assertThat(malformed).isGreaterThan(10_000);
    }

    @Test
    void noiseIsMalformedOrGivesAsManySamplesAsItSays() {
        Random random = new Random(SEED);
        int malformed = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (noise.length > 2) {
                noise[0] = 0;
                noise[1] &= 0x1f;
            }
            malformed += isMalformed(noise) ? 1 : 0;
        }
        assertThat(malformed).as("seed %s", SEED).isBetween(50_000, 100_000);
    }

    private static boolean isMalformed(byte[] bytes) {
        try {
            int count = Unpacked.of(bytes).samples().size();
            if (count != (((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff))) {
                throw new AssertionError(count + " of " + HexFormat.of().formatHex(bytes));
            }
            return false;
        } catch (MalformedChunk _) {
            return true;
        }
    }

    @Test
    void aCountIsHeldAgainstTheBytesBeforeAnythingIsAllocated() {
        byte[] chunk = calm(120).packed();
        chunk[0] = (byte) 0xff;
        assertThatThrownBy(() -> new XorDecoder().open(chunk, 0, chunk.length))
                .isInstanceOf(MalformedChunk.class)
                .hasMessage("XOR chunk, byte 0: 65400 samples cannot take 48 bytes");
        assertThatThrownBy(() -> new XorDecoder().open(new byte[100_000], 0, 100_000))
                .isInstanceOf(MalformedChunk.class)
                .hasMessage("XOR chunk, byte 0: 0 samples cannot take 100000 bytes");
    }

    @Test
    void whatIsWrongIsSaid() {
        String two = "0002" + "00" + "0000000000000000";
        says("", "byte 0: 0 bytes are too few for a count");
        says(two + "01" + "00" + "00" + "00", "byte 12: something behind the last of 2 samples");
        says(two + "01" + "01", "byte 12: something behind the last of 2 samples");
        says(two + "01" + "ff" + "ff" + "00".repeat(20), "byte 12: a window of 31 + 63 bits");
        says(two + "01" + "80", "byte 13: cut in sample 2 of 2");
        says(two + "ff".repeat(11), "byte 20: a varint of more than 64 bits");
        says(two + "ff".repeat(9) + "02" + "00", "byte 20: a varint of more than 64 bits");
        says("0001" + "ff".repeat(9) + "01" + "00", "byte 13: cut in sample 1 of 1");
    }

    private static void says(String hex, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> Unpacked.of(bytes))
                .isInstanceOf(MalformedChunk.class)
                .hasMessage("XOR chunk, " + message);
    }

    @Test
    void aDecoderThatSawDamageReadsTheNextChunk() {
        byte[] chunk = noisy(120).packed();
        XorDecoder decoder = new XorDecoder();
        assertThatThrownBy(() -> decoder.open(chunk, 0, 1)).isInstanceOf(MalformedChunk.class);
        assertThatThrownBy(() -> decoder.decode(new long[0], new long[0], 0))
                .isInstanceOf(IllegalStateException.class);
        assertThat(decoder.open(chunk, 0, chunk.length)).isEqualTo(120);
        assertThat(decoder.decode(new long[120], new long[120], 0)).isEqualTo(120);
    }
}
