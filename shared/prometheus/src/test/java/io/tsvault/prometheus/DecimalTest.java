package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class DecimalTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000",
        "1.5, 1500",
        "1.05, 1050",
        "1.005, 1005",
        "1700006400.123, 1700006400123",
        "1.700006400123e9, 1700006400123",
        "1.5000, 1500",
        "-1.005, -1005",
        "-0.001, -1",
        "9223372036854775.807, 9223372036854775807",
    })
    void secondsAreMillisecondsExactly(String seconds, long ms) {
        assertThat(millis(seconds)).isEqualTo(ms);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0001", "1e99", "9223372036854775.808", "1.2.3", "x"})
    void otherTimesAreRefused(String seconds) {
        assertThatThrownBy(() -> millis(seconds))
                .isInstanceOfAny(ArithmeticException.class, NumberFormatException.class);
    }

    @Test
    void everyMillisecondComesBack() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            long ms = random.nextLong() >> random.nextInt(10, 60);
            assertThat(millis(Decimal.seconds(ms))).as("seed 5, " + ms).isEqualTo(ms);
        }
    }

    @Test
    void S24_everyDoubleComesBackFromItsShortestText() {
        Random random = new Random(6);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(bits(Double.toString(value)))
                        .as("seed 6, " + value)
                        .isEqualTo(Double.doubleToRawLongBits(value));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nan", "1f", "0x1p3", " 1", "1 ", "Inf1", "--1", "1e", "null"})
    void otherValuesAreRefused(String value) {
        assertThatThrownBy(() -> bits(value)).isInstanceOf(NumberFormatException.class);
    }

    private static long millis(String text) {
        return Decimal.millis(text.toCharArray(), 0, text.length());
    }

    private static long bits(String text) {
        return Decimal.bits(text.toCharArray(), 0, text.length());
    }
}
