package io.tsvault.core.export;

import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.MemorySource;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.vault.Parallel;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.ChunkRef;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A source, a vault and a clock that only tests move.
final class Site {
    /// Where all history begins.
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    final MemorySource source = new MemorySource(List.of());
    private Instant now = START;
    private Progress progress = Progress.SILENT;
    final Vault vault =
            Vault.init(
                    new MemoryStore(),
                    new io.tsvault.core.vault.Surroundings(
                            clock(), new Random(1), _ -> {}, Parallel.IN_ORDER, "tsvault test"));
    final List<Duration> pauses = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>();

    Site() {
        set("source", "a");
        set("slice", "15m");
        set("settle", "1m");
        set("reread", "off");
    }

    Site set(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /// Every 30 seconds a sample, from one time after the start until just before another.
    Site scrape(String metric, Duration from, Duration to) {
        return scrape(metric, from, to, 0);
    }

    Site scrape(String metric, Duration from, Duration to, double add) {
        source.add(series(metric, from, to, add));
        return this;
    }

    Series series(String metric, Duration from, Duration to, double add) {
        Samples.Builder samples = Samples.builder();
        for (Duration at = from; at.compareTo(to) < 0; at = at.plus(INTERVAL)) {
            samples.add(START.plus(at).toEpochMilli(), at.toSeconds() + add);
        }
        return new Series(Labels.of("__name__", metric, "job", "node"), samples.build());
    }

    /// It is so long after the start.
    Site at(Duration time) {
        now = START.plus(time);
        source.clock(now);
        return this;
    }

    Site pass(Duration time) {
        now = now.plus(time);
        source.clock(now);
        return this;
    }

    Exported export() {
        return export(source, Order.ALL);
    }

    Exported export(Order order) {
        return export(source, order);
    }

    Exported export(Source from, Order order) {
        return exporter(from).run(order);
    }

    Exporter exporter() {
        return exporter(source);
    }

    private Exporter exporter(Source from) {
        return new Exporter(
                log(),
                StreamConfig.from(settings),
                from,
                new Exporter.Surroundings(clock(), this::pause, progress));
    }

    /// Warnings go there from now on.
    Site told(Consumer<String> warnings) {
        progress =
                new Progress() {
                    @Override
                    public void begins(TimeRange slice, long done, long left) {}

                    @Override
                    public void reads(long samples) {}

                    @Override
                    public void ends(TimeRange slice, String outcome, long bytes) {}

                    @Override
                    public void warns(String message) {
                        warnings.accept(message);
                    }
                };
        return this;
    }

    private void pause(Duration time) {
        pauses.add(time);
        now = now.plus(time);
    }

    /// Something takes so long.
    void passByClock(Duration time) {
        now = now.plus(time);
    }

    StreamLog log() {
        return vault.stream("prod");
    }

    /// The kinds of all records, oldest first.
    List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        for (Settled settled : log().state().slices()) {
            kinds.add(settled.status().toString());
        }
        return kinds;
    }

    /// The metrics that the chunks of a slice describe.
    ///
    /// @param slice its number, from 0 on
    List<String> described(int slice) {
        List<String> described = new ArrayList<>();
        Settled settled = List.copyOf(log().state().slices()).get(slice);
        for (ChunkRef chunk : settled.chunks()) {
            try (ChunkReader reader = ChunkReader.open(log().open(settled.slice(), chunk))) {
                reader.metadata().forEach(one -> described.add(one.family()));
            }
        }
        return described;
    }

    /// What is kept, all of it: timestamps and value bits by series.
    Map<Labels, SortedMap<Long, Long>> kept() {
        Map<Labels, SortedMap<Long, Long>> kept = new HashMap<>();
        StreamLog log = log();
        for (Settled settled : log.state().slices()) {
            for (ChunkRef chunk : settled.chunks()) {
                try (ChunkReader reader = ChunkReader.open(log.open(settled.slice(), chunk))) {
                    reader.series(Selector.of(List.of()), TimeRange.ALL)
                            .forEach(series -> put(series, kept));
                }
            }
        }
        return kept;
    }

    private static void put(Series series, Map<Labels, SortedMap<Long, Long>> into) {
        SortedMap<Long, Long> samples = into.computeIfAbsent(series.labels(), _ -> new TreeMap<>());
        for (int i = 0; i < series.samples().size(); i++) {
            Long before =
                    samples.put(series.samples().timestampMs(i), series.samples().valueBits(i));
            if (before != null) {
                throw new AssertionError(series.labels() + " twice at one time");
            }
        }
    }

    /// How many samples of a metric are kept.
    int samples(String metric) {
        return kept().entrySet().stream()
                .filter(one -> one.getKey().get("__name__").orElse("").equals(metric))
                .mapToInt(one -> one.getValue().size())
                .sum();
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
