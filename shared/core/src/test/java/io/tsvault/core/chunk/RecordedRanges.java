package io.tsvault.core.chunk;

import io.tsvault.core.chunk.RowGroup.Extent;

import java.util.ArrayList;
import java.util.List;

/// Bytes in memory that remember what was read, and whether anyone closed them.
final class RecordedRanges implements ByteRanges {
    private final ByteRanges bytes;
    private final List<Extent> reads = new ArrayList<>();
    private boolean closed;

    RecordedRanges(byte[] bytes) {
        this.bytes = ByteRanges.of(bytes);
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public byte[] read(long offset, int length) {
        reads.add(new Extent(offset, length));
        return bytes.read(offset, length);
    }

    @Override
    public void close() {
        closed = true;
    }

    /// Since the last call.
    List<Extent> takeReads() {
        List<Extent> taken = List.copyOf(reads);
        reads.clear();
        return taken;
    }

    boolean isClosed() {
        return closed;
    }
}
