package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00.000Z",
        "2026-01-31T14:00:00.5+02:00, 2026-01-31T12:00:00.500Z",
        "now, 2026-01-31T12:00:00.000Z",
        "now-7d, 2026-01-24T12:00:00.000Z",
    })
    void H13_aTimeSaysItsZone(String text, String meant) {
        assertThat(Times.text(Times.parse(text, NOW))).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-01-31", "2026-01-31T12:00:00", "1780272002", "tomorrow"})
    void H13_anythingElseIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> Times.parse(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write 2026-01-31T12:00:00Z, now or now-7d");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 0.001s",
        "15000, 15s",
        "7200000, 2h",
        "93784005, 1d 2h 3m 4.005s",
    })
    void aLengthLeavesOutWhatIsZero(long millis, String text) {
        assertThat(Times.length(0, millis)).isEqualTo(text);
    }

    @Test
    void theEndsOfTimeCanBeShown() {
        assertThat(Times.text(Long.MIN_VALUE)).isEqualTo("-292275055-05-16T16:47:04.192Z");
        assertThat(Times.text(Long.MAX_VALUE)).isEqualTo("+292278994-08-17T07:12:55.807Z");
        assertThat(Times.length(Long.MIN_VALUE, Long.MAX_VALUE)).startsWith("213503982334d");
    }
}
