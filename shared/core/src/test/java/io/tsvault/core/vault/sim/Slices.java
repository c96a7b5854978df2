package io.tsvault.core.vault.sim;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.Event.Capture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the source has: for a slice always the same chunks, whoever asks, until it is amended.
final class Slices {
    static final long ORIGIN_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    static final Capture CAPTURE =
            new Capture("remote-read", 0, "http://a:9090", "3.5.0", List.of(), List.of());

    private static final long WIDTH_MS = Duration.ofMinutes(15).toMillis();
    private static final Map<List<Integer>, Chunk> CHUNKS = new ConcurrentHashMap<>();

    private Slices() {}

    static TimeRange slice(int number) {
        long start = ORIGIN_MS + (number * WIDTH_MS);
        return new TimeRange(start, start + WIDTH_MS);
    }

    /// From the first slice to this one, which is not in it.
    static TimeRange until(int number) {
        return new TimeRange(ORIGIN_MS, ORIGIN_MS + (number * WIDTH_MS));
    }

    /// @param revision 1 when it is read for the first time
    static Chunk chunk(int slice, int part, int revision) {
        return CHUNKS.computeIfAbsent(
                List.of(slice, part, revision), _ -> made(slice, part, revision));
    }

    private static Chunk made(int slice, int part, int revision) {
        List<Chunk> chunks = new ArrayList<>();
        ChunkWriter writer = new ChunkWriter(chunks::add);
        Samples samples = Samples.builder().add(slice(slice).startMs() + part, revision).build();
        writer.add(new Series(Labels.of("__name__", "up", "part", "p" + part), samples));
        writer.close();
        return chunks.getFirst();
    }
}
