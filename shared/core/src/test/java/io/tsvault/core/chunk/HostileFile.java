package io.tsvault.core.chunk;

import io.tsvault.core.chunk.Index.LabelExtent;
import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.RowGroup.Metrics;
import io.tsvault.core.chunk.RowGroup.NameRun;
import io.tsvault.core.chunk.RowGroup.Size;
import io.tsvault.core.chunk.RowGroup.Times;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts a file together of parts that nobody checks, behind checksums that match.
final class HostileFile {
    static final int MIB = 1 << 20;

    private final ByteSink body = new ByteSink();
    private final List<LabelExtent> blocks = new ArrayList<>();
    private final List<RowGroup> groups = new ArrayList<>();
    private Optional<Extent> metadata = Optional.empty();

    HostileFile() {
        body.bytes(Frame.header(Frame.Version.CURRENT));
    }

    /// What a [StreamSink] makes of a content.
    static byte[] compressed(StreamKind kind, byte[] plain) {
        try (StreamSink sink = new StreamSink()) {
            sink.compressed(kind, plain);
            return sink.take();
        }
    }

    /// A stream that claims to have so many bytes when it is decompressed.
    static byte[] bomb(StreamKind kind, long claimed, int content) {
        byte[] packed;
        try (Zstd.Compressor zstd = new Zstd.Compressor()) {
            packed = zstd.compress(new byte[content]);
        }
        return Anatomist.stream(kind.number(), StreamSink.ZSTD, claimed, packed);
    }

    HostileFile metadata(byte[] stream) {
        metadata = Optional.of(append(stream));
        return this;
    }

    HostileFile labels(byte[] stream, int series) {
        blocks.add(new LabelExtent(append(stream), series));
        return this;
    }

    /// Names `{n="0"}`, `{n="1"}`...
    HostileFile labels(int series) {
        List<Labels> labels = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            labels.add(Labels.of("n", "%06d".formatted(i)));
        }
        return labels(compressed(StreamKind.LABELS, LabelBlock.encode(labels)), series);
    }

    /// A group of the last label block, with what it says of itself.
    HostileFile group(byte[] streams, Size size) {
        return group(streams, size, blocks.size() - 1, groups.size(), 0);
    }

    HostileFile group(byte[] streams, Size size, int block, long window, long digest) {
        long ms = Specimens.START_MS + window * Limits.WINDOW_MS;
        return group(
                new RowGroup(
                        append(streams),
                        new NameRun(block, 0),
                        new Times(ms, ms),
                        new Metrics(Labels.NONE, Labels.NONE),
                        size,
                        digest));
    }

    HostileFile group(RowGroup group) {
        groups.add(group);
        return this;
    }

    /// What a writer makes of these series.
    HostileFile group(List<Series> series) {
        return group(series, Specimens.encoded(series));
    }

    HostileFile group(List<Series> series, EncodedGroup group) {
        List<Labels> names = series.stream().map(Series::labels).toList();
        labels(compressed(StreamKind.LABELS, LabelBlock.encode(names)), names.size());
        return group(group);
    }

    /// A group of the first names of the last label block.
    HostileFile group(EncodedGroup group) {
        long offset = body.size();
        body.bytes(group.bytes());
        return group(group.at(offset, blocks.size() - 1, 0));
    }

    private Extent append(byte[] stream) {
        Extent extent = new Extent(body.size(), stream.length);
        body.bytes(stream);
        return extent;
    }

    byte[] finish() {
        long series = groups.stream().mapToLong(group -> group.size().series()).sum();
        Index index = new Index(series, metadata, blocks, groups, Map.of());
        return finish(compressed(StreamKind.INDEX, index.encode()));
    }

    byte[] finish(byte[] indexStream) {
        return Anatomist.framedStream(body.toArray(), indexStream, Frame.Version.CURRENT);
    }
}
