package io.tsvault.wire.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tsvault.wire.v1.BucketSpan;
import io.tsvault.wire.v1.Histogram;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Against chunks of a real server; that each sample is what the server says it is, is a test of
/// the remote read, which has one.
class HistogramDecoderTest {
    private static final long SEED = 17;
    private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);
    private static final List<Recorded> RECORDED = recorded();

    private record Recorded(boolean isFloat, String hex) {
        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }

        List<Histogram> read(byte[] chunk) {
            HistogramDecoder decoder =
                    isFloat
                            ? HistogramDecoder.ofFloats(chunk, 0, chunk.length)
                            : HistogramDecoder.ofIntegers(chunk, 0, chunk.length);
            List<Histogram> all = new ArrayList<>();
            while (decoder.hasNext()) {
                all.add(decoder.next());
            }
            return all;
        }
    }

    private static List<Recorded> recorded() {
        try (InputStream file =
                HistogramDecoderTest.class.getResourceAsStream("recorded-chunks.txt")) {
            assertThat(file).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .map(line -> new Recorded(line[0].startsWith("FLOAT"), line[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyRecordedSampleAddsUp() {
        int samples = 0;
        for (Recorded chunk : RECORDED) {
            long before = 0;
            for (Histogram one : chunk.read(chunk.bytes())) {
                assertThat(one.getTimestamp() - before).isIn(15_003L, one.getTimestamp());
                before = one.getTimestamp();
                if (chunk.isFloat) {
                    assertThat(sum(one)).isCloseTo(one.getCountFloat(), within(1e-9));
                } else {
                    assertThat(total(one)).isEqualTo(one.getCountInt());
                }
                samples++;
            }
        }
        assertThat(samples).isGreaterThan(250);
    }

    private static double sum(Histogram one) {
        return one.getZeroCountFloat()
                + one.getPositiveCountsList().stream().mapToDouble(c -> c).sum()
                + one.getNegativeCountsList().stream().mapToDouble(c -> c).sum();
    }

    private static long total(Histogram one) {
        return one.getZeroCountInt()
                + total(one.getPositiveDeltasList())
                + total(one.getNegativeDeltasList());
    }

    private static long total(List<Long> deltas) {
        long count = 0;
        long total = 0;
        for (long delta : deltas) {
            count += delta;
            total += count;
        }
        return total;
    }

    /// One sample of schema 0 at 1 ms, bit by bit as the package has it.
    @Test
    void theSmallestChunkIsRead() {
        byte[] chunk =
                bits(
                        "0000000000000001 10000000", // one sample, a reset
                        "01110100", // threshold 2^-128
                        "0", // schema 0
                        "10001 10001 0", // one span above: length 1, offset 0
                        "0", // none below
                        "10001", // at 1 ms
                        "10011 10001", // count 3, zeros 1
                        "0100000000000000000000000000000000000000000000000000000000000000",
                        "10010"); // 2 in the bucket

        assertThat(new Recorded(false, "").read(chunk))
                .containsExactly(
                        Histogram.newBuilder()
                                .setCountInt(3)
                                .setZeroCountInt(1)
                                .setSum(2)
                                .setSchema(0)
                                .setZeroThreshold(0x1p-128)
                                .addPositiveSpans(BucketSpan.newBuilder().setLength(1))
                                .addPositiveDeltas(2)
                                .setResetHint(Histogram.ResetHint.YES)
                                .setTimestamp(1)
                                .build());
    }

    private static byte[] bits(String... parts) {
        String all = String.join("", parts).replace(" ", "");
        byte[] bytes = new byte[(all.length() + 7) / 8];
        for (int i = 0; i < all.length(); i++) {
            bytes[i / 8] |= (byte) ((all.charAt(i) - '0') << (7 - i % 8));
        }
        return bytes;
    }

    @Test
    void aStaleMarkerHasNothingElse() {
        byte[] chunk =
                HexFormat.of()
                        .parseHex(
                                "000140001fc00033ce0c9298800000000000000000"
                                        + "000000000000000ffe00000000000040");

        assertThat(new Recorded(true, "").read(chunk))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(Double.doubleToRawLongBits(one.getSum()))
                                    .isEqualTo(Double.doubleToRawLongBits(STALE));
                            assertThat(one.hasCountFloat()).isTrue();
                            assertThat(one.getResetHint()).isEqualTo(Histogram.ResetHint.UNKNOWN);
                        });
    }

    @Test
    void everyCutChunkIsMalformed() {
        for (Recorded chunk : RECORDED) {
            byte[] whole = chunk.bytes();
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> chunk.read(cut))
                        .as("%s of %s bytes", length, whole.length)
                        .isInstanceOf(MalformedHistogramChunk.class)
                        .hasMessageMatching("histogram chunk, byte \\d+: .+");
            }
        }
    }

    @Test
    void everyFlippedByteIsMalformedOrGivesAsManySamplesAsItSays() {
        Random random = new Random(SEED);
        int malformed = 0;
        for (Recorded chunk : RECORDED) {
            for (int at = 0; at < chunk.bytes().length; at++) {
                byte[] flipped = chunk.bytes();
                flipped[at] ^= (byte) (1 + random.nextInt(255));
                int announced = ((flipped[0] & 0xff) << 8) | (flipped[1] & 0xff);
                try {
                    assertThat(chunk.read(flipped))
                            .as("seed %s, byte %s", SEED, at)
                            .hasSize(announced);
                } catch (MalformedHistogramChunk e) {
                    malformed++;
                }
            }
        }
        assertThat(malformed).isPositive();
    }

    @Test
    void rubbishIsMalformedOrSamples() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] rubbish = new byte[3 + random.nextInt(200)];
            random.nextBytes(rubbish);
            rubbish[0] = 0;
            try {
                assertThat(new Recorded(random.nextBoolean(), "").read(rubbish))
                        .as("seed %s, round %s", SEED, round)
                        .hasSize(rubbish[1] & 0xff);
            } catch (MalformedHistogramChunk e) {
                assertThat(e.getMessage()).startsWith("histogram chunk, byte ");
            }
        }
    }

    /// Eight bytes that ask for 2^31 buckets.
    @Test
    void moreBucketsThanFitAreRefusedBeforeTheyAreAllocated() {
        byte[] greedy =
                bits(
                        "0000000000000001 00000000 00000000 0",
                        "10001", // one span
                        "11111110 00000000000000000000000001111111111111111111111111111111",
                        "0 0",
                        "0".repeat(400));

        assertThatThrownBy(() -> new Recorded(false, "").read(greedy))
                .isInstanceOf(MalformedHistogramChunk.class)
                .hasMessageContaining("buckets in");
    }

    @Test
    void aChunkWithoutSamplesHasNone() {
        assertThat(new Recorded(false, "").read(new byte[3])).isEmpty();
        assertThatThrownBy(() -> new Recorded(false, "").read(new byte[] {0, 0, 0, 1}))
                .isInstanceOf(MalformedHistogramChunk.class);
    }
}
