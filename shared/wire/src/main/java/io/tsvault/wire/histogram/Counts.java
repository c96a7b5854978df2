package io.tsvault.wire.histogram;

import io.tsvault.wire.v1.Histogram;

/// The counts of a sample, integers or doubles.
sealed interface Counts permits IntegerCounts, FloatCounts {
    /// Makes room for the buckets.
    void layOut(Layout layout);

    void firstTotals(BitReader in);

    void firstBuckets(BitReader in);

    void laterTotals(BitReader in);

    void laterBuckets(BitReader in);

    Histogram.Builder addTo(Histogram.Builder histogram);

    /// Says of which kind the counts would be.
    Histogram.Builder nothing(Histogram.Builder histogram);
}
