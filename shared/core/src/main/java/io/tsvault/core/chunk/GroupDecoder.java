package io.tsvault.core.chunk;

import io.tsvault.core.chunk.TimestampVectors.Slice;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the streams that a [GroupEncoder] wrote. One decoder reads one group.
final class GroupDecoder {
    /// The blocks of COLUMNS.
    private static final int BLOCKS = 5;

    private static final int SLICE_MASK = (1 << GroupEncoder.SLICE_BITS) - 1;
    private static final Floats NO_FLOATS =
            new Floats(
                    Samples.NONE,
                    XxHash.of(GroupEncoder.NO_WORDS, 0, 0),
                    XxHash.of(GroupEncoder.NO_WORDS, 0, 0));

    private final RowGroup.Size size;
    private final ByteSource shapes;
    private final ColumnSource source;
    private final ValueDecoder values;
    private final HistogramDecoder histograms;
    private final long[][] vectors;
    private final long[] vectorHashes;
    private int usedVectors;
    private int vector = -1;
    private int from;
    private int n;
    private int valuesLeft;

    /// The floats of one series.
    private record Floats(Samples samples, long timestampsHash, long valuesHash) {}

    private GroupDecoder(StreamSource streams, ByteSource group, RowGroup.Size size) {
        this.size = size;
        valuesLeft = size.values();
        int limit = limit(size);
        ByteSource plain = streams.next(group, StreamKind.COLUMNS, limit);
        limit -= plain.remaining();
        int vectorCount =
                plain.count("timestamp vectors", Math.min(size.samples(), 2 * size.series()));
        ByteSource[] blocks = new ByteSource[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            blocks[i] = plain.slice(plain.count("bytes in a block", plain.remaining()));
        }
        plain.requireEnd("COLUMNS");
        shapes = blocks[0];
        source = ColumnSource.of(streams, group, Arrays.copyOfRange(blocks, 1, BLOCKS), limit);
        values = new ValueDecoder(source);
        histograms = new HistogramDecoder(source, values);
        vectors = new long[vectorCount][];
        vectorHashes = new long[vectorCount];
    }

    /// How many bytes all streams of a group may have, decompressed. The most that a writer needs
    /// are 24 for each value (value, timestamp and their tokens), and 50 for the modes and first
    /// numbers of a series' columns.
    static int limit(RowGroup.Size size) {
        return 1024 + (32 * size.values()) + (64 * size.series());
    }

    /// Reads and checks a group.
    ///
    /// @param source its streams
    /// @param names its series' labels
    static List<Series> decode(
            StreamSource streams, ByteSource source, RowGroup group, LabelBlock.Run names) {
        GroupDecoder decoder = new GroupDecoder(streams, source, group.size());
        decoder.readVectors();
        List<Series> series = new ArrayList<>(names.size());
        Digest digest = new Digest(names.size());
        for (int i = 0; i < names.size(); i++) {
            series.add(decoder.series(names.labels(i), names.hash(i), digest));
        }
        decoder.requireEnd();
        if (digest.value() != group.digest()) {
            throw new DamagedChunk(
                    group.extent().offset(), "the content of a row group is not what was written");
        }
        return series;
    }

    private void readVectors() {
        IntegerDecoder integers = new IntegerDecoder(source);
        int total = 0;
        for (int i = 0; i < vectors.length; i++) {
            int length = source.numbers.count("timestamps", size.samples() - total);
            if (length == 0) {
                throw source.numbers.damaged("a timestamp vector without timestamps");
            }
            total += length;
            vectors[i] = new long[length];
            integers.decode(vectors[i], length);
            requireAscending(vectors[i]);
            vectorHashes[i] = XxHash.of(vectors[i], 0, length);
        }
    }

    private void requireAscending(long[] timestamps) {
        for (int i = 1; i < timestamps.length; i++) {
            if (timestamps[i] <= timestamps[i - 1]) {
                throw source.numbers.damaged("timestamps that do not ascend");
            }
        }
    }

    private Series series(Labels labels, long labelsHash, Digest digest) {
        int shape = shapes.u8();
        int kind = (shape >> GroupEncoder.SLICE_SHIFT) & SLICE_MASK;
        int otherKind = shape >> GroupEncoder.HISTOGRAM_SLICE_SHIFT;
        boolean hasFloats = (shape & GroupEncoder.FLOATS) != 0;
        boolean hasOthers = (shape & GroupEncoder.HISTOGRAMS) != 0;
        if (otherKind > SLICE_MASK
                || (!hasFloats && (kind != 0 || !hasOthers))
                || (!hasOthers && otherKind != 0)) {
            throw shapes.damaged("shape " + shape);
        }
        Floats floats = hasFloats ? floats(kind) : NO_FLOATS;
        Histograms others = hasOthers ? histograms(otherKind) : Histograms.NONE;
        digest.add(
                labelsHash,
                floats.samples().size(),
                floats.timestampsHash(),
                floats.valuesHash(),
                HistogramDigest.of(others));
        try {
            return new Series(labels, floats.samples(), others);
        } catch (IllegalArgumentException e) {
            throw shapes.damaged(String.valueOf(e.getMessage()));
        }
    }

    private Floats floats(int sliceKind) {
        slice(sliceKind);
        if (n > valuesLeft) {
            throw shapes.damaged("more values than the index counts");
        }
        valuesLeft -= n;
        ValueColumn column = values.decode(n, vector);
        return new Floats(column.at(vectors[vector], from), timestampsHash(), column.hash());
    }

    private Histograms histograms(int sliceKind) {
        slice(sliceKind);
        Slice times = new Slice(vector, from, n);
        HistogramDecoder.Decoded decoded = histograms.decode(times, vectors[vector], valuesLeft);
        valuesLeft -= decoded.values();
        return decoded.histograms();
    }

    private long timestampsHash() {
        return n == vectors[vector].length
                ? vectorHashes[vector]
                : XxHash.of(vectors[vector], from, n);
    }

    private void slice(int kind) {
        if (kind == GroupEncoder.SLICE_AS_BEFORE) {
            if (vector < 0) {
                throw shapes.damaged("a first series without timestamps");
            }
            return;
        }
        vector =
                kind == GroupEncoder.SLICE_NEXT
                        ? usedVectors
                        : shapes.count("vectors", vectors.length - 1);
        if (vector == vectors.length) {
            throw shapes.damaged("more series with timestamps of their own than timestamps");
        }
        if (vector == usedVectors) {
            usedVectors++;
        }
        int length = vectors[vector].length;
        from = 0;
        n = length;
        if (kind == GroupEncoder.SLICE_PART) {
            from = shapes.count("timestamps left out", length - 1);
            n = length - from - shapes.count("timestamps left out", length - from - 1);
        }
    }

    private void requireEnd() {
        shapes.requireEnd("SHAPE");
        source.requireEnd();
        if (usedVectors != vectors.length) {
            throw shapes.damaged("timestamps that no series has");
        }
        if (valuesLeft != 0) {
            throw shapes.damaged("fewer values than the index counts");
        }
    }
}
