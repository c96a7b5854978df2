package io.tsvault.core.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final long[] BITS = {
        Samples.STALE_MARKER,
        0x7ff8000000000001L,
        0xfff8000000000001L,
        Double.doubleToRawLongBits(-0.0),
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        1L,
        Double.doubleToRawLongBits(0.1 + 0.2)
    };

    @Test
    void S24_everyBitOfAValueIsKept() {
        Samples.Builder builder = Samples.builder();
        for (int i = 0; i < BITS.length; i++) {
            builder.addBits(i, BITS[i]);
        }
        Samples samples = builder.build();
        for (int i = 0; i < BITS.length; i++) {
            assertEquals(BITS[i], samples.valueBits(i));
        }
        assertEquals(samples, Samples.of(new long[] {0, 1, 2, 3, 4, 5, 6}, BITS));
    }

    @Test
    void minusZeroAndZeroAreNotTheSame() {
        assertNotEquals(
                Samples.builder().add(1, 0.0).build(), Samples.builder().add(1, -0.0).build());
    }

    @Test
    void S26_samplesThatDoNotAscendAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Samples.of(new long[] {1, 1}, new long[] {0, 0}));
        Samples.Builder builder = Samples.builder().add(5, 1.0);
        assertThrows(IllegalArgumentException.class, () -> builder.add(4, 1.0));
        assertThrows(
                IllegalArgumentException.class, () -> Samples.of(new long[] {1}, new long[] {}));
    }

    @Test
    void timestampsMayBeAnyLong() {
        Samples samples =
                Samples.of(new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}, new long[] {1, 2, 3});
        assertEquals(Long.MIN_VALUE, samples.timestampMs(0));
        assertEquals(3, samples.within(TimeRange.ALL).size());
        assertEquals(2, samples.within(new TimeRange(0, Long.MAX_VALUE)).size());
    }

    @Test
    void S27_aRangeHoldsItsStartAndNotItsEnd() {
        Samples samples = Samples.of(new long[] {10, 20, 30}, new long[] {1, 2, 3});
        assertEquals(
                Samples.of(new long[] {10, 20}, new long[] {1, 2}),
                samples.within(new TimeRange(10, 30)));
        assertEquals(Samples.NONE, samples.within(new TimeRange(11, 20)));
        assertSame(samples, samples.within(new TimeRange(0, 31)));
    }

    @Test
    void whatWasBuiltStaysWhenTheBuilderGoesOn() {
        Samples.Builder builder = Samples.builder();
        for (int i = 0; i < 40; i++) {
            builder.add(i, i);
        }
        Samples forty = builder.build();
        builder.add(40, 40.0);
        assertEquals(40, forty.size());
        assertEquals(41, builder.size());
        assertEquals(39.0, forty.value(39));
    }
}
