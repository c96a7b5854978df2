package io.tsvault.wire.histogram;

import io.tsvault.wire.v1.BucketSpan;
import io.tsvault.wire.v1.Histogram;

import java.util.ArrayList;
import java.util.List;

/// What all samples of a chunk have in common.
///
/// @param common a message with nothing but that
/// @param above how many buckets lie above zero
/// @param below how many lie below
record Layout(Histogram common, int above, int below) {
    private static final int CUSTOM_BOUNDS = -53;
    /// 400 times the 160 that clients are told to stay within; bounds what a few bits can ask for.
    private static final int MOST_BUCKETS = 65_536;

    private static final double THOUSANDTHS = 1000;

    /// Every bucket of the first sample takes a bit, so that no more are believed than fit.
    static Layout read(BitReader in) {
        Histogram.Builder common = Histogram.newBuilder().setZeroThreshold(threshold(in));
        long schema = in.signed();
        if (schema != (int) schema) {
            throw in.malformed("schema " + schema);
        }
        common.setSchema((int) schema);
        List<BucketSpan> above = spans(in);
        List<BucketSpan> below = spans(in);
        common.addAllPositiveSpans(above).addAllNegativeSpans(below);
        if (schema == CUSTOM_BOUNDS) {
            for (int left = in.count(1); left > 0; left--) {
                common.addCustomValues(bound(in));
            }
        }
        long buckets = buckets(above) + buckets(below);
        if (buckets > Math.min(in.left(), MOST_BUCKETS)) {
            throw in.malformed(buckets + " buckets in " + in.left() + " bits");
        }
        return new Layout(common.build(), (int) buckets(above), (int) buckets(below));
    }

    private static double threshold(BitReader in) {
        int kind = (int) in.bits(8);
        return switch (kind) {
            case 0 -> 0;
            case 255 -> Double.longBitsToDouble(in.bits(64));
            default -> Math.scalb(1.0, kind - 244);
        };
    }

    private static List<BucketSpan> spans(BitReader in) {
        List<BucketSpan> spans = new ArrayList<>();
        for (int left = in.count(2); left > 0; left--) {
            long length = in.unsigned();
            long offset = in.signed();
            if (length < 0 || length > Integer.MAX_VALUE || offset != (int) offset) {
                throw in.malformed(
                        "a span of " + Long.toUnsignedString(length) + " buckets at " + offset);
            }
            spans.add(
                    BucketSpan.newBuilder()
                            .setLength((int) length)
                            .setOffset((int) offset)
                            .build());
        }
        return spans;
    }

    private static long buckets(List<BucketSpan> spans) {
        return spans.stream().mapToLong(BucketSpan::getLength).sum();
    }

    private static double bound(BitReader in) {
        long thousandths = in.unsigned();
        return thousandths == 0
                ? Double.longBitsToDouble(in.bits(64))
                : (thousandths - 1) / THOUSANDTHS;
    }
}
