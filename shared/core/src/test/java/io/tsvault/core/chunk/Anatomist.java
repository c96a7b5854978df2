package io.tsvault.core.chunk;

import io.tsvault.core.chunk.Index.LabelExtent;
import io.tsvault.core.chunk.RowGroup.Extent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Takes a chunk apart and puts it together otherwise, with checksums that match.
final class Anatomist {
    private final byte[] chunk;
    private final Index index;
    private final Extent indexExtent;

    Anatomist(byte[] chunk) {
        this.chunk = chunk;
        int trailer = chunk.length - Frame.TRAILER;
        ByteSource end = new ByteSource(Arrays.copyOfRange(chunk, trailer, chunk.length), trailer);
        indexExtent = Frame.ofTrailer(end).index();
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            index = reader.index();
        }
    }

    Index index() {
        return index;
    }

    /// All streams of the file, that of the index aside.
    List<Extent> streams() {
        ByteSource file = new ByteSource(chunk, 0);
        file.skip(Frame.HEADER);
        List<Extent> streams = new ArrayList<>();
        while (file.offset() < indexExtent.offset()) {
            long offset = file.offset();
            file.u16();
            file.varint();
            file.skip((int) file.varint());
            file.u32();
            streams.add(new Extent(offset, (int) (file.offset() - offset)));
        }
        return streams;
    }

    int kind(Extent stream) {
        return chunk[(int) stream.offset()];
    }

    byte[] bytes(Extent extent) {
        return Arrays.copyOfRange(chunk, (int) extent.offset(), (int) extent.end());
    }

    /// What a stream holds.
    byte[] plain(Extent stream) {
        try (StreamSource source = new StreamSource()) {
            ByteSource plain = source.next(new ByteSource(bytes(stream), 0), 1 << 24).plain();
            return plain.bytes(plain.remaining());
        }
    }

    /// A stream as it stands in the file, of content that is not compressed.
    static byte[] stream(int kind, byte[] plain) {
        return stream(kind, StreamSink.RAW, plain.length, plain);
    }

    static byte[] stream(int kind, int coding, long plainLength, byte[] packed) {
        ByteSink sink = new ByteSink();
        sink.u8(kind);
        sink.u8(coding);
        sink.varint(plainLength);
        sink.varint(packed.length);
        sink.bytes(packed);
        sink.u32(StreamSink.crc(sink.array(), 0, sink.size()));
        return sink.toArray();
    }

    /// The chunk with another index.
    byte[] with(UnaryOperator<Index> change) {
        return framed(body(), change.apply(index).encode());
    }

    /// The chunk with another content of the index.
    byte[] withIndex(byte[] plain) {
        return framed(body(), plain);
    }

    /// The chunk with these streams where its index lies.
    byte[] withIndexStreams(byte[] streams) {
        return framedStream(body(), streams, Frame.Version.CURRENT);
    }

    private byte[] body() {
        return Arrays.copyOf(chunk, (int) indexExtent.offset());
    }

    /// The chunk with other bytes in place of a stream or more, which the index follows.
    byte[] with(Extent replaced, byte[] bytes) {
        ByteSink body = new ByteSink();
        body.bytes(chunk, 0, (int) replaced.offset());
        body.bytes(bytes);
        int rest = (int) (indexExtent.offset() - replaced.end());
        body.bytes(chunk, (int) replaced.end(), rest);
        return framed(body.toArray(), moved(replaced, bytes.length - replaced.length()).encode());
    }

    /// The chunk with two streams, or two runs of streams, in each other's place.
    byte[] exchanged(Extent first, Extent second) {
        byte[] once = with(second, bytes(first));
        return new Anatomist(once, this, second, first.length() - second.length())
                .with(first, bytes(second));
    }

    private Anatomist(byte[] chunk, Anatomist before, Extent replaced, int growth) {
        this.chunk = chunk;
        this.index = before.moved(replaced, growth);
        this.indexExtent = new Extent(before.indexExtent.offset() + growth, 0);
    }

    private Index moved(Extent replaced, int growth) {
        UnaryOperator<Extent> move =
                extent -> {
                    long from = extent.offset() + (extent.offset() >= replaced.end() ? growth : 0);
                    long to = extent.end() + (extent.end() >= replaced.end() ? growth : 0);
                    return new Extent(from, (int) (to - from));
                };
        return new Index(
                index.series(),
                index.metadata().map(move),
                index.labelBlocks().stream()
                        .map(block -> new LabelExtent(move.apply(block.extent()), block.series()))
                        .toList(),
                index.groups().stream()
                        .map(group -> at(group, move.apply(group.extent())))
                        .toList(),
                index.properties());
    }

    static RowGroup at(RowGroup group, Extent extent) {
        return new RowGroup(
                extent,
                group.names(),
                group.times(),
                group.metrics(),
                group.size(),
                group.digest());
    }

    /// A file of this body and index.
    static byte[] framed(byte[] body, byte[] index) {
        return framed(body, index, Frame.Version.CURRENT);
    }

    static byte[] framed(byte[] body, byte[] index, Frame.Version version) {
        return framedStream(body, stream(StreamKind.INDEX.number(), index), version);
    }

    static byte[] framedStream(byte[] body, byte[] stream, Frame.Version version) {
        ByteSink file = new ByteSink();
        file.bytes(body);
        file.bytes(stream);
        long length = (long) file.size() + Frame.TRAILER;
        Extent extent = new Extent(body.length, stream.length);
        file.bytes(new Frame(version, length, extent).trailer());
        return file.toArray();
    }
}
