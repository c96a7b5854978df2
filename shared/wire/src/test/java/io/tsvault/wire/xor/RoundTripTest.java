package io.tsvault.wire.xor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;

/// What was packed comes out, in as many bytes as the format allows.
class RoundTripTest {
    private static final long SEED = 20260101;
    private static final long ONE = Double.doubleToRawLongBits(1);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 120, 127, 128, 129, 65_535})
    void anyNumberOfSamplesComesBack(int count) {
        Unpacked samples = random(new Random(SEED), count);
        assertThat(Unpacked.of(samples.packed())).as("seed %s", SEED).isEqualTo(samples);
    }

    @Test
    void everyBitOfManyKindsOfSeriesComesBack() {
        Random random = new Random(SEED);
        XorEncoder encoder = new XorEncoder();
        for (int round = 0; round < 2_000; round++) {
            Unpacked samples = random(random, 1 + random.nextInt(150));
            assertThat(Unpacked.of(samples.packed(encoder)))
                    .as("seed %s, round %s", SEED, round)
                    .isEqualTo(samples);
        }
    }

    /// Steps that are steady, or jump by up to all bits; values that differ anywhere or nowhere.
    private static Unpacked random(Random random, int count) {
        long[] samples = new long[2 * count];
        long t = random.nextLong(-1L << 42, 1L << 42);
        long step = random.nextInt(60_000);
        long bits = random.nextLong();
        int calm = random.nextInt(4);
        for (int i = 0; i < samples.length; i += 2) {
            samples[i] = t;
            samples[i + 1] = bits;
            step += random.nextInt(4) < calm ? 0 : random.nextLong() >> random.nextInt(64);
            t += step;
            bits ^= random.nextInt(4) < calm ? 0 : anywhere(random);
        }
        return Unpacked.of(samples);
    }

    private static long anywhere(Random random) {
        return random.nextLong() >>> random.nextInt(64) << random.nextInt(64);
    }

    /// The last dod of each class, and the first of the next.
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                -1,
                8191,
                8192,
                8193,
                -8190,
                -8191,
                -8192,
                65_535,
                65_536,
                65_537,
                -65_534,
                -65_535,
                -65_536,
                524_287,
                524_288,
                524_289,
                -524_286,
                -524_287,
                -524_288,
                1L << 40,
                -1L << 40,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void aChangeOfStepTakesTheFirstFieldThatItFits(long dod) {
        long step = 1L << 41;
        long third = 2 * step + dod;
        byte[] chunk = Unpacked.of(0, 1, step, 1, third, 1, third + step + dod, 1).packed();
        assertThat(Unpacked.of(chunk))
                .isEqualTo(Unpacked.of(0, 1, step, 1, third, 1, third + step + dod, 1));
        int head = 2 + 1 + 8 + 6;
        assertThat(chunk).hasSize(head + (1 + field(dod) + 1 + 1 + 1 + 7) / 8);
    }

    private static int field(long dod) {
        if (dod == 0) {
            return 1;
        }
        if (dod >= -8_191 && dod <= 8_192) {
            return 2 + 14;
        }
        if (dod >= -65_535 && dod <= 65_536) {
            return 3 + 17;
        }
        return dod >= -524_287 && dod <= 524_288 ? 4 + 20 : 4 + 64;
    }

    @Test
    void everyPairOfWindowsComesBack() {
        for (int first = 0; first < 64; first++) {
            for (int second = 0; second < 64; second++) {
                for (int third : new int[] {0, 1, 31, 32, 33, 62, 63}) {
                    long a = ONE ^ (-1L >>> first);
                    long b = a ^ (-1L >>> first << second);
                    Unpacked samples = Unpacked.of(0, ONE, 1, a, 2, b, 3, b ^ (1L << third), 4, b);
                    assertThat(Unpacked.of(samples.packed()))
                            .as("%s, %s, %s", first, second, third)
                            .isEqualTo(samples);
                }
            }
        }
    }

    @Test
    void aDifferenceInsideTheWindowReusesItEvenWhereANewOneWereShorter() {
        int head = 2 + 1 + 8 + 1;
        byte[] chunk = Unpacked.of(0, 0, 1, 0xffL << 40, 2, 0xfeL << 40).packed();
        assertThat(chunk).hasSize(head + (2 + 11 + 8 + 1 + 2 + 8 + 7) / 8);
        assertThat(Unpacked.of(chunk)).isEqualTo(Unpacked.of(0, 0, 1, 0xffL << 40, 2, 0xfeL << 40));
    }

    @Test
    void theZerosInFrontThatAWindowLeavesOutAreAtMost31() {
        int head = 2 + 1 + 8 + 1;
        byte[] chunk = Unpacked.of(0, 0, 1, 1).packed();
        assertThat(chunk).hasSize(head + (2 + 11 + 33 + 7) / 8);
        assertThat(Unpacked.of(chunk)).isEqualTo(Unpacked.of(0, 0, 1, 1));
    }

    @Test
    void valuesAreBits() {
        long[] odd = {
            0x7ff0000000000002L, // stale
            Double.doubleToRawLongBits(-0.0),
            0,
            Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
            Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
            Double.doubleToRawLongBits(Double.MIN_VALUE),
            0x000fffffffffffffL,
            0x7ff8000000000001L,
            0xfff8dead0000beefL,
            -1
        };
        long[] samples = new long[2 * odd.length];
        for (int i = 0; i < odd.length; i++) {
            samples[2 * i] = i;
            samples[2 * i + 1] = odd[i];
        }
        assertThat(Unpacked.of(Unpacked.of(samples).packed())).isEqualTo(Unpacked.of(samples));
    }

    @Test
    void timestampsMayBeAnything() {
        long[] times = {
            Long.MIN_VALUE, Long.MAX_VALUE, 0, 0, -1, Long.MIN_VALUE, 1, Long.MAX_VALUE, 5, 4, 3, 2
        };
        for (int from = 0; from < times.length; from++) {
            long[] samples = new long[2 * (times.length - from)];
            for (int i = from; i < times.length; i++) {
                samples[2 * (i - from)] = times[i];
                samples[2 * (i - from) + 1] = ONE;
            }
            assertThat(Unpacked.of(Unpacked.of(samples).packed())).isEqualTo(Unpacked.of(samples));
        }
    }

    @Test
    void aSteadySeriesTakesTwoBitsPerSample() {
        long[] samples = new long[240];
        for (int i = 0; i < samples.length; i += 2) {
            samples[i] = 1_000_000_000_000L + i / 2 * 15_000L;
        }
        int head = 2 + 6 + 8 + 2;
        assertThat(Unpacked.of(samples).packed()).hasSize(head + (1 + 118 * 2 + 7) / 8);
    }

    @Test
    void anEncoderForgetsTheChunkThatWasTaken() {
        XorEncoder encoder = new XorEncoder();
        Unpacked noisy = random(new Random(SEED), 1_000);
        Unpacked calm = Unpacked.of(0, 0, 1, 1, 2, 0);
        byte[] fresh = calm.packed();
        assertThat(noisy.packed(encoder)).isEqualTo(noisy.packed());
        assertThat(calm.packed(encoder)).isEqualTo(fresh);
        assertThat(encoder.size()).isZero();
        assertThat(encoder.take()).isEqualTo(new byte[2]);
    }

    @Test
    void aChunkIsPutBetweenWhatIsThere() {
        byte[] alone = Unpacked.of(0, 0, 1, 1).packed();
        byte[] target = new byte[alone.length + 7];
        Arrays.fill(target, (byte) 0x55);
        XorEncoder encoder = new XorEncoder();
        encoder.append(0, 0);
        encoder.append(1, 1);
        assertThatThrownBy(() -> encoder.take(target, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(alone.length + " bytes at 8");
        assertThat(encoder.take(target, 3)).isEqualTo(alone.length);
        assertThat(Arrays.copyOfRange(target, 3, 3 + alone.length)).isEqualTo(alone);
        assertThat(target).startsWith(0x55, 0x55, 0x55).endsWith(0x55, 0x55, 0x55, 0x55);
    }

    @Test
    void aFullChunkTakesNoMore() {
        XorEncoder encoder = new XorEncoder();
        for (int i = 0; i < XorEncoder.MAX_SAMPLES; i++) {
            encoder.append(i, 0);
        }
        assertThatThrownBy(() -> encoder.append(65_535, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("65535 samples: take it");
        assertThat(Unpacked.of(encoder.take()).samples()).hasSize(65_535);
    }

    @Test
    void samplesAreWrittenFromTheGivenPlaceOn() {
        byte[] chunk = Unpacked.of(7, 70, 8, 80).packed();
        XorDecoder decoder = new XorDecoder();
        assertThat(decoder.open(chunk, 0, chunk.length)).isEqualTo(2);
        long[] timestampsMs = {-1, -1, -1, -1};
        long[] bits = {-1, -1, -1, -1, -1};
        assertThatThrownBy(() -> decoder.decode(timestampsMs, bits, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 samples at 3: no room");
        assertThat(decoder.decode(timestampsMs, bits, 1)).isEqualTo(2);
        assertThat(timestampsMs).containsExactly(-1, 7, 8, -1);
        assertThat(bits).containsExactly(-1, 70, 80, -1, -1);
    }

    @Test
    void withoutAChunkThereIsNothingToDecode() {
        assertThatThrownBy(() -> new XorDecoder().decode(new long[1], new long[1], 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("open one");
    }
}
