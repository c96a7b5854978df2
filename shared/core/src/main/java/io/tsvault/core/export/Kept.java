package io.tsvault.core.export;

import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.ChunkRef;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// What was kept of a slice, and counts, as series. To be closed.
final class Kept implements AutoCloseable {
    private static final Selector ALL = Selector.of(List.of());

    private final List<ChunkReader> chunks = new ArrayList<>();

    private Kept() {}

    static Kept open(StreamLog log, Settled settled) {
        Kept kept = new Kept();
        try {
            for (ChunkRef chunk : settled.chunks()) {
                kept.chunks.add(ChunkReader.open(log.open(settled.slice(), chunk)));
            }
            return kept;
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    /// In label order.
    ///
    /// @param window within one window of chunks
    Iterator<Series> series(TimeRange window) {
        return ChunkReader.merged(chunks, ALL, window);
    }

    @Override
    public void close() {
        chunks.forEach(ChunkReader::close);
    }
}
