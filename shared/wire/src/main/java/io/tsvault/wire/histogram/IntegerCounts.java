package io.tsvault.wire.histogram;

import io.tsvault.wire.v1.Histogram;

import java.util.Arrays;

/// Integers; a bucket is the difference to the one before it.
final class IntegerCounts implements Counts {
    private final DodField count = new DodField();
    private final DodField zeros = new DodField();
    private long[] buckets = {};
    private long[] steps = {};
    private int above;

    @Override
    public void layOut(Layout layout) {
        above = layout.above();
        buckets = new long[above + layout.below()];
        steps = new long[buckets.length];
    }

    @Override
    public void firstTotals(BitReader in) {
        count.value = in.unsigned();
        zeros.value = in.unsigned();
    }

    @Override
    public void firstBuckets(BitReader in) {
        Arrays.setAll(buckets, _ -> in.signed());
    }

    @Override
    public void laterTotals(BitReader in) {
        count.later(in);
        zeros.later(in);
    }

    @Override
    public void laterBuckets(BitReader in) {
        for (int i = 0; i < buckets.length; i++) {
            steps[i] += in.signed();
            buckets[i] += steps[i];
        }
    }

    @Override
    public Histogram.Builder addTo(Histogram.Builder histogram) {
        histogram.setCountInt(count.value).setZeroCountInt(zeros.value);
        for (int i = 0; i < buckets.length; i++) {
            if (i < above) {
                histogram.addPositiveDeltas(buckets[i]);
            } else {
                histogram.addNegativeDeltas(buckets[i]);
            }
        }
        return histogram;
    }

    @Override
    public Histogram.Builder nothing(Histogram.Builder histogram) {
        return histogram.setCountInt(0).setZeroCountInt(0);
    }
}
