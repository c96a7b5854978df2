package io.tsvault.core.chunk;

/// Turns what was written into what can be read, for the parts between a group and its streams.
final class Columns {
    private static final int VALUES = 1 << 20;

    private Columns() {}

    /// Reads everything that `sink` holds.
    static ColumnSource source(ColumnSink sink) {
        try (StreamSink out = new StreamSink();
                StreamSource in = new StreamSource()) {
            Lanes lanes = Lanes.of(sink.tokens);
            out.tokens(lanes);
            out.raw(StreamKind.BITS, sink.bits.toArray());
            out.raw(StreamKind.REPEATS, sink.repeats.toArray());
            ByteSource[] blocks = {
                source(sink.modes),
                new ByteSource(lanes.laneOfColumn(), 0),
                source(sink.numbers),
                source(sink.constants)
            };
            RowGroup.Size size = new RowGroup.Size(1, VALUES, VALUES);
            return ColumnSource.of(in, new ByteSource(out.take(), 0), blocks, size);
        }
    }

    private static ByteSource source(ByteSink sink) {
        return new ByteSource(sink.toArray(), 0);
    }
}
