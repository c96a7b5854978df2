package io.tsvault.wire.histogram;

import io.tsvault.wire.v1.Histogram;

import java.util.stream.Stream;

/// Doubles; each bucket is a count of its own.
final class FloatCounts implements Counts {
    private final XorField count = new XorField();
    private final XorField zeros = new XorField();
    private XorField[] buckets = {};
    private int above;

    @Override
    public void layOut(Layout layout) {
        above = layout.above();
        int all = above + layout.below();
        buckets = Stream.generate(XorField::new).limit(all).toArray(XorField[]::new);
    }

    @Override
    public void firstTotals(BitReader in) {
        count.first(in);
        zeros.first(in);
    }

    @Override
    public void firstBuckets(BitReader in) {
        for (XorField bucket : buckets) {
            bucket.first(in);
        }
    }

    @Override
    public void laterTotals(BitReader in) {
        count.later(in);
        zeros.later(in);
    }

    @Override
    public void laterBuckets(BitReader in) {
        for (XorField bucket : buckets) {
            bucket.later(in);
        }
    }

    @Override
    public Histogram.Builder addTo(Histogram.Builder histogram) {
        histogram.setCountFloat(Double.longBitsToDouble(count.bits));
        histogram.setZeroCountFloat(Double.longBitsToDouble(zeros.bits));
        for (int i = 0; i < buckets.length; i++) {
            double bucket = Double.longBitsToDouble(buckets[i].bits);
            if (i < above) {
                histogram.addPositiveCounts(bucket);
            } else {
                histogram.addNegativeCounts(bucket);
            }
        }
        return histogram;
    }

    @Override
    public Histogram.Builder nothing(Histogram.Builder histogram) {
        return histogram.setCountFloat(0).setZeroCountFloat(0);
    }
}
