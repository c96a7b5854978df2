package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

/// The expected hashes come from the reference implementation.
class XxHashTest {
    @ParameterizedTest
    @CsvSource({
        "0, ef46db3751d8e999",
        "1, a96c7f0ce858bbb7",
        "2, c22c6a70ad56bba6",
        "3, bed43740ee6332bb",
        "4, fa212ae44b3bb23d",
        "5, d339dcc9ac8e6776",
        "7, 2744460dd675d2c0",
        "8, 994b676b71ce94dd",
        "9, 572b84c18b983af8",
        "11, 97f078da7a1a590c",
        "12, b92f588ce720786e",
        "13, dadc8a6255b4829b",
        "15, 09e6451ed2ff8b1d",
        "16, 94ad0095e72b24d5",
        "24, 0a3b0194f3afe0b8",
        "31, 6711d55e306b5d8f",
        "32, 07f7b8e3bc5d6e25",
        "33, 09f85eeb4e1cbe9f",
        "36, e7ac625222f2b655",
        "39, b13c137a0fb701c3",
        "40, d25150177ba46490",
        "47, 79bd9d6dd8c15570",
        "55, 8f8dc5b07f6d48ed",
        "63, b7c9968c066cb6a5",
        "64, 50d4159a0411632e",
        "65, d277176bff863efc",
        "95, 928c35b989d3c594",
        "100, 9ddada11d3dc2d8f",
        "128, 0430e433b792e757",
        "1000, 0bf0bdbcc82eb373"
    })
    void bytesOfAnyLengthHashAsTheReferenceSays(int length, String hex) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((131 * i) + 7);
        }
        assertThat(XxHash.of(bytes)).isEqualTo(Long.parseUnsignedLong(hex, 16));
    }

    @Test
    void wordsOfTextHashAsTheReferenceSays() {
        assertThat(XxHash.of("a".getBytes(US_ASCII))).isEqualTo(0xd24ec4f1a98c6e5bL);
        assertThat(XxHash.of("abc".getBytes(US_ASCII))).isEqualTo(0x44bc2cf5ad770999L);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ef46db3751d8e999",
        "1, b4ad8a2a3728b057",
        "2, d4dffccbd29515c4",
        "3, 4f21ee930608f3c0",
        "4, cc8de5acbc49385e",
        "5, 94b72a56aaf0d5bb",
        "6, 22a303cb3d4104cf",
        "7, 7a4ea291bd520b76",
        "8, b5ad704c74f6ff7c",
        "9, 67ffcd22ccb30187",
        "12, 47d5fe51afb52190",
        "100, 3994453ba430f6d1"
    })
    void numbersHashAsTheirLittleEndianBytes(int length, String hex) {
        long[] words = new long[length];
        Arrays.setAll(words, i -> (i + 1) * 0x9e3779b97f4a7c15L);
        long expected = Long.parseUnsignedLong(hex, 16);
        assertThat(XxHash.of(words, 0, length)).isEqualTo(expected);

        long[] wider = new long[length + 5];
        System.arraycopy(words, 0, wider, 3, length);
        assertThat(XxHash.of(wider, 3, length)).isEqualTo(expected);
    }
}
