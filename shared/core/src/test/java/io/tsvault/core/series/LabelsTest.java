package io.tsvault.core.series;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class LabelsTest {
    @Test
    void labelsAreSortedByNameWhateverTheOrderTheyCameIn() {
        Labels labels = Labels.of("job", "node", "__name__", "up", "Zone", "a");
        assertEquals("Zone", labels.name(0));
        assertEquals("__name__", labels.name(1));
        assertEquals("node", labels.value(2));
        assertEquals(labels, Labels.of(Map.of("__name__", "up", "Zone", "a", "job", "node")));
        assertEquals(3, labels.size());
    }

    @Test
    void anEmptyNameAnEmptyValueAndANameTwiceAreRefused() {
        assertThatThrownBy(() -> Labels.of("", "a")).hasMessageContaining("without a name");
        assertThatThrownBy(() -> Labels.of("a", "")).hasMessageContaining("'a' is empty");
        assertThatThrownBy(() -> Labels.of("a", "1", "b", "2", "a", "3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a' twice");
        assertThatThrownBy(() -> Labels.of("a")).hasMessageContaining("name without a value");
    }

    @Test
    void S37_bytesThatAreNotUtf8AreKept() {
        byte[] name = "bad\u00ff".getBytes(ISO_8859_1);
        byte[] value = {(byte) 0xc3, 0x28};
        Labels labels = Labels.ofBytes(name, value);
        name[0] = 'x';
        labels.valueBytes(0)[0] = 0;
        assertArrayEquals("bad\u00ff".getBytes(ISO_8859_1), labels.nameBytes(0));
        assertArrayEquals(new byte[] {(byte) 0xc3, 0x28}, labels.valueBytes(0));
        assertNotEquals(labels, Labels.ofBytes("bad\u00fe".getBytes(ISO_8859_1), value));
    }

    @Test
    void theOrderIsThatOfUnsignedBytesNotOfUtf16() {
        // U+10000 is F0.. in UTF-8 but a surrogate D800 in UTF-16, below U+FFFF.
        List<Labels> sorted =
                List.of(
                        Labels.NONE,
                        Labels.of("a", "1"),
                        Labels.of("a", "1", "b", "0"),
                        Labels.of("a", "10"),
                        Labels.of("a", "\uffff"),
                        Labels.of("a", "\ud800\udc00"),
                        Labels.of("aa", "0"));
        List<Labels> shuffled = new ArrayList<>(sorted);
        Collections.reverse(shuffled);
        Collections.sort(shuffled);
        assertEquals(sorted, shuffled);
    }

    @Test
    void theTextIsPromQl() {
        assertEquals("up", Labels.of("__name__", "up").toString());
        assertEquals(
                "up{job=\"a\\\"\\\\\\n\"}",
                Labels.of("job", "a\"\\\n", "__name__", "up").toString());
        assertEquals(
                "{__name__=\"http.requests\", \"host.name\"=\"x\"}",
                Labels.of("__name__", "http.requests", "host.name", "x").toString());
        assertEquals("{}", Labels.NONE.toString());
    }

    @Test
    void aSeriesReadsBackFromItsOwnText() {
        Labels labels = Labels.of("__name__", "a b", "le", "+Inf", "host.name", "q\"\t\r\\");
        Selector selector = Selector.parse(labels.toString());
        assertTrue(selector.matches(labels));
        assertEquals(labels.size(), selector.matchers().size());
    }

    @Test
    void aMissingLabelIsEmpty() {
        assertEquals(Optional.empty(), Labels.of("a", "1").get("b"));
        assertEquals(Optional.of("1"), Labels.of("a", "1").get("a"));
        assertEquals(Optional.empty(), Labels.of("a", "1").get("1"));
    }

    @Test
    void aLabelThatIsNotThereCannotBeAskedFor() {
        Labels two = Labels.of("a", "1", "b", "2");
        for (int i : new int[] {2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> two.name(i))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("label " + i + " of 2");
            assertThatThrownBy(() -> two.valueBytes(i))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
