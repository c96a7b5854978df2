package io.tsvault.core.replay;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.DamagedChunk;
import io.tsvault.core.chunk.UnsupportedChunk;

import java.util.concurrent.atomic.LongAdder;

/// Counts what is read of a chunk: each range is a request to the store.
record Metered(ByteRanges right, LongAdder requests, LongAdder bytes) implements ByteRanges {
    @Override
    public long size() {
        return right.size();
    }

    @Override
    public byte[] read(long offset, int length) {
        requests.increment();
        bytes.add(length);
        return right.read(offset, length);
    }

    @Override
    public RuntimeException damage(DamagedChunk found) {
        return right.damage(found);
    }

    @Override
    public RuntimeException unsupported(UnsupportedChunk found) {
        return right.unsupported(found);
    }

    @Override
    public void close() {
        right.close();
    }
}
