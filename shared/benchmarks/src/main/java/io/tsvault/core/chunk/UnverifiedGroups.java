package io.tsvault.core.chunk;

import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.List;

/// The row groups of a chunk, encoded again without looking at the result: what a writer would cost
/// that trusts itself. For one thread.
public final class UnverifiedGroups implements AutoCloseable {
    private final List<List<Series>> groups = new ArrayList<>();
    private final GroupEncoder encoder = new GroupEncoder();

    /// @param series all that went into the chunk, in its order; none so long that it was cut
    public UnverifiedGroups(Chunk chunk, List<Series> series) {
        try (ChunkReader reader = ChunkReader.open(chunk.ranges())) {
            int from = 0;
            for (RowGroup group : reader.rowGroups()) {
                int to = from + group.size().series();
                groups.add(series.subList(from, to));
                from = to;
            }
        }
    }

    /// Encodes values and timestamps; returns how many bytes they take.
    public long encode() {
        long bytes = 0;
        for (List<Series> group : groups) {
            group.forEach(encoder::add);
            bytes += encoder.finish().length;
        }
        return bytes;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
