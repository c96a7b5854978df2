package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Progress;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Reply;
import io.tsvault.lab.proxy.Request;
import io.tsvault.lab.proxy.Script;
import io.tsvault.lab.twin.Generation;
import io.tsvault.lab.twin.Twin;
import io.tsvault.lab.twin.TwinOptions;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whole exports from a server that is hit while it answers.
class ExportUnderFireTest {
    private static final Fault.Pass PASS = new Fault.Pass();
    private static final int SERIES = 1_000;
    private static final long STEP_MS = 3_000;

    /// Within an hour of its newest sample a head takes everything.
    private static final long PART_MS = 2_400_000;

    private final List<String> warnings = new ArrayList<>();
    private final StreamLog log =
            Vault.init(new MemoryStore(), Surroundings.real("test")).stream("s");

    private static boolean isRead(Request request) {
        return request.is("POST", "/api/v1/read");
    }

    private Exported export(URI server, TimeRange range, Runnable onFirstSamples) {
        StreamConfig config = StreamConfig.from(Map.of("source", "s", "count", "always"));
        Exporter.Surroundings around =
                new Exporter.Surroundings(Clock.systemUTC(), _ -> {}, new Listener(onFirstSamples));
        try (PrometheusSource source = new PrometheusSource(Filled.http(server))) {
            return new Exporter(log, config, source, around).run(new Order(range, Instant.MAX));
        }
    }

    private final class Listener implements Progress {
        private final Runnable onFirstSamples;
        private boolean struck;

        Listener(Runnable onFirstSamples) {
            this.onFirstSamples = onFirstSamples;
        }

        @Override
        public void begins(TimeRange slice, long done, long left) {}

        @Override
        public void reads(long samples) {
            if (!struck) {
                struck = true;
                onFirstSamples.run();
            }
        }

        @Override
        public void ends(TimeRange slice, String outcome, long bytes) {}

        @Override
        public void warns(String warning) {
            warnings.add(warning);
        }
    }

    private static SortedMap<Labels, Series> expected(SixHours given) {
        SortedMap<Labels, Series> expected = new TreeMap<>();
        given.series().forEach(series -> expected.put(series.labels(), series));
        return expected;
    }

    private static Twin twin() {
        return Twin.of(TwinOptions.of(Generation.V3_5).outOfOrder(Duration.ofDays(3)));
    }

    @Test
    void S07_aBodyThatIsCutAnywhereIsReadAgain() throws Exception {
        long seed = 20261122;
        Random random = new Random(seed);
        SixHours given = SixHours.ofAnyBits();
        Script cutting =
                request ->
                        isRead(request) && random.nextInt(3) > 0
                                ? new Fault.Cut(
                                        Fault.Leg.RESPONSE,
                                        random.nextInt(2_000),
                                        Fault.Ending.RESET)
                                : PASS;
        try (Twin twin = twin();
                FaultProxy proxy = FaultProxy.to(twin.uri(), cutting)) {
            given.sendTo(twin.uri());
            long committed = 0;
            for (int run = 0; run < 50 && committed < 3; run++) {
                committed += export(proxy.uri(), SixHours.RANGE, () -> {}).committed();
            }

            assertThat(warnings)
                    .as("seed %d", seed)
                    .anyMatch(text -> text.contains("trying again"));
            assertThat(Kept.in(log)).as("seed %d", seed).isEqualTo(expected(given));
        }
    }

    @Test
    void S21_aQueryThatTimedOutIsAskedInPiecesAndThatIsRemembered() throws Exception {
        Reply timedOut =
                new Reply(
                        503,
                        Map.of("Content-Type", "application/json"),
                        """
                        {"status":"error","errorType":"timeout","error":"query timed out in query execution"}\
                        """);
        List<Request> reads = new ArrayList<>();
        Script script =
                request -> {
                    if (isRead(request)) {
                        reads.add(request);
                    }
                    boolean isOfSlice = reads.size() == 3 || reads.size() == 4; // not the probe's
                    return isRead(request) && isOfSlice ? new Fault.Answer(timedOut) : PASS;
                };
        SixHours given = SixHours.ofAnyBits();
        try (Twin twin = twin();
                FaultProxy proxy = FaultProxy.to(twin.uri(), script)) {
            given.sendTo(twin.uri());

            Exported exported = export(proxy.uri(), SixHours.RANGE, () -> {});

            assertThat(exported.problem()).isEmpty();
            assertThat(warnings)
                    .as("it is divided, not asked again")
                    .noneMatch(text -> text.contains("trying again"));
            assertThat(log.state().slices())
                    .allSatisfy(slice -> assertThat(piece(slice)).isEqualTo("PT30M"));
            assertThat(Kept.in(log)).isEqualTo(expected(given));
        }
    }

    private static String piece(Settled slice) {
        return slice.revisions().getFirst().capture().notes().getOrDefault("piece", "whole");
    }

    /// The answer is more than the network holds, so that it breaks off.
    @Test
    @Tag("slow")
    void S07_aSourceThatIsKilledInTheMiddleOfABodyIsCaughtUp() {
        TimeRange slice = new TimeRange(SixHours.START_MS, SixHours.START_MS + 7_200_000);
        try (Server server = RealServer.startOrSkip(Lab.prometheus("3.5"))) {
            Random random = new Random(1);
            for (TimeRange part : slice.cut(PART_MS)) {
                Filled.with(server.uri(), noise(part, random));
            }

            Exported killed = export(server.uri(), slice, server::kill);

            assertThat(killed.problem()).isPresent();
            assertThat(warnings).anyMatch(text -> text.contains("the answer breaks off behind"));
            assertThat(log.state().slices()).isEmpty();
            assertThat(log.state().trouble()).isPresent();
            server.restart();

            Exported rest = export(server.uri(), slice, () -> {});

            assertThat(rest.problem()).isEmpty();
            assertThat(rest.samples()).isEqualTo(SERIES * slice.length().toMillis() / STEP_MS);
        }
    }

    private static List<Series> noise(TimeRange slice, Random random) {
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            Samples.Builder samples = Samples.builder();
            for (long ms = slice.startMs(); ms < slice.endMs(); ms += STEP_MS) {
                samples.add(ms, random.nextGaussian());
            }
            all.add(new Series(Labels.of("__name__", "noise", "i", "" + i), samples.build()));
        }
        return all;
    }
}
