package io.tsvault.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class CanonicalLabelsTest {
    private static final Labels UP = Labels.of("job", "node", "__name__", "up");

    @Test
    void theBytesAreLengthsAndStringsInTheOrderOfNames() {
        assertThat(new String(UP.bytes(), ISO_8859_1)).isEqualTo("\b__name__\2up" + "\3job\4node");
        assertThat(Labels.NONE.bytes()).isEmpty();
    }

    @Test
    void labelsReadBackFromTheirBytes() {
        assertThat(Labels.ofSorted(UP.bytes())).isEqualTo(UP).hasSameHashCodeAs(UP);
        assertThat(Labels.ofSorted(new byte[0])).isEqualTo(Labels.NONE);
    }

    @ParameterizedTest
    @CsvSource({"127, 1", "128, 2", "16383, 2", "16384, 3", "2097151, 3", "2097152, 4"})
    void S37_aLengthTakesAsFewBytesAsItCan(int length, int bytes) {
        Labels labels = Labels.of("a", "v".repeat(length), "b", "1");
        assertThat(labels.byteLength()).isEqualTo(2 + bytes + length + 4);
        assertThat(Labels.ofSorted(labels.bytes())).isEqualTo(labels);
        assertThat(labels.valueBytes(0)).hasSize(length);
        assertThat(labels.value(1)).isEqualTo("1");
    }

    @Test
    void nobodyCanChangeTheBytesAfterwards() {
        byte[] bytes = UP.bytes();
        Labels labels = Labels.ofSorted(bytes);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(labels.bytes(), (byte) 0);
        assertThat(labels).isEqualTo(UP);
    }

    @Test
    void aCopyTouchesNoOtherByte() {
        byte[] target = new byte[UP.byteLength() + 2];
        UP.copyTo(target, 1);
        assertThat(Arrays.copyOfRange(target, 1, target.length - 1)).isEqualTo(UP.bytes());
        assertThat(target[0]).isZero();
        assertThat(target[target.length - 1]).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0161 0131 0161 0132, label 'a' twice",
        "0162 0131 0161 0132, label 'a' behind 'b': names must ascend",
        "01ff 0131 0161 0132, names must ascend",
        "00 0131, a label without a name",
        "0161 0131 00 0131, a label without a name",
        "0161 00, label 'a' is empty",
        "0161 0131 0162, label 'b' without a value",
        "0161 0231, a length beyond the end at byte 2",
        "0161 ffffffff0f31, a length beyond the end at byte 2",
        "0161 ffffffff7f31, a length beyond the end at byte 2",
        "0161 8180808010 31, a length beyond the end at byte 2",
        "0161 81, a length without an end at byte 2",
        "0161 8080808080 01, a length without an end at byte 2",
        "0161 8100 31, a length longer than it needs to be at byte 2",
        "8000, a length longer than it needs to be at byte 0",
    })
    void whatIsNoCanonicalFormIsRefused(String hex, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> Labels.ofSorted(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFlippedOrMissingByteIsRefusedOrOtherLabels() {
        byte[] good = Labels.of("a", "1", "bc", "23", "d", "é".repeat(70)).bytes();
        for (int i = 0; i < good.length; i++) {
            holdsWhatItWasGiven(Arrays.copyOf(good, i));
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = good.clone();
                flipped[i] ^= (byte) (1 << bit);
                holdsWhatItWasGiven(flipped);
            }
        }
    }

    private static void holdsWhatItWasGiven(byte[] bytes) {
        Labels labels;
        try {
            labels = Labels.ofSorted(bytes);
        } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageContaining("label");
            return;
        }
        byte[][] flat = flat(labels);
        assertThat(Labels.ofBytes(flat).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyTwoLabelsCompareAsTheirNamesAndValuesInTurn(long seed) {
        Random random = new Random(seed);
        List<Labels> all = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            all.add(someLabels(random));
        }
        for (Labels a : all) {
            for (Labels b : all) {
                int expected = Arrays.compare(flat(a), flat(b), Arrays::compareUnsigned);
                assertThat(Integer.signum(a.compareTo(b)))
                        .as("seed %d: %s and %s", seed, a, b)
                        .isEqualTo(Integer.signum(expected));
                assertThat(a.equals(b)).isEqualTo(expected == 0);
            }
        }
    }

    /// Few letters and lengths on both sides of 128, so that much is equal.
    private static Labels someLabels(Random random) {
        Map<String, String> labels = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            labels.put(someText(random), someText(random));
        }
        return Labels.of(labels);
    }

    private static String someText(Random random) {
        int length = random.nextInt(4) == 0 ? 127 + random.nextInt(3) : 1 + random.nextInt(2);
        return "a".repeat(length - 1) + "aé\0".charAt(random.nextInt(3));
    }

    private static byte[][] flat(Labels labels) {
        byte[][] flat = new byte[2 * labels.size()][];
        for (int i = 0; i < labels.size(); i++) {
            flat[2 * i] = labels.nameBytes(i);
            flat[2 * i + 1] = labels.valueBytes(i);
        }
        return flat;
    }
}
