package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;
import java.util.Random;

class ZeroRunsTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "00, 00",
        "0000, b4",
        "000000, b5",
        "0100, 0100",
        "01000002, 01b402",
        "b300b3, b300b3",
    })
    void aRunOfZerosIsOneByte(String tokens, String shorter) {
        byte[] bytes = HexFormat.of().parseHex(tokens);
        assertThat(HexFormat.of().formatHex(ZeroRuns.shortened(bytes))).isEqualTo(shorter);
        assertThat(expanded(HexFormat.of().parseHex(shorter), bytes.length)).isEqualTo(bytes);
    }

    @Test
    void theLongestRunHas77Zeros() {
        assertThat(ZeroRuns.shortened(new byte[77])).containsExactly(0xff);
        assertThat(ZeroRuns.shortened(new byte[78])).containsExactly(0xff, 0);
        assertThat(ZeroRuns.shortened(new byte[79])).containsExactly(0xff, 0xb4);
    }

    @Test
    void anyTokensComeBack() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            byte[] tokens = new byte[random.nextInt(400)];
            int rarely = 1 + random.nextInt(50);
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = random.nextInt(rarely) == 0 ? (byte) random.nextInt(Token.COUNT) : 0;
            }
            byte[] shorter = ZeroRuns.shortened(tokens);
            assertThat(shorter.length).isLessThanOrEqualTo(tokens.length);
            assertThat(expanded(shorter, tokens.length)).as("round %d", round).isEqualTo(tokens);
        }
    }

    @Test
    void noMoreIsExpandedThanThereMayBe() {
        assertThatThrownBy(() -> expanded(new byte[] {(byte) 0xff, 1}, 77))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("78 tokens, at most 77");
    }

    private static byte[] expanded(byte[] shorter, int limit) {
        return ZeroRuns.expanded(new ByteSource(shorter, 0), limit);
    }
}
