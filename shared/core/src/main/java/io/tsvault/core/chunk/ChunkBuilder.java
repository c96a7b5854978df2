package io.tsvault.core.chunk;

import io.tsvault.core.chunk.Index.LabelExtent;
import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts row groups and label blocks one behind the other, and the index at the end.
///
/// A label block comes behind the row groups that it names, when it is full or their window ends.
/// Groups of later windows with the same series name the same block.
final class ChunkBuilder implements AutoCloseable {
    /// What a group or a label block takes in the index, its metric names aside.
    private static final int INDEX_ENTRY_BYTES = 80;

    private final Map<String, String> properties;
    private final Descriptions descriptions = new Descriptions();
    private final StreamSink streams = new StreamSink();
    private FileSink file = new FileSink();
    private final List<LabelExtent> labelBlocks = new ArrayList<>();
    private final List<RowGroup> groups = new ArrayList<>();
    private final Map<String, Integer> blockBySha256 = new HashMap<>();
    private final List<RowGroup> unnamed = new ArrayList<>();
    private final List<Labels> labels = new ArrayList<>();
    private int labelBytes;
    private long longLabels;
    private int indexBytes;
    private int metadataBytes;
    private int metadataCounted;
    private final int propertyBytes;

    ChunkBuilder(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
        propertyBytes = Index.requireFew(properties);
        begin();
    }

    private void begin() {
        file = new FileSink();
        file.bytes(Frame.header(Frame.Version.CURRENT));
        labelBlocks.clear();
        groups.clear();
        blockBySha256.clear();
        indexBytes = 0;
        longLabels = 0;
        metadataCounted = -1;
    }

    boolean hasRoomFor(Metadata metadata) {
        return descriptions.hasRoomFor(metadata);
    }

    void add(Metadata more) {
        descriptions.add(more);
        metadataCounted = -1;
    }

    boolean isEmpty() {
        return groups.isEmpty() && unnamed.isEmpty();
    }

    /// No chunk that ends behind this group is larger.
    int sizeWith(EncodedGroup group) {
        if (groups.size() + unnamed.size() >= Limits.GROUPS - 1
                || indexBytes + group.metricBytes() > Limits.DIRECTORY_BYTES / 2
                || longLabelsWith(group) > Limits.LONG_LABEL_BYTES) {
            return Integer.MAX_VALUE; // the index, or what a reader takes of labels, is full
        }
        int names = labelBytes + group.labelBytes() + (8 * (labels.size() + group.labels().size()));
        return file.size()
                + group.bytes().length
                + names
                + indexBytes
                + (2 * INDEX_ENTRY_BYTES)
                + metadataBytesWith(group)
                + propertyBytes
                + Frame.TRAILER;
    }

    private int metadataBytesWith(EncodedGroup group) {
        List<Metadata> with = descriptions.allWith(group.labels());
        if (with.size() != metadataCounted) { // within a chunk they only become more
            metadataCounted = with.size();
            streams.compressed(StreamKind.METADATA, MetadataBlock.encode(with));
            metadataBytes = streams.take().length;
        }
        return metadataBytes;
    }

    private long longLabelsWith(EncodedGroup group) {
        return longLabels
                + LabelBlock.longLabels(labelBytes, labels.size())
                + LabelBlock.longLabels(group.labelBytes(), group.labels().size());
    }

    void add(EncodedGroup group) {
        if (!unnamed.isEmpty()
                && Limits.window(unnamed.getLast().times().minMs()) != group.window()) {
            closeLabels();
        }
        unnamed.add(group.at(file.size(), 0, labels.size()));
        file.bytes(group.bytes());
        labels.addAll(group.labels());
        descriptions.describe(group.labels());
        labelBytes += group.labelBytes();
        indexBytes += INDEX_ENTRY_BYTES + group.metricBytes();
        if (labels.size() > LabelBlock.MAX_SERIES / 2 || labelBytes > LabelBlock.MAX_BYTES) {
            closeLabels();
        }
    }

    private void closeLabels() {
        byte[] block = LabelBlock.encode(labels);
        if (!LabelBlock.decode(new ByteSource(block, 0)).labels().equals(labels)) {
            throw new IllegalStateException("the codec changed labels; please report this");
        }
        int number =
                blockBySha256.computeIfAbsent(
                        Chunk.sha256(block),
                        _ -> {
                            streams.compressed(StreamKind.LABELS, block);
                            labelBlocks.add(new LabelExtent(append(), labels.size()));
                            indexBytes += INDEX_ENTRY_BYTES;
                            return labelBlocks.size() - 1;
                        });
        for (RowGroup group : unnamed) {
            groups.add(group.named(number));
        }
        longLabels += LabelBlock.longLabels(labelBytes, labels.size());
        unnamed.clear();
        labels.clear();
        labelBytes = 0;
    }

    /// Writes what the streams hold to the file.
    private Extent append() {
        byte[] bytes = streams.take();
        Extent extent = new Extent(file.size(), bytes.length);
        file.bytes(bytes);
        return extent;
    }

    /// The chunk of everything since the last one, which others follow.
    Chunk cut() {
        List<Metadata> needed = descriptions.needed();
        Chunk chunk = finish(needed);
        descriptions.begin(needed);
        return chunk;
    }

    /// The last chunk.
    Chunk finish() {
        Chunk chunk = finish(descriptions.all());
        descriptions.begin(List.of());
        return chunk;
    }

    private Chunk finish(List<Metadata> metadata) {
        if (!unnamed.isEmpty()) {
            closeLabels();
        }
        Optional<Extent> described = Optional.empty();
        if (!metadata.isEmpty()) {
            streams.compressed(StreamKind.METADATA, MetadataBlock.encode(metadata));
            described = Optional.of(append());
        }
        int body = file.size();
        long atMost = groups.stream().mapToLong(group -> group.size().series()).sum();
        Index index =
                new Index(
                        atMost,
                        described,
                        List.copyOf(labelBlocks),
                        List.copyOf(groups),
                        properties);
        append(index);
        Index counted;
        try (ChunkReader reader = ChunkReader.open(file.ranges())) {
            counted = index.withSeries(reader.countSeries());
        }
        file.truncate(body);
        append(counted);
        try (ChunkReader reader = ChunkReader.open(file.ranges())) {
            if (!reader.index().equals(counted)) {
                throw new IllegalStateException("the codec changed an index; please report this");
            }
        }
        FileSink whole = file;
        begin();
        return new Chunk(whole, ChunkSummary.of(counted, whole.size()));
    }

    private void append(Index index) {
        streams.compressed(StreamKind.INDEX, index.encode());
        Extent extent = append();
        long length = extent.end() + Frame.TRAILER;
        file.bytes(new Frame(Frame.Version.CURRENT, length, extent).trailer());
    }

    @Override
    public void close() {
        streams.close();
    }
}
