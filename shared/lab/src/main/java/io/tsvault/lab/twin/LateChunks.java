package io.tsvault.lab.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The samples of a series that came late: chunks that overlap freely. Only the newest chunk is
/// looked at for duplicates, and there the first value stays.
final class LateChunks {
    /// `OutOfOrderCapMax`: a chunk of this size is closed.
    private static final int MAX_SAMPLES = 32;

    private final List<SortedMap<Long, Point>> chunks = new ArrayList<>();

    int size() {
        return chunks.size();
    }

    void add(Point point) {
        if (chunks.isEmpty() || chunks.getLast().size() >= MAX_SAMPLES) {
            chunks.add(new TreeMap<>());
        }
        chunks.getLast().putIfAbsent(point.timestampMs(), point);
    }

    /// Does a chunk reach into the range, both ends included?
    boolean touches(long fromMs, long toMs) {
        return chunks.stream().anyMatch(c -> c.firstKey() <= toMs && fromMs <= c.lastKey());
    }

    /// All points, the oldest chunk first.
    Stream<Point> points() {
        return chunks.stream().flatMap(chunk -> chunk.values().stream());
    }
}
