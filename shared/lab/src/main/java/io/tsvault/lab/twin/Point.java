package io.tsvault.lab.twin;

import io.tsvault.core.series.Samples;
import io.tsvault.wire.v1.Histogram;

/// What a series holds at one instant, in milliseconds.
sealed interface Point {
    long timestampMs();

    /// Does it mark the end of a series?
    boolean isStale();

    /// A float, by its bits.
    record FloatPoint(long timestampMs, long bits) implements Point {
        @Override
        public boolean isStale() {
            return bits == Samples.STALE_MARKER;
        }

        /// Only for text: a NaN may lose its payload here.
        double value() {
            return Double.longBitsToDouble(bits);
        }
    }

    /// A native histogram, as it travels.
    record HistogramPoint(Histogram histogram) implements Point {
        @Override
        public long timestampMs() {
            return histogram.getTimestamp();
        }

        @Override
        public boolean isStale() {
            return Double.doubleToRawLongBits(histogram.getSum()) == Samples.STALE_MARKER;
        }

        /// Prometheus leaves hints out when it looks for duplicates.
        boolean isSameAs(HistogramPoint that) {
            return histogram.toBuilder()
                    .clearResetHint()
                    .build()
                    .equals(that.histogram.toBuilder().clearResetHint().build());
        }

        /// The marker in a series of histograms.
        static HistogramPoint stale(long timestampMs) {
            return new HistogramPoint(
                    Histogram.newBuilder()
                            .setCountInt(0)
                            .setZeroCountInt(0)
                            .setSum(Double.longBitsToDouble(Samples.STALE_MARKER))
                            .setTimestamp(timestampMs)
                            .build());
        }
    }
}
