package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Parallel;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/// Nobody ran for a year: one run captures all of it. Says how often store and source were asked.
final class YearOfCatchUp {
    private static final Instant END = Site.START.plus(Duration.ofDays(365));

    private YearOfCatchUp() {}

    /// Prints slices, and requests by their kinds.
    public static void main(String[] args) {
        CountedStore store = new CountedStore(new MemoryStore());
        CountedSource source = new CountedSource();
        Clock clock = Clock.fixed(END, ZoneOffset.UTC);
        Vault vault = Vault.init(store, surroundings(clock));
        StreamConfig config =
                StreamConfig.from(Map.of("source", "a", "slice", "15m", "settle", "0s"));
        Exported exported =
                new Exporter(
                                vault.stream("prod"),
                                config,
                                source,
                                new Exporter.Surroundings(clock, _ -> {}, Progress.SILENT))
                        .run(Order.ALL);
        System.out.println("slices " + exported.committed());
        System.out.println("left " + exported.left());
        store.asked.forEach((what, times) -> System.out.println("store " + what + " " + times));
        source.asked.forEach((what, times) -> System.out.println("source " + what + " " + times));
    }

    private static Surroundings surroundings(Clock clock) {
        return new Surroundings(clock, new Random(1), _ -> {}, Parallel.IN_ORDER, "tsvault test");
    }

    /// Keeps records and pages, but no chunks.
    private static final class CountedStore extends Passage {
        private final SortedMap<String, Integer> asked = new TreeMap<>();

        CountedStore(ObjectStore to) {
            super(to);
        }

        private void ask(String what) {
            asked.merge(what, 1, Integer::sum);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            ask("create");
            return key.contains("/chunks/") ? Creation.CREATED : super.create(key, bytes);
        }

        @Override
        public Optional<byte[]> read(String key, int mostBytes) {
            ask("read");
            return super.read(key, mostBytes);
        }

        @Override
        public Optional<byte[]> read(String key, long offset, int length) {
            ask("read");
            return super.read(key, offset, length);
        }

        @Override
        public List<StoredObject> list(String prefix, String startAfter, int limit) {
            ask("list");
            return super.list(prefix, startAfter, limit);
        }
    }

    /// Has one sample in each minute.
    private static final class CountedSource implements Source {
        private static final Labels UP = Labels.of("__name__", "up");
        private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

        private final SortedMap<String, Integer> asked = new TreeMap<>();

        private void ask(String what) {
            asked.merge(what, 1, Integer::sum);
        }

        @Override
        public Abilities probe() {
            ask("probe");
            return new Abilities(
                    "memory", "1", "", END, List.of(Way.REMOTE_READ), List.<String>of());
        }

        @Override
        public Reading read(Mode mode, Selector selector, TimeRange range) {
            ask("read");
            Samples.Builder samples = Samples.builder();
            for (long ms = range.startMs(); ms < range.endMs(); ms += MINUTE_MS) {
                samples.add(ms, 1);
            }
            return Reading.of(List.of(new Series(UP, samples.build())).iterator());
        }

        @Override
        public SortedMap<String, Long> count(Selector selector, TimeRange range) {
            ask("count");
            return new TreeMap<>(Map.of("up", range.length().toMinutes()));
        }

        @Override
        public void countSeries(
                String metric, Selector selector, TimeRange range, ObjLongConsumer<Labels> each) {
            ask("countSeries");
            each.accept(UP, range.length().toMinutes());
        }

        @Override
        public List<String> labels(Selector selector, TimeRange range) {
            ask("labels");
            return List.of("__name__");
        }

        @Override
        public List<String> values(String label, Selector selector, TimeRange range) {
            ask("values");
            return List.of("up");
        }

        @Override
        public Optional<Instant> oldest(Selector selector) {
            ask("oldest");
            return Optional.of(Site.START);
        }

        @Override
        public List<Metadata> metadata() {
            ask("metadata");
            return List.of();
        }

        @Override
        public void close() {}
    }
}
