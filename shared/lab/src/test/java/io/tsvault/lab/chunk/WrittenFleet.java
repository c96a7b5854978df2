package io.tsvault.lab.chunk;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A fleet in one chunk, and what went into it.
record WrittenFleet(Chunk chunk, Map<Labels, Long> content) {
    static final Selector EVERYTHING = Selector.of(List.of());
    static final Duration WINDOW = Duration.ofHours(2);
    static final int LARGEST = 64 << 20;

    /// Making one takes seconds, and each is asked for by several tests.
    private static final Map<Yardstick, WrittenFleet> WRITTEN = new HashMap<>();

    static synchronized WrittenFleet of(Yardstick yardstick) {
        return WRITTEN.computeIfAbsent(yardstick, WrittenFleet::write);
    }

    private static WrittenFleet write(Yardstick yardstick) {
        List<Chunk> chunks = new ArrayList<>();
        Content content = new Content();
        ChunkWriter writer = new ChunkWriter(LARGEST, Map.of(), chunks::add);
        yardstick
                .fleet()
                .windows(WINDOW)
                .flatMap(window -> window.series())
                .forEachOrdered(
                        series -> {
                            writer.add(series);
                            content.add(series);
                        });
        writer.close();
        if (chunks.size() != 1) {
            throw new IllegalStateException(yardstick + " takes " + chunks.size() + " chunks");
        }
        return new WrittenFleet(chunks.getFirst(), content.hashes());
    }

    ChunkReader read() {
        return ChunkReader.open(chunk.ranges());
    }
}
