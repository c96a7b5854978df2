package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Progress;
import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Seen;
import io.tsvault.core.source.Way;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.prometheus.http.Http;
import io.tsvault.wire.v1.ReadRequest.ResponseType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a real server was given is what the vault keeps, less what the way is known to lose.
@Tag("slow")
class RealExportTest {
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final List<String> WIDTHS = List.of("15m", "2h");
    private static final Map<String, Long> SLICES = Map.of("15m", 24L, "2h", 3L);

    @ParameterizedTest
    @ValueSource(strings = {"prometheus:2.42", "prometheus:2.53", "prometheus:3.5"})
    void S23_S24_everyBitIsKeptFromAPrometheus(String name) {
        SixHours given = SixHours.ofAnyBits();
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            given.sendTo(server.uri());
            for (String width : WIDTHS) {
                for (Way way : List.of(Way.REMOTE_READ, Way.RAW, Way.QUERY_RANGE)) {
                    assertKept(server.uri(), given, width, way);
                }
            }
        }
    }

    @Test
    void S23_S24_everyBitIsKeptFromAVictoriaMetrics() {
        SixHours given = SixHours.ofPlainValues();
        try (Server server = RealServer.startOrSkip(Lab.victoriaMetrics("1.145"))) {
            given.sendTo(server.uri());
            Filled.flush(server.uri());
            for (String width : WIDTHS) {
                assertKept(server.uri(), given, width, Way.EXPORT);
                assertKept(server.uri(), given.steady(), width, Way.QUERY_RANGE);
            }
        }
    }

    private static void assertKept(URI server, SixHours given, String width, Way way) {
        StreamLog log = newStream();
        Mode mode = way == Way.QUERY_RANGE ? Mode.grid(STEP) : Mode.of(way);

        Map<String, String> settings = settings(width, mode);
        settings.put("selectors", given.selector());
        Exported exported = export(server, log, settings);

        assertThat(exported.problem()).as("%s of %s", mode, width).isEmpty();
        assertThat(exported.committed()).isEqualTo(SLICES.get(width));
        assertThat(exported.warnings()).allMatch(text -> text.contains("no external labels"));
        for (Settled settled : log.state().slices()) {
            assertThat(settled.status()).isEqualTo(Status.COMMITTED);
            assertThat(settled.revisions().getFirst().capture().lost()).isEqualTo(way.lost());
        }
        assertThat(Kept.in(log)).as("%s of %s", mode, width).isEqualTo(expected(given, mode));
    }

    private static SortedMap<Labels, Series> expected(SixHours given, Mode mode) {
        SortedMap<Labels, Series> expected = new TreeMap<>();
        for (Series series : given.series()) {
            Series seen = Seen.by(mode, series, SixHours.RANGE);
            expected.put(seen.labels(), seen);
        }
        return expected;
    }

    private static Map<String, String> settings(String width, Mode mode) {
        Map<String, String> settings = new HashMap<>();
        settings.put("source", "s");
        settings.put("slice", width);
        settings.put("count", "always");
        settings.put("mode", mode.way().toString());
        if (!mode.step().isZero()) {
            settings.put("step", "30s");
        }
        return settings;
    }

    private static StreamLog newStream() {
        return Vault.init(new MemoryStore(), Surroundings.real("test")).stream("s");
    }

    private static Exported export(URI server, StreamLog log, Map<String, String> settings) {
        Order order = new Order(SixHours.RANGE, Instant.MAX);
        Exporter.Surroundings around =
                new Exporter.Surroundings(Clock.systemUTC(), _ -> {}, Progress.SILENT);
        try (PrometheusSource source = new PrometheusSource(Filled.http(server))) {
            return new Exporter(log, StreamConfig.from(settings), source, around).run(order);
        }
    }

    /// Held against the other form in which remote read gives them.
    @ParameterizedTest
    @ValueSource(strings = {"prometheus:2.53", "prometheus:3.5"})
    void S25_nativeHistogramsAreKept(String name) {
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            SixHours.ofAnyBits().sendTo(server.uri());
            long beginMs = SixHours.RANGE.endMs() - Duration.ofMinutes(45).toMillis();
            Writing.to(server.uri()).send(SomeHistograms.exponential(beginMs));
            SortedMap<Labels, Histograms> sampled = sampled(server);
            assertThat(sampled).hasSize(4);
            for (String width : WIDTHS) {
                StreamLog log = newStream();
                Exported exported =
                        export(server.uri(), log, settings(width, Mode.of(Way.REMOTE_READ)));
                assertThat(exported.problem()).isEmpty();
                SortedMap<Labels, Series> kept = Kept.in(log);
                kept.values().removeIf(series -> series.histograms().size() == 0);
                assertThat(kept.keySet()).isEqualTo(sampled.keySet());
                kept.forEach(
                        (labels, series) ->
                                assertSame(
                                        series.histograms(),
                                        sampled.getOrDefault(labels, Histograms.NONE)));
            }
        }
    }

    private static SortedMap<Labels, Histograms> sampled(Server server) {
        SortedMap<Labels, Histograms> sampled = new TreeMap<>();
        Selector all = StreamConfig.EVERYTHING;
        try (Http http = Filled.http(server.uri());
                Reading reading =
                        new RemoteRead(http, ExternalLabels.NONE, RemoteRead.USUAL)
                                .read(all, SixHours.RANGE, ResponseType.SAMPLES)) {
            reading.forEachRemaining(one -> sampled.put(one.labels(), one.histograms()));
        }
        sampled.values().removeIf(histograms -> histograms.size() == 0);
        return sampled;
    }

    /// All but the hint, which a server forgets where it sends samples.
    private static void assertSame(Histograms kept, Histograms sampled) {
        assertThat(kept.size()).isEqualTo(SomeHistograms.EACH).isEqualTo(sampled.size());
        for (int i = 0; i < kept.size(); i++) {
            Histogram one = kept.histogram(i);
            Histogram other = sampled.histogram(i);
            assertThat(kept.timestampMs(i)).isEqualTo(sampled.timestampMs(i));
            assertThat(one.layout()).isEqualTo(other.layout());
            assertThat(one.totals()).isEqualTo(other.totals());
            assertThat(one).as("number %s", i).hasToString(other.toString());
        }
    }

    /// The server dies as from a power cut, before it answers some request of the export.
    @Test
    void S01_aSourceThatIsKilledLeavesNoHoleAndNothingTwice() {
        assertSurvivesKills(20261101, 5);
    }

    @Test
    @Tag("campaign")
    void S01_aSourceThatIsKilledFiftyTimesLeavesNoHoleAndNothingTwice() {
        assertSurvivesKills(20261102, 50);
    }

    private static void assertSurvivesKills(long seed, int kills) {
        Random random = new Random(seed);
        SixHours given = SixHours.ofAnyBits();
        Map<String, String> settings = settings("15m", Mode.of(Way.REMOTE_READ));
        settings.put("identity", "{cluster=\"c\"}"); // it listens elsewhere when it is back
        Setup setup =
                Lab.named("prometheus:3.5").config("global: {external_labels: {cluster: c}}\n");
        try (Server server = RealServer.startOrSkip(setup)) {
            given.sendTo(server.uri());
            for (int kill = 0; kill < kills; kill++) {
                int fatal = 5 + random.nextInt(120);
                String where = "seed %d, killed before request %d".formatted(seed, fatal);
                StreamLog log = newStream();
                Exported first = killed(server, fatal, log, settings);
                server.restart();
                assertThat(first.problem()).as(where).isPresent();

                Exported rest = export(server.uri(), log, settings);

                assertThat(rest.problem()).as(where).isEmpty();
                assertThat(first.committed() + rest.committed()).as(where).isEqualTo(24);
                assertThat(Kept.in(log))
                        .as(where)
                        .isEqualTo(expected(given, Mode.of(Way.REMOTE_READ)));
            }
        }
    }

    private static Exported killed(
            Server server, int fatal, StreamLog log, Map<String, String> settings) {
        try (FaultProxy proxy =
                FaultProxy.to(
                        server.uri(),
                        request -> {
                            if (request.number() == fatal) {
                                server.kill();
                            }
                            return new Fault.Pass();
                        })) {
            return export(proxy.uri(), log, settings);
        }
    }
}
