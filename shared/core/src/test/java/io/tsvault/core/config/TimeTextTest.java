package io.tsvault.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "-7d, PT-168H, -7d",
        "90m, PT1H30M, 1h30m",
        "-0s, PT0S, 0s",
        "-1500ms, PT-1.5S, -1s500ms"
    })
    void aMinusStandsInFront(String text, Duration time, String shortest) {
        assertThat(TimeText.parseSigned(text)).isEqualTo(time);
        assertThat(TimeText.of(time)).isEqualTo(shortest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "--1d", "+1d", "1d-1h", "1", "d", "1.5h", "1 d"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> TimeText.parseSigned(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no length of time");
    }

    @Test
    void manyLengthsAreTooMany() {
        assertThatThrownBy(() -> TimeText.parse("999999999999w".repeat(20)))
                .hasMessageContaining("no length of time");
    }
}
