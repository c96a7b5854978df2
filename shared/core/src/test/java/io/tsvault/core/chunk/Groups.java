package io.tsvault.core.chunk;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.RowGroup.Metrics;
import io.tsvault.core.chunk.RowGroup.NameRun;
import io.tsvault.core.chunk.RowGroup.Size;
import io.tsvault.core.chunk.RowGroup.Times;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes and reads single row groups, takes them apart and puts them together again.
final class Groups implements AutoCloseable {
    /// Where a group lies in its imagined file.
    static final long OFFSET = 4096;

    private final GroupEncoder encoder = new GroupEncoder();
    private final StreamSource source = new StreamSource();
    private final StreamSink sink = new StreamSink();

    /// What an index says of a group, and its series' names.
    record Index(RowGroup group, LabelBlock.Run names) {}

    byte[] encode(List<Series> series) {
        series.forEach(encoder::add);
        return encoder.finish();
    }

    /// The index of the group that was encoded last.
    Index index(List<Series> series) {
        int samples = series.stream().mapToInt(one -> one.samples().size()).sum();
        return index(series, new Size(series.size(), samples, samples), encoder.digest());
    }

    static Index index(List<Series> series, Size size, long digest) {
        RowGroup group =
                new RowGroup(
                        new Extent(OFFSET, 0),
                        new NameRun(0, 0),
                        new Times(0, 0),
                        new Metrics(Labels.NONE, Labels.NONE),
                        size,
                        digest);
        byte[] labels = LabelBlock.encode(series.stream().map(Series::labels).toList());
        LabelBlock block = LabelBlock.decode(new ByteSource(labels, 0));
        return new Index(group, new LabelBlock.Run(block, 0, block.size()));
    }

    List<Series> decode(byte[] bytes, Index index) {
        return GroupDecoder.decode(
                source, new ByteSource(bytes, OFFSET), index.group(), index.names());
    }

    /// The plain contents of a group in the order of the file: COLUMNS, TOKENS, BITS, REPEATS.
    /// TOKENS have all their lanes as they are.
    List<byte[]> contents(byte[] group) {
        List<byte[]> contents = new ArrayList<>();
        ByteSource streams = new ByteSource(group, OFFSET);
        while (streams.remaining() > 0) {
            StreamSource.Stream stream = source.next(streams, 1 << 24);
            ByteSource plain = stream.plain();
            boolean tokens = stream.kind() == StreamKind.TOKENS.number();
            contents.add(
                    tokens
                            ? rawTokens(source.lanes(plain, 1 << 24))
                            : plain.bytes(plain.remaining()));
        }
        return contents;
    }

    private static byte[] rawTokens(byte[][] lanes) {
        ByteSink tokens = new ByteSink();
        tokens.varint(lanes.length);
        for (byte[] lane : lanes) {
            tokens.u8(StreamSink.RAW);
            tokens.varint(lane.length);
            tokens.varint(lane.length);
        }
        Arrays.stream(lanes).forEach(tokens::bytes);
        return tokens.toArray();
    }

    /// A group of these contents, with checksums that match.
    byte[] framed(List<byte[]> contents) {
        StreamKind[] kinds = {
            StreamKind.COLUMNS, StreamKind.TOKENS, StreamKind.BITS, StreamKind.REPEATS
        };
        for (int i = 0; i < contents.size(); i++) {
            sink.raw(kinds[i], contents.get(i));
        }
        return sink.take();
    }

    @Override
    public void close() {
        encoder.close();
        source.close();
        sink.close();
    }
}
