package io.tsvault.prometheus;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.wire.v1.BucketSpan;
import io.tsvault.wire.v1.Histogram.ResetHint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// Writes the message of remote write 1.0. Samples, which are nearly all of it, are written by
/// hand: an object for each, as the generated classes need, takes several times as long (see the
/// benchmarks). Histograms are rare and written by the generated classes.
///
/// ```text
/// WriteRequest = { 1 TimeSeries }     TimeSeries = { 1 Label } { 2 Sample } { 4 Histogram }
/// Label = 1 name 2 value              Sample = 1 double 2 ms
/// ```
final class WriteMessage {
    private static final VarHandle LITTLE_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte FIRST_BYTES = (1 << 3) | 2;
    private static final byte SECOND_BYTES = (2 << 3) | 2;
    private static final byte FOURTH_BYTES = (4 << 3) | 2;
    private static final byte FIRST_DOUBLE = (1 << 3) | 1;
    private static final byte SECOND_VARINT = 2 << 3;
    private static final int MOST_SAMPLE_BYTES = 2 + 9 + 11;

    private byte[] bytes = new byte[1 << 16];
    private int at;

    private WriteMessage() {}

    static byte[] of(List<Series> batch) {
        WriteMessage message = new WriteMessage();
        batch.forEach(message::add);
        return Arrays.copyOf(message.bytes, message.at);
    }

    private void add(Series series) {
        Labels labels = series.labels();
        Samples samples = series.samples();
        reserve(16 + (3L * labels.byteLength()) + ((long) MOST_SAMPLE_BYTES * samples.size()));
        bytes[at++] = FIRST_BYTES;
        int length = at;
        at += 5; // a length of five bytes, known when the rest is written
        int start = at;
        labels(labels);
        samples(samples);
        histograms(series.histograms());
        putLength(length, at - start);
    }

    private void reserve(long more) {
        long needed = at + more;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, 2L * bytes.length)));
        }
    }

    /// Five bytes whatever the length: no reader minds.
    private void putLength(int position, int length) {
        for (int i = 0; i < 4; i++) {
            bytes[position + i] = (byte) (((length >>> (7 * i)) & 0x7f) | 0x80);
        }
        bytes[position + 4] = (byte) (length >>> 28);
    }

    private void labels(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            byte[] name = labels.nameBytes(i);
            byte[] value = labels.valueBytes(i);
            reserve(32L + name.length + value.length);
            bytes[at++] = FIRST_BYTES;
            varint(
                    2L
                            + varintLength(name.length)
                            + name.length
                            + varintLength(value.length)
                            + value.length);
            block(FIRST_BYTES, name);
            block(SECOND_BYTES, value);
        }
    }

    private void block(byte tag, byte[] content) {
        bytes[at++] = tag;
        varint(content.length);
        System.arraycopy(content, 0, bytes, at, content.length);
        at += content.length;
    }

    private void samples(Samples samples) {
        reserve((long) MOST_SAMPLE_BYTES * samples.size());
        for (int i = 0; i < samples.size(); i++) {
            long timestampMs = samples.timestampMs(i);
            bytes[at] = SECOND_BYTES;
            bytes[at + 1] = (byte) (1 + Double.BYTES + 1 + varintLength(timestampMs));
            bytes[at + 2] = FIRST_DOUBLE;
            LITTLE_LONG.set(bytes, at + 3, samples.valueBits(i));
            bytes[at + 11] = SECOND_VARINT;
            at += 12;
            varint(timestampMs);
        }
    }

    private void histograms(Histograms histograms) {
        for (int i = 0; i < histograms.size(); i++) {
            byte[] content =
                    message(histograms.timestampMs(i), histograms.histogram(i)).toByteArray();
            reserve(16L + content.length);
            block(FOURTH_BYTES, content);
        }
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }

    private static int varintLength(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    private static io.tsvault.wire.v1.Histogram message(long timestampMs, Histogram histogram) {
        HistogramLayout layout = histogram.layout();
        var message =
                io.tsvault.wire.v1.Histogram.newBuilder()
                        .setTimestamp(timestampMs)
                        .setSum(Double.longBitsToDouble(histogram.totals().sumBits()))
                        .setSchema(layout.schema())
                        .setZeroThreshold(Double.longBitsToDouble(layout.zeroThresholdBits()))
                        .setResetHint(hint(histogram.resetHint()));
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

    private static ResetHint hint(Histogram.ResetHint hint) {
        return switch (hint) {
            case UNKNOWN -> ResetHint.UNKNOWN;
            case YES -> ResetHint.YES;
            case NO -> ResetHint.NO;
            case GAUGE -> ResetHint.GAUGE;
        };
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
