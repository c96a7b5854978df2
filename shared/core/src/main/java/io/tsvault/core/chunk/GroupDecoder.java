package io.tsvault.core.chunk;

import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the streams that a [GroupEncoder] wrote. One decoder reads one group.
final class GroupDecoder {
    /// The blocks of COLUMNS.
    private static final int BLOCKS = 5;

    private final RowGroup.Size size;
    private final ValueColumns columns;
    private final ByteSource shapes;
    private final ColumnSource source;
    private final ValueDecoder values;
    private final long[][] vectors;
    private final long[] vectorHashes;
    private int usedVectors;
    private int vector = -1;
    private int from;
    private int n;

    private GroupDecoder(StreamSource streams, ByteSource group, RowGroup.Size size) {
        this.size = size;
        columns = new ValueColumns(size.values());
        ByteSource plain = streams.next(group, StreamKind.COLUMNS, limit(size));
        int vectorCount = plain.count("timestamp vectors", size.samples());
        ByteSource[] blocks = new ByteSource[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            blocks[i] = plain.slice(plain.count("bytes in a block", plain.remaining()));
        }
        plain.requireEnd("COLUMNS");
        shapes = blocks[0];
        source = ColumnSource.of(streams, group, Arrays.copyOfRange(blocks, 1, BLOCKS), size);
        values = new ValueDecoder(source, columns);
        vectors = new long[vectorCount][];
        vectorHashes = new long[vectorCount];
    }

    /// No column says more than this about each value; what it says of a series is a few numbers.
    static int limit(RowGroup.Size size) {
        return 1024 + (32 * size.values()) + (64 * size.series());
    }

    /// Reads and checks a group.
    ///
    /// @param bytes its streams
    /// @param names its series' labels
    static List<Series> decode(
            StreamSource streams, byte[] bytes, RowGroup group, LabelBlock.Run names) {
        ByteSource source = new ByteSource(bytes, group.extent().offset());
        GroupDecoder decoder = new GroupDecoder(streams, source, group.size());
        decoder.readVectors();
        List<Series> series = new ArrayList<>(names.size());
        Digest digest = new Digest(names.size());
        for (int i = 0; i < names.size(); i++) {
            Samples floats = decoder.floats(digest, names.hash(i));
            series.add(new Series(names.labels(i), floats));
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

    private Samples floats(Digest digest, long labels) {
        int shape = shapes.u8();
        if ((shape & GroupEncoder.FLOATS) == 0) {
            throw shapes.damaged("shape " + shape);
        }
        slice((shape >> GroupEncoder.SLICE_SHIFT) & 3);
        if (n > size.values() - columns.start(columns.count())) {
            throw shapes.damaged("more values than the index counts");
        }
        int column = values.decode(n, vector);
        int start = columns.start(column);
        long[] bits = columns.array();
        digest.add(labels, n, timestampsHash(), XxHash.of(bits, start, n), 0);
        return Samples.view(vectors[vector], from, bits, start, n);
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
        vector = kind == GroupEncoder.SLICE_NEXT ? usedVectors : (int) shapes.varint();
        if (vector < 0 || vector >= vectors.length) {
            throw shapes.damaged("timestamp vector " + vector + " of " + vectors.length);
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
    }
}
