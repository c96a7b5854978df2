package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

class SampleValueTest {
    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "1.0, 1",
        "0.1, 0.1",
        "1780272002.104, 1780272002.104",
        "123456789012345680, 123456789012345680",
        "9.99e20, 999000000000000000000",
        "1e21, 1E21",
        "0.000001, 0.000001",
        "1.5e-7, 1.5E-7",
        "4.9e-324, 4.9E-324",
        "-1.7976931348623157e308, -1.7976931348623157E308",
        "Infinity, +Inf",
        "-Infinity, -Inf",
    })
    void numbersAreShort(double value, String text) {
        assertThat(SampleValue.text(Double.doubleToRawLongBits(value))).isEqualTo(text);
    }

    @Test
    void everyNanIsToldFromTheOthers() {
        assertThat(SampleValue.text(0x7ff8000000000001L)).isEqualTo("NaN");
        assertThat(SampleValue.text(Samples.STALE_MARKER)).isEqualTo("stale");
        assertThat(SampleValue.text(0x7ff8000000000000L)).isEqualTo("NaN(0x7ff8000000000000)");
        assertThat(SampleValue.text(0xfff0000000000001L)).isEqualTo("NaN(0xfff0000000000001)");
    }

    @Test
    void whatIsReadBackHasTheSameBits() {
        long seed = 20260131;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            long bits = random.nextLong();
            if (Double.isFinite(Double.longBitsToDouble(bits))) {
                String text = SampleValue.text(bits);
                assertThat(Double.doubleToRawLongBits(Double.parseDouble(text)))
                        .as("seed %d, %s", seed, text)
                        .isEqualTo(bits);
            }
        }
    }
}
