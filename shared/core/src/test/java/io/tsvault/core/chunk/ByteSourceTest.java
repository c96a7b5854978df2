package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

class ByteSourceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffffffffffffff02",
                "ffffffffffffffffff7f",
                "80808080808080808080",
                "8080808080808080808001"
            })
    void aVarintOfMoreThan64BitsIsDamage(String hex) {
        assertThatThrownBy(() -> source(hex).varint())
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("a varint of more than 64 bits");
    }

    @ParameterizedTest
    @CsvSource({"8000, 0", "ff00, 127", "80808080808080808000, 0"})
    void aVarintMayBeLongerThanItNeedsToBe(String hex, long value) {
        ByteSource source = source(hex);
        assertThat(source.varint()).isEqualTo(value);
        source.requireEnd("a varint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "ffff", "ffffffffffffffffff"})
    void aCutVarintIsDamage(String hex) {
        assertThatThrownBy(() -> source(hex).varint())
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("1 bytes wanted where only 0 are left");
    }

    @Test
    void nothingIsReadBehindTheEnd() {
        List<Consumer<ByteSource>> reads =
                List.of(
                        ByteSource::u8,
                        ByteSource::u16,
                        ByteSource::u32,
                        ByteSource::u64,
                        source -> source.bytes(9),
                        source -> source.skip(9),
                        source -> source.slice(9),
                        source -> source.bytes(-1),
                        source -> source.skip(Integer.MIN_VALUE),
                        source -> source.slice(Integer.MAX_VALUE));
        int[] sizes = {1, 2, 4, 8, 9, 9, 9, 9, 9, 9};
        for (int i = 0; i < sizes.length; i++) {
            Consumer<ByteSource> read = reads.get(i);
            // A slice, so that the array goes on behind the end.
            ByteSource source = new ByteSource(new byte[64], 0).slice(sizes[i] - 1);
            assertThatThrownBy(() -> read.accept(source))
                    .as("read %d", i)
                    .isInstanceOf(DamagedChunk.class)
                    .hasMessageContaining("are left");
        }
    }

    @Test
    void theLastByteCanBeRead() {
        assertThat(source("0102030405060708").u64()).isEqualTo(0x0807060504030201L);
        assertThat(source("01020304").u32()).isEqualTo(0x04030201);
        assertThat(source("0102").bytes(2)).containsExactly(1, 2);
        ByteSource source = source("0102");
        source.skip(2);
        source.requireEnd("two bytes");
        assertThat(source.bytes(0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"00, 0", "07, 7", "ac02, 300"})
    void aCountMayReachItsLimit(String hex, int count) {
        assertThat(source(hex).count("things", count)).isEqualTo(count);
        assertThat(source(hex).count("things", Integer.MAX_VALUE)).isEqualTo(count);
        assertThatThrownBy(() -> source(hex).count("things", count - 1))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(count + " things, at most " + (count - 1));
    }

    @Test
    void aCountBeyondEveryIntIsDamage() {
        assertThatThrownBy(() -> source("ffffffffffffffffff01").count("things", 5))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("18446744073709551615 things, at most 5");
        assertThatThrownBy(() -> source("8080808010").count("things", Integer.MAX_VALUE))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("4294967296 things");
    }

    @Test
    void damageNamesItsPlaceInTheFile() {
        ByteSource whole = new ByteSource(new byte[10], 1000);
        whole.skip(3);
        ByteSource part = whole.slice(4);
        part.u16();
        assertThat(part.offset()).isEqualTo(1005);
        assertThat(part.position()).isEqualTo(5);
        assertThat(part.remaining()).isEqualTo(2);
        assertThat(part.array()).isSameAs(whole.array());
        assertThat(whole.offset()).isEqualTo(1007);
        DamagedChunk damaged = part.damaged("something");
        assertThat(damaged).hasMessage("damaged chunk at byte 1005: something");
        assertThat(damaged.offset()).isEqualTo(1005);
        assertThatThrownBy(() -> part.requireEnd("a part"))
                .isInstanceOf(DamagedChunk.class)
                .hasMessage("damaged chunk at byte 1005: 2 bytes behind the end of a part");
        part.skip(2);
        part.requireEnd("a part");
    }

    @Test
    void aByteCanBeLookedAtBeforeItIsRead() {
        ByteSource source = new ByteSource(new byte[] {(byte) 0xfe, 7}, 0).slice(1);
        assertThat(source.peek()).isEqualTo(0xfe);
        assertThat(source.u8()).isEqualTo(0xfe);
        assertThatThrownBy(source::peek)
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("1 bytes wanted where only 0 are left");
    }

    @Test
    void aPartOfTheFileLiesWhereItsOffsetSays() {
        ByteSource file = new ByteSource(new byte[] {1, 2, 3, 4, 5}, 1000);
        ByteSource part = file.at(new RowGroup.Extent(1002, 2));
        assertThat(part.offset()).isEqualTo(1002);
        assertThat(part.end()).isEqualTo(1004);
        assertThat(part.bytes(2)).containsExactly(3, 4);
        part.requireEnd("a part");
        assertThat(file.end()).isEqualTo(1005);
    }

    @ParameterizedTest
    @CsvSource({"999, 2", "1004, 2", "1002, -1", "1005, 2147483647", "9223372036854775807, 1"})
    void aPartOfTheFileThatWasNotReadIsDamage(long offset, int length) {
        ByteSource file = new ByteSource(new byte[5], 1000);
        assertThatThrownBy(() -> file.at(new RowGroup.Extent(offset, length)))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("is not in what was read");
    }

    /// It may be longer than the file.
    @Test
    void whatWasDecompressedLiesWhereItIsCompressed() {
        ByteSource plain = ByteSource.decompressed(new byte[100], 7);
        plain.skip(50);
        ByteSource part = plain.slice(20);
        part.skip(10);
        assertThat(plain.offset()).isEqualTo(7);
        assertThat(part.offset()).isEqualTo(7);
        assertThat(part.position()).isEqualTo(60);
    }

    @Test
    void aChecksumCoversWhatWasRead() {
        ByteSource source = source("0001020304050607");
        source.skip(2);
        int from = source.position();
        source.skip(3);
        CRC32C crc = new CRC32C();
        crc.update(new byte[] {2, 3, 4});
        assertThat(source.crcSince(from)).isEqualTo((int) crc.getValue());
    }

    @Test
    void bytesAreACopy() {
        ByteSource source = source("0102");
        source.bytes(2)[0] = 9;
        assertThat(source.array()[0]).isEqualTo((byte) 1);
    }

    private static ByteSource source(String hex) {
        return new ByteSource(HexFormat.of().parseHex(hex), 0);
    }
}
