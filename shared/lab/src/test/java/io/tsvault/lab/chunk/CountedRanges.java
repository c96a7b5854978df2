package io.tsvault.lab.chunk;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.RowGroup.Extent;

import java.util.ArrayList;
import java.util.List;

/// Remembers what was read.
record CountedRanges(ByteRanges file, List<Extent> reads) implements ByteRanges {
    CountedRanges(ByteRanges file) {
        this(file, new ArrayList<>());
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public byte[] read(long offset, int length) {
        reads.add(new Extent(offset, length));
        return file.read(offset, length);
    }

    @Override
    public void close() {
        file.close();
    }

    /// Of all reads together, also of what was read twice.
    long bytes() {
        return reads.stream().mapToLong(Extent::length).sum();
    }
}
