package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Metadata;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

class MetadataBlockTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void everyTypeComesBack() {
        List<Metadata> all =
                Arrays.stream(Metadata.Type.values())
                        .map(type -> new Metadata("m_" + type, type, "what it is", "bytes"))
                        .toList();
        assertThat(decode(MetadataBlock.encode(all))).isEqualTo(all);
    }

    @Test
    void nothingComesBackAsNothing() {
        assertThat(MetadataBlock.encode(List.of())).containsExactly(0);
        assertThat(decode(new byte[] {0})).isEmpty();
    }

    /// Numbers that are in files do not change.
    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, 0",
        "COUNTER, 1",
        "GAUGE, 2",
        "HISTOGRAM, 3",
        "GAUGE_HISTOGRAM, 4",
        "SUMMARY, 5",
        "INFO, 6",
        "STATESET, 7"
    })
    void eachTypeHasItsNumber(Metadata.Type type, int number) {
        byte[] block = MetadataBlock.encode(List.of(new Metadata("up", type, "Up?", "ü")));
        assertThat(HEX.formatHex(block))
                .isEqualTo("010" + number + "027570" + "0355703f" + "02c3bc");
    }

    @ParameterizedTest
    @CsvSource({
        "01 08 0161 00 00, metadata of type 8 for 'a'",
        "01 ff 0161 00 00, metadata of type 255 for 'a'",
        "01 00 00 00 00, metadata of type 0 for ''",
        "01 00 0161 00, 1 bytes wanted where only 0 are left",
        "02 00 0161 00 00, 1 bytes wanted where only 0 are left",
        "01 00 0161 00 00 00, 1 bytes behind the end of METADATA",
        "00 00, 1 bytes behind the end of METADATA",
        "818004, '65537 metric families, at most 65536'"
    })
    void whatNoWriterWroteIsDamage(String hex, String why) {
        assertThatThrownBy(() -> decode(HEX.parseHex(hex.replace(" ", ""))))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(why);
    }

    @Test
    void anEntryCountsWithItsTextsInUtf8() {
        assertThat(MetadataBlock.bytes(new Metadata("ab", Metadata.Type.GAUGE, "", "")))
                .isEqualTo(34);
        assertThat(MetadataBlock.bytes(new Metadata("ab", Metadata.Type.GAUGE, "ü", "µm")))
                .isEqualTo(39);
    }

    @Test
    void asMuchAsAWriterTakesIsReadAndNoMore() {
        List<Metadata> all = new ArrayList<>();
        Metadata first = new Metadata("a", Metadata.Type.INFO, "h".repeat(1_000_000), "u");
        all.add(first);
        int left = Limits.METADATA_BYTES - MetadataBlock.bytes(first);
        all.add(new Metadata("b", Metadata.Type.INFO, "h".repeat(left - 33), ""));
        assertThat(all.stream().mapToInt(MetadataBlock::bytes).sum())
                .isEqualTo(Limits.METADATA_BYTES);
        assertThat(decode(MetadataBlock.encode(all))).isEqualTo(all);
        all.set(1, new Metadata("b", Metadata.Type.INFO, "h".repeat(left - 32), ""));
        assertThatThrownBy(() -> decode(MetadataBlock.encode(all)))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("more than 2097152 bytes of metadata");
    }

    private static List<Metadata> decode(byte[] block) {
        return MetadataBlock.decode(new ByteSource(block, 0));
    }
}
