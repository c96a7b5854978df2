package io.tsvault.core.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class TimeRangeTest {
    @Test
    void aRangeIsHalfOpen() {
        TimeRange range = TimeRange.of(Instant.ofEpochSecond(1), Instant.ofEpochSecond(3));
        assertTrue(range.contains(1000));
        assertFalse(range.contains(3000));
        assertEquals(Duration.ofSeconds(2), range.length());
    }

    @Test
    void H13_anEmptyOrReversedRangeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TimeRange(2, 2));
        assertThrows(IllegalArgumentException.class, () -> new TimeRange(2, 1));
    }

    @Test
    void rangesThatTouchDoNotMeet() {
        TimeRange range = new TimeRange(2, 4);
        assertTrue(range.meets(new TimeRange(3, 9)));
        assertTrue(new TimeRange(3, 9).meets(range));
        assertFalse(range.meets(new TimeRange(4, 5)));
        assertFalse(range.meets(new TimeRange(1, 2)));
        assertEquals(new TimeRange(2, 9), range.span(new TimeRange(7, 9)));
        assertEquals(new TimeRange(0, 4), range.span(new TimeRange(0, 3)));
    }
}
