package io.tsvault.core.series;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tsvault.core.series.Matcher.Op;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class SelectorTest {
    private static final Labels UP = Labels.of("__name__", "up", "job", "node", "env", "a\nb");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "up; true",
                "down; false",
                "{__name__=\"up\"}; true",
                "{\"up\"}; true",
                "up{job=\"node\"}; true",
                "up { job = 'node' , }; true",
                "up{job=`node`}; true",
                "up{job!=\"node\"}; false",
                "up{job=~\"no|node\"}; true",
                "up{job=~\"od\"}; false",
                "up{job!~\"n.*\"}; false",
                "up{env=~\"a.b\"}; true",
                "up{env=\"a\\nb\"}; true",
                "up{absent=\"\"}; true",
                "up{absent!=\"\"}; false",
                "up{absent=~\".*\"}; true",
                "up{\"quoted.name\"=\"\"}; true",
                "job:up:rate; false",
            })
    void aSelectorMeansWhatPromQlMeans(String selector, boolean expected) {
        assertEquals(expected, Selector.parse(selector).matches(UP));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{}; position 2: a selector needs a metric name or a matcher",
                "up{; position 3: no label name",
                "up{job}; position 6: no =, !=, =~ or !~ behind 'job'",
                "up{job=node}; position 7: a quoted string is missing",
                "up{job=\"node}; position 7: a string without an end",
                "up{job=\"a\"; position 10: '}' is missing",
                "up{job=\"a\"} 5; position 12: unexpected '5'",
                "up{job=\"\\x\"}; position 10: unknown escape \\x",
                "rate(up[5m]); position 4: unexpected '('",
                "up{9=\"a\"}; position 3: no label name",
            })
    void whatIsNoSelectorIsRefusedWithItsPosition(String text, String reason) {
        assertThatThrownBy(() -> Selector.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("selector '" + text + "', " + reason);
    }

    @Test
    void anExpressionThatIsNotRe2IsRefused() {
        assertThatThrownBy(() -> Selector.parse("up{job=~\"(?=a)\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("position 15: not an RE2 expression");
    }

    @Test
    void parenthesesThatCloseNothingAreRefused() {
        assertThatThrownBy(() -> new Matcher(Op.LIKE, "a", "a)|(b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an RE2 expression");
    }

    @Test
    void anAlternativeIsAnchoredAtBothEnds() {
        Selector selector = Selector.parse("{a=~\"b|cd\"}");
        assertTrue(selector.matches(Labels.of("a", "cd")));
        assertFalse(selector.matches(Labels.of("a", "bd")));
        assertFalse(selector.matches(Labels.of("a", "ccd")));
    }

    @Test
    void aNestedRepetitionTakesLinearTime() {
        Labels long30 = Labels.of("a", "a".repeat(5_000) + "!");
        assertFalse(Selector.parse("{a=~\"(a*)*b\"}").matches(long30));
    }

    @Test
    void theTextOfASelectorReadsBackEqual() {
        Selector selector =
                Selector.of(
                        List.of(
                                new Matcher(Op.EQUAL, "__name__", "a.b"),
                                new Matcher(Op.NOT_LIKE, "x y", "\"\\d+\n"),
                                new Matcher(Op.NOT_EQUAL, "z", "")));
        assertEquals(selector, Selector.parse(selector.toString()));
        assertEquals(selector.hashCode(), Selector.parse(selector.toString()).hashCode());
    }

    @Test
    void aHugeSelectorIsRefusedByItsLength() {
        assertThrows(
                IllegalArgumentException.class, () -> Selector.parse("a".repeat(64 * 1024 + 1)));
    }
}
