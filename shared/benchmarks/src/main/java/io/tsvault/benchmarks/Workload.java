package io.tsvault.benchmarks;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.chunk.UnverifiedGroups;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.util.ArrayList;
import java.util.List;

/// The same samples for every codec. Each method does the whole of one job and returns what came
/// out, so that no compiler leaves it away. For one thread.
final class Workload implements AutoCloseable {
    private final List<Series> series;
    private final long samples;
    private final Chunk chunk;
    private final UnverifiedGroups groups;
    private final XorChunks xor;

    /// @throws IllegalStateException when a codec does not give back what went in
    Workload(Dataset dataset) {
        series = dataset.series();
        samples = series.stream().mapToLong(one -> one.samples().size()).sum();
        chunk = encode().getFirst();
        groups = new UnverifiedGroups(chunk, series);
        xor = new XorChunks(series);
        requireEqual();
    }

    private void requireEqual() {
        List<Series> decoded = new ArrayList<>();
        try (ChunkReader reader = ChunkReader.open(chunk.ranges())) {
            reader.windows(Selector.of(List.of()), TimeRange.ALL, Dataset.WINDOW)
                    .forEachOrdered(window -> window.series().forEachOrdered(decoded::add));
        }
        if (!decoded.equals(series) || !xor.series().toList().equals(series)) {
            throw new IllegalStateException(
                    "a codec changed the samples: there is nothing to time");
        }
    }

    long samples() {
        return samples;
    }

    int bytes() {
        return chunk.length();
    }

    /// All of it.
    List<Chunk> encode() {
        List<Chunk> chunks = new ArrayList<>();
        ChunkWriter writer = new ChunkWriter(chunks::add);
        series.forEach(writer::add);
        writer.close();
        return chunks;
    }

    /// Only the row groups, without looking at them again.
    long encodeUnverified() {
        return groups.encode();
    }

    long decode() {
        try (ChunkReader reader = ChunkReader.open(chunk.ranges())) {
            return reader.windows(Selector.of(List.of()), TimeRange.ALL, Dataset.WINDOW)
                    .flatMap(window -> window.series())
                    .mapToLong(one -> one.samples().size())
                    .sum();
        }
    }

    long xorEncode() {
        return xor.encode();
    }

    long xorDecode() {
        return xor.decode();
    }

    /// As far as [#decode] goes: to series.
    long xorDecodeToSeries() {
        return xor.series().mapToLong(one -> one.samples().size()).sum();
    }

    @Override
    public void close() {
        groups.close();
    }
}
