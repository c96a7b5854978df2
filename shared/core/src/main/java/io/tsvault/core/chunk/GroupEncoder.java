package io.tsvault.core.chunk;

import io.tsvault.core.chunk.TimestampVectors.Slice;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// Collects the series of one row group and writes its streams: see "Row group" in the description
/// of the package.
final class GroupEncoder implements AutoCloseable {
    static final int FLOATS = 1;
    static final int HISTOGRAMS = 2;
    static final int SLICE_AS_BEFORE = 0;
    static final int SLICE_NEXT = 1;
    static final int SLICE_WHOLE = 2;
    static final int SLICE_PART = 3;
    static final int SLICE_SHIFT = 2;
    static final int HISTOGRAM_SLICE_SHIFT = 4;
    static final int SLICE_BITS = 2;

    private static final Slice NOTHING = new Slice(-1, 0, 0);
    static final long[] NO_WORDS = {};

    private final ColumnSink sink = new ColumnSink();
    private final ByteSink shapes = new ByteSink();
    private final ByteSink sliceNumbers = new ByteSink();
    private final IntegerEncoder integers = new IntegerEncoder(sink);
    private final ValueEncoder values = new ValueEncoder(sink);
    private final HistogramEncoder histograms = new HistogramEncoder(sink, integers, values);
    private final StreamSink streams = new StreamSink();
    private final List<Series> series = new ArrayList<>();
    private List<long[]> found = List.of();
    private int[] numbers = new int[0];
    private long[] hashes = new long[0];
    private int vectors;
    private int usedVectors;
    private long digest;
    private Slice before = NOTHING;

    /// @throws IllegalArgumentException when it has no samples
    void add(Series part) {
        if (part.size() == 0) {
            throw new IllegalArgumentException(part.labels() + " has no samples: leave it out");
        }
        series.add(part);
    }

    List<Series> series() {
        return series;
    }

    /// The streams of everything that was added; the encoder is empty again.
    byte[] finish() {
        clear();
        List<Samples> columns = new ArrayList<>();
        series.forEach(one -> addColumns(one, columns));
        Slice[] slices = new Slice[columns.size()];
        found = TimestampVectors.of(columns, slices).vectors();
        writeVectors(slices);
        Digest content = new Digest(series.size());
        Iterator<Slice> next = Arrays.asList(slices).iterator();
        for (Series one : series) {
            write(one, next, content);
        }
        digest = content.value();
        series.clear();
        return streams();
    }

    /// Of the content of the group that was finished last.
    long digest() {
        return digest;
    }

    /// What has timestamps: floats, histograms as the floats that their sums are, or one of each.
    private static void addColumns(Series one, List<Samples> columns) {
        if (one.samples().size() > 0) {
            columns.add(one.samples());
        }
        Histograms histograms = one.histograms();
        if (histograms.size() > 0) {
            long[] timestampsMs = new long[histograms.size()];
            Arrays.setAll(timestampsMs, histograms::timestampMs);
            columns.add(Samples.view(timestampsMs, 0, timestampsMs, 0, timestampsMs.length));
        }
    }

    /// In the order in which the series use them.
    private void writeVectors(Slice[] slices) {
        numbers = new int[found.size()];
        hashes = new long[found.size()];
        Arrays.fill(numbers, -1);
        int next = 0;
        for (Slice slice : slices) {
            if (numbers[slice.vector()] < 0) {
                numbers[slice.vector()] = next++;
                long[] vector = found.get(slice.vector());
                hashes[slice.vector()] = XxHash.of(vector, 0, vector.length);
                sink.numbers.varint(vector.length);
                integers.encode(vector, vector.length);
            }
        }
        vectors = next;
    }

    private void write(Series one, Iterator<Slice> slices, Digest content) {
        byte[] labels = one.labels().bytes();
        Slice floats = one.samples().size() > 0 ? slices.next() : NOTHING;
        Slice others = one.histograms().size() > 0 ? slices.next() : NOTHING;
        shape(floats, others);
        content.add(
                XxHash.of(labels),
                floats.size(),
                timestampsHash(floats),
                floats(one.samples(), floats, labels),
                HistogramDigest.of(one.histograms()));
        if (others.size() > 0) {
            histograms.encode(one.histograms(), others.vector());
        }
    }

    private void shape(Slice floats, Slice others) {
        int shape = 0;
        if (floats.size() > 0) {
            shape |= FLOATS | (slice(floats) << SLICE_SHIFT);
        }
        if (others.size() > 0) {
            shape |= HISTOGRAMS | (slice(others) << HISTOGRAM_SLICE_SHIFT);
        }
        shapes.u8(shape);
        shapes.append(sliceNumbers);
        sliceNumbers.clear();
    }

    /// Answers the kind of a slice, and writes its numbers.
    private int slice(Slice slice) {
        int length = found.get(slice.vector()).length;
        int kind = kind(slice, length);
        if (kind >= SLICE_WHOLE) {
            sliceNumbers.varint(numbers[slice.vector()]);
        }
        if (kind == SLICE_PART) {
            sliceNumbers.varint(slice.from());
            sliceNumbers.varint(length - slice.from() - slice.size());
        }
        if (numbers[slice.vector()] == usedVectors) {
            usedVectors++;
        }
        before = slice;
        return kind;
    }

    /// Writes a column of floats, if there are any; answers the hash of their bits.
    private long floats(Samples samples, Slice slice, byte[] labels) {
        if (samples.size() == 0) {
            return XxHash.of(NO_WORDS, 0, 0);
        }
        int column = values.columns().add(samples.size());
        int start = values.columns().start(column);
        samples.copyValueBits(values.columns().array(), start);
        return values.encode(slice.vector(), labels);
    }

    private long timestampsHash(Slice slice) {
        if (slice.size() == 0) {
            return XxHash.of(NO_WORDS, 0, 0);
        }
        long[] vector = found.get(slice.vector());
        return slice.size() == vector.length
                ? hashes[slice.vector()]
                : XxHash.of(vector, slice.from(), slice.size());
    }

    private int kind(Slice slice, int length) {
        if (slice.equals(before)) {
            return SLICE_AS_BEFORE;
        }
        if (slice.size() < length) {
            return SLICE_PART;
        }
        return numbers[slice.vector()] == usedVectors ? SLICE_NEXT : SLICE_WHOLE;
    }

    private byte[] streams() {
        Lanes lanes = Lanes.of(sink.tokens);
        ByteSink columns = new ByteSink();
        columns.varint(vectors);
        columns.block(shapes.toArray());
        columns.block(sink.modes.toArray());
        columns.block(lanes.laneOfColumn());
        columns.block(sink.numbers.toArray());
        columns.block(sink.constants.toArray());
        streams.compressed(StreamKind.COLUMNS, columns.toArray());
        streams.tokens(lanes);
        streams.raw(StreamKind.BITS, sink.bits.toArray());
        if (sink.repeats.size() > 0) {
            streams.compressed(StreamKind.REPEATS, sink.repeats.toArray());
        }
        return streams.take();
    }

    private void clear() {
        sink.clear();
        shapes.clear();
        values.clear();
        usedVectors = 0;
        histograms.clear();
        before = NOTHING;
    }

    @Override
    public void close() {
        streams.close();
    }
}
