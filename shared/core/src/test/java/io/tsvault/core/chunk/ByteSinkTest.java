package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class ByteSinkTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8001",
        "300, ac02",
        "16383, ff7f",
        "16384, 808001",
        "4294967295, ffffffff0f",
        "9223372036854775807, ffffffffffffffff7f",
        "9223372036854775808, 80808080808080808001",
        "18446744073709551615, ffffffffffffffffff01"
    })
    void aVarintTakesSevenBitsAByteTheLowestFirst(BigInteger value, String hex) {
        ByteSink sink = new ByteSink();
        sink.varint(value.longValue());
        assertThat(hex(sink)).isEqualTo(hex);
        ByteSource source = source(hex);
        assertThat(source.varint()).isEqualTo(value.longValue());
        source.requireEnd("a varint");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "-1, 01",
        "1, 02",
        "-2, 03",
        "2, 04",
        "-64, 7f",
        "64, 8001",
        "9223372036854775807, feffffffffffffffff01",
        "-9223372036854775808, ffffffffffffffffff01"
    })
    void aZigzagPutsSmallNumbersOfEitherSignFirst(long value, String hex) {
        ByteSink sink = new ByteSink();
        sink.zigzag(value);
        assertThat(hex(sink)).isEqualTo(hex);
        assertThat(source(hex).zigzag()).isEqualTo(value);
    }

    @Test
    void numbersAreLittleEndian() {
        ByteSink sink = new ByteSink();
        sink.u8(0xfe);
        sink.u16(0xfedc);
        sink.u32(0xfedcba98);
        sink.u64(0xfedcba9876543210L);
        assertThat(hex(sink)).isEqualTo("fe" + "dcfe" + "98badcfe" + "1032547698badcfe");
        ByteSource source = new ByteSource(sink.toArray(), 0);
        assertThat(source.u8()).isEqualTo(0xfe);
        assertThat(source.u16()).isEqualTo(0xfedc);
        assertThat(source.u32()).isEqualTo(0xfedcba98);
        assertThat(source.u64()).isEqualTo(0xfedcba9876543210L);
        assertThat(source.remaining()).isZero();
    }

    @Test
    void bytesAndBlocksAreCopied() {
        ByteSink that = new ByteSink();
        that.u8(9);
        ByteSink sink = new ByteSink();
        sink.bytes(new byte[] {1, 2, 3, 4}, 1, 2);
        sink.bytes(new byte[] {5});
        sink.block(new byte[] {6, 7});
        sink.append(that);
        assertThat(hex(sink)).isEqualTo("0203" + "05" + "020607" + "09");
        assertThat(sink.size()).isEqualTo(7);
        assertThat(Arrays.copyOf(sink.array(), 7)).isEqualTo(sink.toArray());
        sink.clear();
        assertThat(sink.toArray()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anySequenceOfWritesReadsBack(long seed) {
        Random random = new Random(seed);
        ByteSink sink = new ByteSink();
        for (int i = 0; i < 2_000; i++) {
            write(random.nextInt(7), random.nextLong() >>> random.nextInt(64), sink);
        }
        Random again = new Random(seed);
        ByteSource source = new ByteSource(sink.toArray(), 0);
        for (int i = 0; i < 2_000; i++) {
            int kind = again.nextInt(7);
            long value = again.nextLong() >>> again.nextInt(64);
            assertThat(read(kind, value, source)).as("seed %d, write %d", seed, i).isTrue();
        }
        source.requireEnd("everything");
    }

    private static void write(int kind, long value, ByteSink sink) {
        switch (kind) {
            case 0 -> sink.u8((int) value);
            case 1 -> sink.u16((int) value);
            case 2 -> sink.u32((int) value);
            case 3 -> sink.u64(value);
            case 4 -> sink.varint(value);
            case 5 -> sink.zigzag(value);
            default -> sink.bytes(new byte[(int) (value & 0x3ff)]);
        }
    }

    private static boolean read(int kind, long value, ByteSource source) {
        return switch (kind) {
            case 0 -> source.u8() == (value & 0xff);
            case 1 -> source.u16() == (value & 0xffff);
            case 2 -> source.u32() == (int) value;
            case 3 -> source.u64() == value;
            case 4 -> source.varint() == value;
            case 5 -> source.zigzag() == value;
            default ->
                    Arrays.equals(source.bytes((int) value & 0x3ff), new byte[(int) value & 0x3ff]);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 10, 255})
    void everyWriteMakesRoomForItself(int free) {
        for (int kind = 0; kind < 7; kind++) {
            ByteSink sink = new ByteSink();
            sink.bytes(new byte[256 - free]);
            write(kind, -1L, sink);
            ByteSource source = new ByteSource(sink.toArray(), 0);
            source.skip(256 - free);
            assertThat(read(kind, -1L, source)).as("kind %d", kind).isTrue();
        }
    }

    @Test
    void aSinkGrowsByDoubling() {
        ByteSink sink = new ByteSink();
        sink.bytes(new byte[256]);
        assertThat(sink.array()).hasSize(256);
        sink.u8(1);
        assertThat(sink.array()).hasSize(512);
    }

    private static String hex(ByteSink sink) {
        return HexFormat.of().formatHex(sink.toArray());
    }

    private static ByteSource source(String hex) {
        return new ByteSource(HexFormat.of().parseHex(hex), 0);
    }

    @Test
    void zigzagIsUndoneForAnyNumber() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            long code = ByteSink.zigzagged(value);
            assertThat(ByteSink.unzigzagged(code)).as("seed 7, %d", value).isEqualTo(value);
            BigInteger twice = BigInteger.valueOf(value).shiftLeft(1);
            BigInteger expected = value < 0 ? twice.not() : twice;
            assertThat(code).isEqualTo(expected.longValue());
        }
        assertThatThrownBy(() -> source("").zigzag()).isInstanceOf(DamagedChunk.class);
    }
}
