package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class LimitsTest {
    private static final long MINUTE_MS = 60_000;

    @ParameterizedTest
    @CsvSource({"0, 0", "7199999, 0", "7200000, 1", "-1, -1", "-7200000, -1", "-7200001, -2"})
    void aWindowIsTwoHoursOfTime(long timestampMs, long window) {
        assertThat(Limits.window(timestampMs)).isEqualTo(window);
        assertThat(Limits.startMs(window)).isEqualTo(window * 7_200_000);
    }

    @Test
    void theFirstWindowBeginsWithTimeItself() {
        assertThat(Limits.startMs(Limits.window(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void theWindowsOfTheEndsOfTimeAreShort() {
        assertThat(Limits.startMs(Limits.window(Long.MAX_VALUE)))
                .isBetween(Long.MAX_VALUE - Limits.WINDOW_MS, Long.MAX_VALUE);
        assertThat(Limits.startMs(Limits.window(Long.MAX_VALUE) + 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void partsLieOneBehindTheOther() {
        long hourMs = 60 * MINUTE_MS;
        assertThat(Limits.parts(3, 2 * hourMs))
                .containsExactly(new TimeRange(6 * hourMs, 8 * hourMs));
        assertThat(Limits.parts(-1, hourMs))
                .containsExactly(new TimeRange(-2 * hourMs, -hourMs), new TimeRange(-hourMs, 0));
    }

    /// None of them is empty, and none is missing.
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void partsBeyondTheEndsOfTimeAreLeftOut(long timestampMs) {
        List<TimeRange> parts = Limits.parts(Limits.window(timestampMs), MINUTE_MS).toList();
        assertThat(parts).hasSizeBetween(1, 119);
        assertThat(parts).anyMatch(part -> part.contains(timestampMs));
        for (int i = 1; i < parts.size(); i++) {
            assertThat(parts.get(i).startMs()).isEqualTo(parts.get(i - 1).endMs());
        }
    }
}
