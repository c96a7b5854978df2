package io.tsvault.wire.histogram;

import io.tsvault.wire.v1.Histogram;

import java.util.Objects;

/// Unpacks one chunk, sample by sample.
///
/// The bytes may come from anybody. Whatever they are, a call gives a histogram or throws
/// [MalformedHistogramChunk], reads nothing beyond the length it is told, and takes memory only for
/// bits that are there; a bucket takes at least one. Timestamps may stand still or descend.
///
/// ```java
/// HistogramDecoder chunk = HistogramDecoder.ofIntegers(bytes, offset, length);
/// while (chunk.hasNext()) {
///     Histogram histogram = chunk.next();
/// }
/// ```
///
/// For one thread.
public final class HistogramDecoder {
    private static final int HEADER_BYTES = 3;
    private static final long STALE_MARKER = 0x7ff0000000000002L;
    private static final int RESET = 2;
    private static final int GAUGE = 3;

    private final BitReader in;
    private final int size;
    private final int flags;
    private final Counts counts;
    private final DodField timestamp = new DodField();
    private final XorField sum = new XorField();
    private Histogram common = Histogram.getDefaultInstance();
    private int done;

    private HistogramDecoder(byte[] bytes, int offset, int length, Counts counts) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length < HEADER_BYTES) {
            throw new MalformedHistogramChunk(0, length + " bytes are too few for a head");
        }
        this.size = ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
        this.flags = (bytes[offset + 2] & 0xff) >>> 6;
        this.in = new BitReader(bytes, offset, length);
        this.counts = counts;
        long _ = in.bits(8 * HEADER_BYTES);
        if (size == 0) {
            in.requireEnd();
        }
    }

    /// A chunk whose counts are integers.
    public static HistogramDecoder ofIntegers(byte[] bytes, int offset, int length) {
        return new HistogramDecoder(bytes, offset, length, new IntegerCounts());
    }

    /// A chunk whose counts are doubles.
    public static HistogramDecoder ofFloats(byte[] bytes, int offset, int length) {
        return new HistogramDecoder(bytes, offset, length, new FloatCounts());
    }

    /// How many samples it says it has.
    public int size() {
        return size;
    }

    /// Are there more?
    public boolean hasNext() {
        return done < size;
    }

    /// The next sample.
    public Histogram next() {
        if (done >= size) {
            throw new IllegalStateException("all " + size + " samples have been given");
        }
        if (done == 0) {
            first();
        } else {
            later();
        }
        done++;
        if (done == size) {
            in.requireEnd();
        }
        return sum.bits == STALE_MARKER ? stale() : whole();
    }

    private void first() {
        Layout layout = Layout.read(in);
        common = layout.common();
        counts.layOut(layout);
        timestamp.value = in.signed();
        counts.firstTotals(in);
        sum.first(in);
        counts.firstBuckets(in);
    }

    private void later() {
        timestamp.later(in);
        counts.laterTotals(in);
        sum.later(in);
        if (sum.bits != STALE_MARKER) {
            counts.laterBuckets(in);
        }
    }

    private Histogram stale() {
        return counts.nothing(Histogram.newBuilder())
                .setSum(Double.longBitsToDouble(sum.bits))
                .setTimestamp(timestamp.value)
                .build();
    }

    private Histogram whole() {
        return counts.addTo(common.toBuilder())
                .setSum(Double.longBitsToDouble(sum.bits))
                .setTimestamp(timestamp.value)
                .setResetHint(hint())
                .build();
    }

    private Histogram.ResetHint hint() {
        if (flags == GAUGE) {
            return Histogram.ResetHint.GAUGE;
        }
        if (done > 1) {
            return Histogram.ResetHint.NO;
        }
        return flags == RESET ? Histogram.ResetHint.YES : Histogram.ResetHint.UNKNOWN;
    }
}
