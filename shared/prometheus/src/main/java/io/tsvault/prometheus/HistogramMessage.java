package io.tsvault.prometheus;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.wire.v1.BucketSpan;

import java.util.List;

/// A native histogram as the wire has it, and as the core has it.
final class HistogramMessage {
    private HistogramMessage() {}

    /// @throws IllegalArgumentException when buckets and spans do not fit, or there are too many
    static Histogram read(io.tsvault.wire.v1.Histogram message) {
        boolean isFloat = message.hasCountFloat();
        HistogramLayout layout =
                new HistogramLayout(
                        isFloat ? Flavour.FLOAT : Flavour.INTEGER,
                        message.getSchema(),
                        Double.doubleToRawLongBits(message.getZeroThreshold()),
                        spans(message.getPositiveSpansList()),
                        spans(message.getNegativeSpansList()),
                        message.getCustomValuesList().stream()
                                .map(Double::doubleToRawLongBits)
                                .toList());
        requireBounds(layout);
        return Histogram.of(
                layout, hint(message), totals(message), isFloat ? floats(message) : sums(message));
    }

    /// Prometheus 3.5 has them in chunks, but leaves them out of samples.
    private static void requireBounds(HistogramLayout layout) {
        long reach =
                layout.positive().stream().mapToLong(s -> (long) s.offset() + s.length()).sum();
        if (layout.schema() == HistogramLayout.CUSTOM
                && reach > layout.customBounds().size() + 1L) {
            throw new IllegalArgumentException(
                    "a histogram of custom buckets without their bounds: this server leaves them"
                            + " out of samples");
        }
    }

    private static List<Span> spans(List<BucketSpan> spans) {
        return spans.stream().map(span -> new Span(span.getOffset(), span.getLength())).toList();
    }

    private static ResetHint hint(io.tsvault.wire.v1.Histogram message) {
        return switch (message.getResetHint()) {
            case UNKNOWN, UNRECOGNIZED -> ResetHint.UNKNOWN;
            case YES -> ResetHint.YES;
            case NO -> ResetHint.NO;
            case GAUGE -> ResetHint.GAUGE;
        };
    }

    private static Totals totals(io.tsvault.wire.v1.Histogram message) {
        long sumBits = Double.doubleToRawLongBits(message.getSum());
        return message.hasCountFloat()
                ? new Totals(
                        Double.doubleToRawLongBits(message.getCountFloat()),
                        Double.doubleToRawLongBits(message.getZeroCountFloat()),
                        sumBits)
                : new Totals(message.getCountInt(), message.getZeroCountInt(), sumBits);
    }

    private static long[] floats(io.tsvault.wire.v1.Histogram message) {
        int above = message.getPositiveCountsCount();
        long[] counts = new long[above + message.getNegativeCountsCount()];
        for (int i = 0; i < counts.length; i++) {
            double count =
                    i < above ? message.getPositiveCounts(i) : message.getNegativeCounts(i - above);
            counts[i] = Double.doubleToRawLongBits(count);
        }
        return counts;
    }

    /// The counts of each side are sent as differences.
    private static long[] sums(io.tsvault.wire.v1.Histogram message) {
        int above = message.getPositiveDeltasCount();
        long[] counts = new long[above + message.getNegativeDeltasCount()];
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count = i == above ? 0 : count;
            count +=
                    i < above ? message.getPositiveDeltas(i) : message.getNegativeDeltas(i - above);
            counts[i] = count;
        }
        return counts;
    }

    /// As the wire has it.
    static io.tsvault.wire.v1.Histogram of(long timestampMs, Histogram histogram) {
        HistogramLayout layout = histogram.layout();
        var message =
                io.tsvault.wire.v1.Histogram.newBuilder()
                        .setTimestamp(timestampMs)
                        .setSum(Double.longBitsToDouble(histogram.totals().sumBits()))
                        .setSchema(layout.schema())
                        .setZeroThreshold(Double.longBitsToDouble(layout.zeroThresholdBits()))
                        .setResetHint(wire(histogram.resetHint()));
        layout.positive().forEach(span -> message.addPositiveSpans(span(span)));
        layout.negative().forEach(span -> message.addNegativeSpans(span(span)));
        layout.customBounds()
                .forEach(bits -> message.addCustomValues(Double.longBitsToDouble(bits)));
        if (layout.flavour() == Flavour.INTEGER) {
            integers(message, histogram);
        } else {
            doubles(message, histogram);
        }
        return message.build();
    }

    private static io.tsvault.wire.v1.Histogram.ResetHint wire(ResetHint hint) {
        return io.tsvault.wire.v1.Histogram.ResetHint.forNumber(
                switch (hint) {
                    case UNKNOWN -> 0;
                    case YES -> 1;
                    case NO -> 2;
                    case GAUGE -> 3;
                });
    }

    private static BucketSpan span(Span span) {
        return BucketSpan.newBuilder().setOffset(span.offset()).setLength(span.length()).build();
    }

    /// Counts of each side travel as differences to the bucket before.
    private static void integers(
            io.tsvault.wire.v1.Histogram.Builder message, Histogram histogram) {
        message.setCountInt(histogram.totals().count());
        message.setZeroCountInt(histogram.totals().zeroCount());
        int positive = histogram.layout().positiveBuckets();
        for (int i = 0; i < histogram.buckets(); i++) {
            boolean begins = i == 0 || i == positive;
            long delta = histogram.bucket(i) - (begins ? 0 : histogram.bucket(i - 1));
            if (i < positive) {
                message.addPositiveDeltas(delta);
            } else {
                message.addNegativeDeltas(delta);
            }
        }
    }

    private static void doubles(io.tsvault.wire.v1.Histogram.Builder message, Histogram histogram) {
        message.setCountFloat(Double.longBitsToDouble(histogram.totals().count()));
        message.setZeroCountFloat(Double.longBitsToDouble(histogram.totals().zeroCount()));
        int positive = histogram.layout().positiveBuckets();
        for (int i = 0; i < histogram.buckets(); i++) {
            double count = Double.longBitsToDouble(histogram.bucket(i));
            if (i < positive) {
                message.addPositiveCounts(count);
            } else {
                message.addNegativeCounts(count);
            }
        }
    }
}
