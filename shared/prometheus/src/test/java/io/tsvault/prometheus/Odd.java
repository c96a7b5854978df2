package io.tsvault.prometheus;

import io.tsvault.core.series.Samples;

/// Values that are easily lost.
final class Odd {
    private static final long[] BITS = {
        Samples.STALE_MARKER,
        0x7ff8000000000001L,
        0x7ff0000000000001L,
        0x7ff0000000000003L,
        0xfff8000000000000L,
        0xffffffffffffffffL,
        Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        Double.doubleToRawLongBits(-0.0),
        Double.doubleToRawLongBits(0.0),
        Double.doubleToRawLongBits(Double.MIN_VALUE),
        Double.doubleToRawLongBits(Double.MAX_VALUE),
        0x000fffffffffffffL,
        Double.doubleToRawLongBits(0.1),
    };

    private Odd() {}

    /// Each of them, a second and a millisecond apart.
    static Samples samples(long startMs) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < BITS.length; i++) {
            samples.addBits(startMs + i * 1_001L, BITS[i]);
        }
        return samples.build();
    }
}
