package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class StreamSinkTest {
    private static final long OFFSET = 5000;
    private static final int LIMIT = 1 << 20;

    private final StreamSink sink = new StreamSink();
    private final StreamSource source = new StreamSource();

    @AfterEach
    void close() {
        sink.close();
        source.close();
    }

    @Test
    void aStreamIsWrittenAsDocumented() {
        sink.raw(StreamKind.BITS, new byte[] {1, 2, 3});
        byte[] stream = sink.take();
        assertThat(HexFormat.of().formatHex(stream, 0, 7))
                .isEqualTo("03" + "00" + "0303" + "010203");
        assertThat(stream).hasSize(11);
        ByteSource crc = new ByteSource(Arrays.copyOfRange(stream, 7, 11), 0);
        assertThat(crc.u32()).isEqualTo(StreamSink.crc(stream, 0, 7));
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void aChecksumIsCRC32C() {
        byte[] digits = "x123456789x".getBytes(US_ASCII);
        assertThat(StreamSink.crc(digits, 1, 9)).isEqualTo(0xe3069283);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 4096, 100_000})
    void contentOfAnyLengthReadsBack(int length) {
        byte[] zeros = new byte[length];
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        for (byte[] plain : new byte[][] {zeros, noise}) {
            sink.compressed(StreamKind.COLUMNS, plain);
            sink.raw(StreamKind.LABELS, plain);
            byte[] streams = sink.take();
            ByteSource bytes = new ByteSource(streams, OFFSET);
            assertThat(content(source.next(bytes, StreamKind.COLUMNS, length))).isEqualTo(plain);
            StreamSource.Stream labels = source.next(bytes, length);
            assertThat(labels.kind()).isEqualTo(StreamKind.LABELS.number());
            assertThat(content(labels.plain())).isEqualTo(plain);
            bytes.requireEnd("two streams");
        }
    }

    @ParameterizedTest
    @CsvSource({"31, false, 0", "32, false, 1", "4096, false, 1", "32, true, 0", "4096, true, 0"})
    void contentIsCompressedWhereThatMakesItSmaller(int length, boolean noise, int coding) {
        byte[] plain = new byte[length];
        if (noise) {
            new Random(length).nextBytes(plain);
        }
        sink.compressed(StreamKind.REPEATS, plain);
        byte[] stream = sink.take();
        assertThat(stream[1]).isEqualTo((byte) coding);
        if (coding == 1) {
            assertThat(stream.length).isLessThan(length);
        }
    }

    /// Noise of which the last bytes repeat the first, so that little is saved.
    @Test
    void contentThatCompressesToItsOwnLengthStaysAsItIs() {
        int found = 0;
        try (Zstd.Compressor zstd = new Zstd.Compressor()) {
            for (int length = 64; length < 128; length++) {
                byte[] plain = noise(length);
                int repeated = 4 + (length % 16);
                System.arraycopy(plain, 0, plain, length - repeated, repeated);
                if (zstd.compress(plain).length == length) {
                    found++;
                    sink.compressed(StreamKind.REPEATS, plain);
                    assertThat(sink.take()[1]).isEqualTo((byte) StreamSink.RAW);
                }
            }
        }
        assertThat(found).isPositive();
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    @Test
    void everyFlippedBitIsSeen() {
        byte[] good = twoStreams();
        for (int i = 0; i < good.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) (1 << bit);
                assertThatThrownBy(() -> readTwo(bad))
                        .as("byte %d, bit %d", i, bit)
                        .isInstanceOf(DamagedChunk.class)
                        .satisfies(
                                e ->
                                        assertThat(((DamagedChunk) e).offset())
                                                .isBetween(OFFSET, OFFSET + good.length));
            }
        }
    }

    @Test
    void everyMissingEndIsSeen() {
        byte[] good = twoStreams();
        for (int i = 0; i < good.length; i++) {
            byte[] cut = Arrays.copyOf(good, i);
            assertThatThrownBy(() -> readTwo(cut))
                    .as("%d bytes", i)
                    .isInstanceOf(DamagedChunk.class);
        }
        readTwo(good);
    }

    private byte[] twoStreams() {
        sink.compressed(StreamKind.COLUMNS, new byte[200]);
        sink.raw(StreamKind.BITS, new byte[] {1, 2, 3});
        return sink.take();
    }

    private void readTwo(byte[] bytes) {
        ByteSource streams = new ByteSource(bytes, OFFSET);
        source.next(streams, StreamKind.COLUMNS, LIMIT);
        source.next(streams, StreamKind.BITS, LIMIT);
        streams.requireEnd("two streams");
    }

    @Test
    void anotherKindThanExpectedIsDamage() {
        sink.raw(StreamKind.BITS, new byte[0]);
        byte[] stream = sink.take();
        assertThatThrownBy(
                        () -> source.next(new ByteSource(stream, OFFSET), StreamKind.TOKENS, LIMIT))
                .isInstanceOf(DamagedChunk.class)
                .hasMessage("damaged chunk at byte 5000: stream 3 instead of TOKENS");
    }

    @Test
    void aStreamSaysItsKindEvenIfNobodyKnowsIt() {
        byte[] stream = stream(200, 0, 1, new byte[] {7});
        assertThat(source.next(new ByteSource(stream, OFFSET), LIMIT).kind()).isEqualTo(200);
    }

    @Test
    void anUnknownCodingIsDamage() {
        isDamage(stream(1, 2, 1, new byte[] {7}), "coding 2");
    }

    @ParameterizedTest
    @CsvSource({"2, '3 packed bytes for 2'", "4, '3 raw bytes where 4 are announced'"})
    void aPlainLengthThatLiesIsDamage(int announced, String message) {
        isDamage(stream(1, StreamSink.RAW, announced, new byte[3]), message);
    }

    @Test
    void aFrameThatIsShorterThanAnnouncedIsDamage() {
        isDamage(stream(1, StreamSink.ZSTD, 101, frame(100)), "100 bytes where 101 are announced");
        isDamage(stream(1, StreamSink.ZSTD, 1, new byte[0]), "0 bytes where 1 are announced");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99})
    void aFrameThatExpandsBeyondWhatIsAnnouncedIsDamage(int announced) {
        isDamage(
                stream(1, StreamSink.ZSTD, announced, frame(100)),
                announced < frame(100).length ? "packed bytes for " + announced : "zstd: ");
    }

    @Test
    void aFrameWithSomethingBehindItIsDamage() {
        byte[] frame = frame(100);
        isDamage(stream(1, StreamSink.ZSTD, 100, Arrays.copyOf(frame, frame.length + 1)), "zstd: ");
    }

    /// 64 MiB in a few kilobytes: what is announced bounds what is allocated.
    @Test
    void aBombIsRefusedBeforeItIsAllocated() {
        byte[] bomb = frame(1 << 26);
        assertThat(bomb.length).isLessThan(1 << 16);
        byte[] modest = stream(1, StreamSink.ZSTD, 1 << 16, bomb);
        byte[] boastful = stream(1, StreamSink.ZSTD, 1 << 26, bomb);
        isDamage(modest, "zstd: ");
        long before = allocated();
        isDamage(modest, "zstd: ");
        isDamage(boastful, "67108864 bytes in a stream, at most 1048576");
        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Test
    void contentUpToTheLimitIsRead() {
        ByteSource bytes = new ByteSource(stream(1, StreamSink.ZSTD, LIMIT, frame(LIMIT)), OFFSET);
        assertThat(source.next(bytes, LIMIT).plain().remaining()).isEqualTo(LIMIT);
        isDamage(stream(1, StreamSink.ZSTD, LIMIT + 1, frame(LIMIT + 1)), "at most 1048576");
    }

    @Test
    void lanesReadBackCompressedOrNot() {
        TokenSink tokens = new TokenSink();
        Random random = new Random(1);
        for (int column = 0; column < 300; column++) {
            tokens.begin(100);
            for (int i = 0; i < 100; i++) {
                tokens.add(column % 3 == 0 ? 1 : random.nextInt(Token.COUNT));
            }
        }
        Lanes lanes = Lanes.of(tokens);
        sink.tokens(lanes);
        byte[] stream = sink.take();
        assertThat(stream.length).isLessThan(tokens.size());
        ByteSource plain = source.next(new ByteSource(stream, OFFSET), StreamKind.TOKENS, LIMIT);
        byte[][] read = source.lanes(plain, tokens.size());
        assertThat(read.length).isEqualTo(lanes.lanes()).isGreaterThan(3);
        for (int lane = 0; lane < read.length; lane++) {
            assertThat(read[lane]).isEqualTo(lanes.tokens(lane));
        }
    }

    @Test
    void tokensAreWrittenAsDocumented() {
        TokenSink tokens = new TokenSink();
        tokens.begin(3);
        tokens.add(1);
        tokens.add(179);
        tokens.add(3);
        sink.tokens(Lanes.of(tokens));
        byte[] content =
                content(source.next(new ByteSource(sink.take(), OFFSET), StreamKind.TOKENS, LIMIT));
        assertThat(HexFormat.of().formatHex(content)).isEqualTo("01" + "000303" + "01b303");
    }

    @ParameterizedTest
    @CsvSource({
        "11, '17 lanes, at most 16'",
        "01 00 65 65, '101 tokens, at most 100'",
        "02 00 32 00 00 33 00, '51 tokens, at most 50'",
        "01 00 02 03 070707, '3 packed bytes for 2'",
        "01 04 01 01 07, 'coding 4'",
        "01 02 02 02 ffff, '154 tokens, at most 100'",
        "01 00 01 02 07, '2 bytes wanted where only 1 are left'",
        "01 00 01 01 07 07, '1 bytes behind the end of TOKENS'",
        "01 00 01, '1 bytes wanted where only 0 are left'"
    })
    void lanesThatLieAreDamage(String hex, String message) {
        byte[] tokens = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> source.lanes(new ByteSource(tokens, OFFSET), 100))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(message);
    }

    @Test
    void asManyLanesAndTokensAsAllowedAreRead() {
        ByteSink tokens = new ByteSink();
        tokens.u8(16);
        for (int i = 0; i < 16; i++) {
            tokens.bytes(new byte[] {0, 5, 5});
        }
        tokens.bytes(new byte[80]);
        byte[][] lanes = source.lanes(new ByteSource(tokens.toArray(), OFFSET), 80);
        assertThat(lanes).hasDimensions(16, 5);
    }

    private void isDamage(byte[] stream, String message) {
        assertThatThrownBy(() -> source.next(new ByteSource(stream, OFFSET), LIMIT))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(message);
    }

    /// A stream whose checksum is right, whatever else is not.
    private static byte[] stream(int kind, int coding, int plainLength, byte[] packed) {
        ByteSink stream = new ByteSink();
        stream.u8(kind);
        stream.u8(coding);
        stream.varint(plainLength);
        stream.block(packed);
        stream.u32(StreamSink.crc(stream.array(), 0, stream.size()));
        return stream.toArray();
    }

    /// Zeros, compressed.
    private static byte[] frame(int length) {
        try (Zstd.Compressor zstd = new Zstd.Compressor()) {
            return zstd.compress(new byte[length]);
        }
    }

    private static byte[] content(ByteSource plain) {
        return plain.bytes(plain.remaining());
    }
}
