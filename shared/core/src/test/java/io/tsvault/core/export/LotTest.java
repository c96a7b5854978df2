package io.tsvault.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// What is drawn by lot, and what has to be met by it nevertheless.
class LotTest {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private static TimeRange slice(long number, long widthMs) {
        return new TimeRange(number * widthMs, (number + 1) * widthMs);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 15, 60, 120, 1440})
    void S18_aboutOneSliceInTwelveIsCounted(int minutes) {
        long widthMs = minutes * MINUTE;
        long counted =
                LongStream.range(0, 12_000)
                        .filter(i -> Completeness.isOneOfMany("prod", slice(i, widthMs)))
                        .count();

        assertThat(counted).isBetween(900L, 1100L);
    }

    @Test
    void S18_everyTimeOfTheDayIsCountedWithinAQuarter() {
        long widthMs = 120 * MINUTE;
        for (int hour = 0; hour < 12; hour++) {
            long first = hour;
            assertThat(LongStream.range(0, 90).map(day -> 12 * day + first))
                    .as("slice %d of the day", hour)
                    .anyMatch(i -> Completeness.isOneOfMany("prod", slice(i, widthMs)));
        }
    }

    @Test
    void S18_whichSliceIsCountedIsTheSameForAllButNotInAllStreams() {
        IntStream slices = IntStream.range(0, 1000);
        assertThat(slices.filter(i -> isCounted("a", i) != isCounted("b", i)).count())
                .isBetween(100L, 250L);
        assertThat(IntStream.range(0, 20).filter(i -> isCounted("prod", i))).containsExactly(8);
    }

    private static boolean isCounted(String stream, int slice) {
        return Completeness.isOneOfMany(stream, slice(slice, 120 * MINUTE));
    }

    /// Whatever a run adds to the log: one record, or two.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 4})
    void runsOfOneSliceTakeTheNewestOnceInFour(long records) {
        long newestFirst =
                LongStream.range(0, 1000)
                        .filter(
                                run ->
                                        Due.turn("prod", records * run, (77 + run) * 15 * MINUTE)
                                                == 3)
                        .count();

        assertThat(newestFirst).isBetween(200L, 300L);
    }
}
