package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Progress;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Seen;
import io.tsvault.core.source.Way;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// From every server into every server, whatever it has before: in the end each sample is there
/// that the source had, as another way of reading sees it; or nothing was begun. Trips are taken
/// side by side: most of the time they wait until a server shows what it was given.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripTest {
    private static final String NEWEST = "prometheus:3.5";
    private static final String VICTORIA_METRICS = "victoria-metrics:1.145";
    private static final List<String> SERVERS =
            List.of("prometheus:2.42", "prometheus:2.53", NEWEST, VICTORIA_METRICS);
    private static final Duration WINDOW = Duration.ofDays(400);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Since then the sources have samples, for six hours.
    private final long startMs;

    private final TimeRange range;
    private final Map<String, MemoryStore> backups = new ConcurrentHashMap<>();
    private final HttpServer scraped;

    RoundTripTest() throws IOException {
        long hourMs = Duration.ofHours(1).toMillis();
        startMs =
                Math.floorDiv(Instant.now().toEpochMilli(), 2 * hourMs) * 2 * hourMs - 10 * hourMs;
        range = new TimeRange(startMs, startMs + 6 * hourMs);
        scraped = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        scraped.createContext(
                "/metrics",
                exchange -> {
                    byte[] answer = "steady{i=\"0\"} 1\n".getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        scraped.start();
    }

    @AfterAll
    void stop() {
        scraped.stop(0);
    }

    /// What a target has before anything is restored into it.
    enum Before {
        NOTHING,
        /// All samples of the first half.
        HALF,
        /// From the first to the last.
        EVERY_SECOND_SAMPLE,
        /// It scrapes one of the series that are to be restored, among others.
        SCRAPES
    }

    /// @param window may come samples that are older than the newest?
    record Trip(String source, String target, Before before, boolean window) {
        boolean isPlain() {
            return source.equals(VICTORIA_METRICS) || target.equals(VICTORIA_METRICS);
        }

        boolean isPossible() {
            boolean inOrder = before == Before.NOTHING || before == Before.HALF;
            return window || inOrder || target.equals(VICTORIA_METRICS);
        }
    }

    static Stream<Trip> everyPair() {
        return pairs().flatMap(
                        pair -> Stream.of(new Trip(pair[0], pair[1], Before.NOTHING, false)));
    }

    static Stream<Trip> everyState() {
        return states(NEWEST, NEWEST)
                .filter(trip -> trip.before() != Before.NOTHING || trip.window());
    }

    static Stream<Trip> everyPairInEveryState() {
        return pairs().flatMap(pair -> states(pair[0], pair[1]));
    }

    private static Stream<String[]> pairs() {
        return SERVERS.stream()
                .flatMap(from -> SERVERS.stream().map(into -> new String[] {from, into}));
    }

    private static Stream<Trip> states(String source, String target) {
        List<Boolean> windows =
                target.equals(VICTORIA_METRICS) ? List.of(true) : List.of(false, true);
        return Arrays.stream(Before.values())
                .flatMap(before -> windows.stream().map(w -> new Trip(source, target, before, w)));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource
    void everyPair(Trip trip) {
        take(trip);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource
    void everyState(Trip trip) {
        take(trip);
    }

    @Tag("campaign")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource
    void everyPairInEveryState(Trip trip) {
        take(trip);
    }

    private void take(Trip trip) {
        MemoryStore backup = backups.computeIfAbsent(trip.source(), this::backUp);
        Vault vault = Vault.open(backup, Surroundings.real("test"));
        List<Series> given = given(trip.isPlain() ? VICTORIA_METRICS : trip.source());
        try (Server server = RealServer.startOrSkip(setup(trip))) {
            List<Series> there = prepare(server, trip, given);

            Restored restored = restore(vault, server.uri(), trip.isPlain());

            State expected = trip.isPossible() ? State.DONE : State.REFUSED;
            assertThat(restored.state()).as("%s", restored).isEqualTo(expected);
            assertThat(seen(server.uri(), trip.target()))
                    .isEqualTo(expected(trip.isPossible() ? given : there, trip.target()));
            if (trip.isPossible()) {
                assertThat(restored.outcome().before()).isEqualTo(samples(there));
                assertThat(restored.outcome().written()).isEqualTo(samples(given) - samples(there));
            }
        }
    }

    private static long samples(List<Series> all) {
        return all.stream().mapToLong(Series::size).sum();
    }

    /// What a source had, ending some hours ago. VictoriaMetrics does not keep values of any bits.
    private List<Series> given(String server) {
        SixHours given =
                server.equals(VICTORIA_METRICS) ? SixHours.ofPlainValues() : SixHours.ofAnyBits();
        return given.series().stream().map(this::late).toList();
    }

    private Series late(Series series) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < series.samples().size(); i++) {
            samples.addBits(
                    series.samples().timestampMs(i) - SixHours.START_MS + startMs,
                    series.samples().valueBits(i));
        }
        return new Series(series.labels(), samples.build());
    }

    private MemoryStore backUp(String source) {
        try (Server server = RealServer.startOrSkip(Lab.named(source))) {
            send(server.uri(), given(source));
            if (source.equals(VICTORIA_METRICS)) {
                Filled.flush(server.uri());
            }
            MemoryStore backup = new MemoryStore();
            export(
                    server.uri(),
                    Vault.init(backup, Surroundings.real("test")).stream("prod"),
                    Map.of());
            return backup;
        }
    }

    /// Half an hour at once, as it happened.
    private void send(URI server, List<Series> all) {
        for (TimeRange part : range.cut(Duration.ofMinutes(30).toMillis())) {
            Writing.to(server)
                    .send(
                            all.stream()
                                    .map(
                                            one ->
                                                    new Series(
                                                            one.labels(),
                                                            one.samples().within(part)))
                                    .filter(one -> one.size() > 0)
                                    .toList());
        }
    }

    private void export(URI server, StreamLog log, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("source", "s");
        settings.put("slice", "2h");
        settings.put("count", "always");
        Exporter.Surroundings around =
                new Exporter.Surroundings(Clock.systemUTC(), _ -> {}, Progress.SILENT);
        try (PrometheusSource source = new PrometheusSource(Filled.http(server))) {
            Exported exported =
                    new Exporter(log, StreamConfig.from(settings), source, around)
                            .run(new Exporter.Order(range, Instant.MAX));
            assertThat(exported.problem()).isEmpty();
        }
    }

    private Setup setup(Trip trip) {
        Setup setup = Lab.named(trip.target());
        String scrapes = trip.before() == Before.SCRAPES ? scrapes() : "";
        if (trip.target().equals(VICTORIA_METRICS)) {
            return scrapes.isEmpty() ? setup : setup.flag("-promscrape.config=" + file(scrapes));
        }
        String window =
                trip.window()
                        ? "storage: {tsdb: {out_of_order_time_window: %dms}}\n"
                                .formatted(WINDOW.toMillis())
                        : "";
        return setup.config(window + (scrapes.isEmpty() ? "global: {}\n" : scrapes));
    }

    private String scrapes() {
        return """
        global: {scrape_interval: 1s, scrape_timeout: 1s}
        scrape_configs:
        - job_name: live
          honor_labels: true
          static_configs: [{targets: ['127.0.0.1:%d']}]
          metric_relabel_configs: [{action: labeldrop, regex: 'instance|job'}]
        """
                .formatted(scraped.getAddress().getPort());
    }

    private static Path file(String text) {
        try {
            Path file = Files.createTempFile("tsvault-scrapes", ".yml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return what of the samples to be restored is there
    private List<Series> prepare(Server server, Trip trip, List<Series> given) {
        List<Series> there =
                switch (trip.before()) {
                    case NOTHING -> List.of();
                    case HALF -> half(given);
                    case EVERY_SECOND_SAMPLE -> everySecond(given);
                    case SCRAPES -> awaitScrape(server.uri());
                };
        send(server.uri(), there);
        if (trip.target().equals(VICTORIA_METRICS)) {
            Filled.flush(server.uri());
        }
        return there;
    }

    private List<Series> half(List<Series> given) {
        TimeRange first = new TimeRange(startMs, startMs + range.length().toMillis() / 2);
        return given.stream()
                .map(one -> new Series(one.labels(), one.samples().within(first)))
                .filter(one -> one.size() > 0)
                .toList();
    }

    private static List<Series> everySecond(List<Series> given) {
        List<Series> all = new ArrayList<>();
        for (Series one : given) {
            Samples.Builder samples = Samples.builder();
            for (int i = 0; i < one.samples().size(); i += 2) {
                samples.addBits(one.samples().timestampMs(i), one.samples().valueBits(i));
            }
            all.add(new Series(one.labels(), samples.build()));
        }
        return all;
    }

    private static List<Series> awaitScrape(URI server) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        Api api = new Api(Filled.http(server));
        TimeRange ever = new TimeRange(0, giveUp.toEpochMilli());
        while (!api.hasSeries("steady", ever)) {
            assertThat(Instant.now()).isBefore(giveUp);
            Thread.onSpinWait();
        }
        return List.of();
    }

    private static Restored restore(Vault vault, URI server, boolean plain) {
        Manifest manifest =
                Backup.manifest(
                        "\"target\": \"at%d\"".formatted(server.getPort()),
                        plain ? "\"match\": [\"{__name__!='bits'}\"]" : "\"match\": []");
        try (PrometheusTarget target = PrometheusTarget.open(() -> Filled.http(server))) {
            return new Restorer(
                            vault,
                            target,
                            new Restorer.Surroundings(
                                    Clock.systemUTC(), Pause.SLEEP, Instant.MAX, Watcher.SILENT))
                    .run("local", manifest);
        }
    }

    /// What the target has in the end, by another way than the one that the restore reads back by.
    private SortedMap<Labels, Series> seen(URI server, String product) {
        if (product.equals(VICTORIA_METRICS)) {
            Filled.flush(server);
        }
        StreamLog log = Vault.init(new MemoryStore(), Surroundings.real("test")).stream("seen");
        export(server, log, Map.of("mode", mode(product).way().toString()));
        return Kept.in(log);
    }

    private SortedMap<Labels, Series> expected(List<Series> all, String product) {
        SortedMap<Labels, Series> expected = new TreeMap<>();
        for (Series series : all) {
            Series seen = Seen.by(mode(product), series, range);
            expected.put(seen.labels(), seen);
        }
        return expected;
    }

    private static Mode mode(String product) {
        return Mode.of(product.equals(VICTORIA_METRICS) ? Way.EXPORT : Way.RAW);
    }
}
