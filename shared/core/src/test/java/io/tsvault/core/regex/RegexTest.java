package io.tsvault.core.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;

class RegexTest {
    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Test
    void aWholeTextHasToMatch() {
        assertThat(new Regex("a|ab").matches("ab".getBytes(UTF_8))).isTrue();
        assertThat(new Regex("a").matches("ab".getBytes(UTF_8))).isFalse();
        assertThat(new Regex("a").match("ba".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void aDotIsAnyCharacterAndAnyByteThatIsNone() {
        assertThat(new Regex(".").matches(new byte[] {'\n'})).isTrue();
        assertThat(new Regex(".").matches("\ud83d\ude00".getBytes(UTF_8))).isTrue();
        assertThat(new Regex(".").matches(hex("ff"))).isTrue();
        assertThat(new Regex("..").matches(hex("e282"))).isTrue();
        assertThat(new Regex("\\x{fffd}a").matches(hex("c361"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"61c3", "c361", "8061ff", "e282", "78f09f62", "f09f988061ff", "c3a4ff"})
    void bytesThatAreNotUtf8ComeBackAsTheyWere(String digits) {
        Regex.Match match = new Regex("(.)(.*)").match(hex(digits)).orElseThrow();
        String first = HexFormat.of().formatHex(match.group(1));
        String rest = HexFormat.of().formatHex(match.group(2));
        assertThat(first).isNotEmpty();
        assertThat(first + rest).isEqualTo(digits);
        assertThat(match.group(0)).isEqualTo(hex(digits));
    }

    @ParameterizedTest
    @CsvSource({"1, b", "2, ''", "3, ''", "0, b", "2147483647, ''"})
    void aGroupThatTookNoPartIsEmpty(int group, String text) {
        Regex.Match match = new Regex("(?P<x>b)|(c)").match("b".getBytes(UTF_8)).orElseThrow();
        assertThat(match.group(group)).asString(UTF_8).isEqualTo(text);
        assertThat(match.group("x")).asString(UTF_8).isEqualTo("b");
        assertThat(match.group("y")).isEmpty();
    }

    @Test
    void whatIsNoExpressionIsRefused() {
        assertThatThrownBy(() -> new Regex("a("))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an RE2 expression: 'a('");
        assertThatThrownBy(() -> new Regex("(a)\\1"))
                .hasMessageContaining("not an RE2 expression: '(a)\\1'");
    }
}
