package io.tsvault.benchmarks.transfer;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Progress;
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
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;

/// Exports a million series of twenty samples each, which are made on the way, into a directory.
/// Prints how much memory the process had at most.
final class WideExport {
    private static final int METRICS = 1_000;
    private static final int INSTANCES = 1_000;
    private static final int SAMPLES = 20;
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofHours(2));

    private WideExport() {}

    /// Takes nothing; give it the heap that is to be enough.
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("tsvault-wide");
        Vault vault =
                Vault.init(
                        DirectoryStore.make(folder.resolve("vault")),
                        Surroundings.real("tsvault benchmark"));
        StreamConfig config =
                StreamConfig.from(Map.of("source", "a", "settle", "0s", "count", "off"));
        Exporter.Surroundings around =
                new Exporter.Surroundings(
                        Clock.fixed(END, Clock.systemUTC().getZone()), _ -> {}, Progress.SILENT);
        Exported exported =
                new Exporter(vault.stream("prod"), config, new Wide(), around).run(Order.ALL);
        exported.problem().ifPresent(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "%,d samples, %,d bytes%n",
                exported.samples(),
                exported.storedBytes());
        System.out.println(Cost.mostMemory());
    }

    /// In label order without sorting.
    private static final class Wide implements Source {
        private static Series series(int number) {
            Samples.Builder samples = Samples.builder();
            for (int i = 0; i < SAMPLES; i++) {
                samples.add(START.toEpochMilli() + (number % 7) + (i * 60_000L), number + i);
            }
            String name = "metric_%03d".formatted(number / INSTANCES);
            String instance = "host-%03d:9100".formatted(number % INSTANCES);
            return new Series(
                    Labels.of("__name__", name, "instance", instance, "job", "node"),
                    samples.build());
        }

        @Override
        public Abilities probe() {
            return new Abilities("made", "1", "", END, List.of(Way.REMOTE_READ), List.<String>of());
        }

        @Override
        public Reading read(Mode mode, Selector selector, TimeRange range) {
            return Reading.of(
                    IntStream.range(0, METRICS * INSTANCES).mapToObj(Wide::series).iterator());
        }

        @Override
        public SortedMap<String, Long> count(Selector selector, TimeRange range) {
            return new TreeMap<>(Map.of("metric_000", (long) INSTANCES * SAMPLES));
        }

        @Override
        public void countSeries(
                String metric, Selector selector, TimeRange range, ObjLongConsumer<Labels> each) {
            throw new IllegalStateException("nothing differs here");
        }

        @Override
        public List<String> labels(Selector selector, TimeRange range) {
            return List.of("__name__", "instance", "job");
        }

        @Override
        public List<String> values(String label, Selector selector, TimeRange range) {
            return List.of("metric_000");
        }

        @Override
        public Optional<Instant> oldest(Selector selector) {
            return Optional.of(START);
        }

        @Override
        public List<Metadata> metadata() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
