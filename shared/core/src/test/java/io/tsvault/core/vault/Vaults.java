package io.tsvault.core.vault;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkSummary;
import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Event.Capture;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// Vaults, slices and chunks for tests.
public final class Vaults {
    /// Where the first slice begins.
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    /// How the samples were had.
    public static final Capture CAPTURE =
            new Capture("remote-read", 0, "http://a:9090", "3.5.0", List.of(), List.of());

    private Vaults() {}

    /// Nothing is left to chance, or to threads.
    public static Surroundings surroundings(long seed) {
        return new Surroundings(
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Random(seed),
                _ -> {},
                Parallel.IN_ORDER,
                "tsvault test");
    }

    /// A millisecond passes whenever somebody asks for the time.
    public static Surroundings ticking(long seed) {
        Surroundings still = surroundings(seed);
        AtomicLong nowMs = new AtomicLong(NOW.toEpochMilli());
        InstantSource ticking = () -> Instant.ofEpochMilli(nowMs.incrementAndGet());
        return new Surroundings(
                ticking.withZone(ZoneOffset.UTC),
                still.random(),
                still.pause(),
                still.parallel(),
                still.writer());
    }

    /// The slice with this number, a quarter of an hour long.
    public static TimeRange slice(long number) {
        long width = Duration.ofMinutes(15).toMillis();
        long start = NOW.toEpochMilli() + (number * width);
        return new TimeRange(start, start + width);
    }

    /// A chunk with one series whose one value is this one.
    public static Chunk chunk(TimeRange slice, double value) {
        List<Chunk> chunks = new ArrayList<>();
        ChunkWriter writer = new ChunkWriter(chunks::add);
        Samples samples = Samples.builder().add(slice.startMs(), value).build();
        writer.add(new Series(Labels.of("__name__", "up"), samples));
        writer.close();
        return chunks.getFirst();
    }

    /// A reference to no chunk at all.
    public static ChunkRef reference(long number) {
        String digits = "%032x".formatted(number);
        return new ChunkRef(digits, digits + digits, new ChunkSummary(1, 1, 1, 1, 1, 100, 1));
    }

    /// Keeps a slice.
    public static StreamState.Settled commit(StreamLog log, long number, double value) {
        Deposit deposit = log.deposit(slice(number));
        deposit.add(chunk(slice(number), value));
        if (deposit.commit(true, List.of(), CAPTURE) != Deposit.Outcome.RECORDED) {
            throw new AssertionError("slice " + number + " was settled before");
        }
        return log.state().slice(slice(number)).orElseThrow();
    }
}
