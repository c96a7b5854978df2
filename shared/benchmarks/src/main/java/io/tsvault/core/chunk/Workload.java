package io.tsvault.core.chunk;

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
    private final List<List<Series>> groups;
    private final GroupEncoder encoder = new GroupEncoder();
    private final XorChunks xor;

    /// @throws IllegalStateException when a codec does not give back what went in
    Workload(Dataset dataset) {
        series = dataset.series();
        samples = series.stream().mapToLong(one -> one.samples().size()).sum();
        chunk = encode().getFirst();
        groups = groups();
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

    /// The series as the writer has cut them into row groups.
    private List<List<Series>> groups() {
        List<List<Series>> cut = new ArrayList<>();
        try (ChunkReader reader = ChunkReader.open(chunk.ranges())) {
            int from = 0;
            for (RowGroup group : reader.rowGroups()) {
                int to = from + group.size().series();
                cut.add(series.subList(from, to));
                from = to;
            }
        }
        return cut;
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
        long bytes = 0;
        for (List<Series> group : groups) {
            group.forEach(encoder::add);
            bytes += encoder.finish().length;
        }
        return bytes;
    }

    long decode() {
        try (ChunkReader reader = ChunkReader.open(chunk.ranges())) {
            return reader.windows(Selector.of(List.of()), TimeRange.ALL, Dataset.WINDOW)
                    .flatMap(ChunkWindow::series)
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
        encoder.close();
    }
}
