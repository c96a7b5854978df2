package io.tsvault.lab.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Real servers hold what a fleet fed them.
@Tag("slow")
class RealServerFeedTest {
    private static final Duration LENGTH = Duration.ofMinutes(90);
    private static final Instant END = Instant.parse("2026-06-01T00:00:00Z");
    private static final Fleet FLEET =
            new Fleet(
                    Recipe.PUBLIC_2,
                    7,
                    10,
                    new Schedule(END.minus(LENGTH), Duration.ofSeconds(15), LENGTH));

    private static final List<String> METRICS =
            List.of("node_cpu_seconds_total", "http_requests_total", "container_last_seen");

    static Stream<String> everyServer() {
        return Stream.of(Lab.everyPrometheus(), Lab.everyVictoriaMetrics())
                .flatMap(List::stream)
                .map(Setup::name);
    }

    @ParameterizedTest
    @MethodSource("everyServer")
    void aServerHoldsEverySampleThatItWasFed(String name) throws Exception {
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            RemoteWriteFeed.Sent sent = new RemoteWriteFeed(server.uri()).send(FLEET);
            assertThat(sent.samples())
                    .isEqualTo(FLEET.series().mapToLong(s -> s.samples().size()).sum());
            assertHolds(server);
        }
    }

    @Test
    void promtoolMakesBlocksOfTheText(@TempDir Path folder) throws Exception {
        Setup setup = Lab.prometheus();
        RealServer.startOrSkip(setup).close();
        Path promtool = setup.tool("promtool").orElse(Path.of("promtool"));
        assumeTrue(Files.isExecutable(promtool), "this Prometheus came without promtool");
        Path text = folder.resolve("fleet.om");
        try (OutputStream out = Files.newOutputStream(text)) {
            OpenMetricsFeed.write(FLEET.series(), out);
        }
        Path blocks = folder.resolve("blocks");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        promtool.toString(),
                                        "tsdb",
                                        "create-blocks-from",
                                        "openmetrics",
                                        text.toString(),
                                        blocks.toString()))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        try (Server server = setup.data(blocks).start()) {
            assertHolds(server);
        }
    }

    private static void assertHolds(Server server) throws Exception {
        for (String metric : METRICS) {
            long samples =
                    FLEET.series(Selector.parse(metric))
                            .mapToLong(RealServerFeedTest::visible)
                            .sum();
            assertThat(samples).isPositive();
            String query = "sum(count_over_time(" + metric + "[3h]))";
            awaitAnswer(server, query, "\"" + samples + "\"");
        }
    }

    /// Queries do not see stale markers.
    private static long visible(Series series) {
        Samples samples = series.samples();
        long stale = 0;
        for (int i = 0; i < samples.size(); i++) {
            stale += samples.valueBits(i) == Samples.STALE_MARKER ? 1 : 0;
        }
        return samples.size() - stale;
    }

    /// VictoriaMetrics shows samples a moment after it took them.
    private static void awaitAnswer(Server server, String query, String expected) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri =
                    server.uri()
                            .resolve(
                                    "/api/v1/query?nocache=1&time="
                                            + END.plusSeconds(60).getEpochSecond()
                                            + "&query="
                                            + URLEncoder.encode(query, UTF_8));
            Instant deadline = Instant.now().plusSeconds(30);
            String body;
            do {
                body =
                        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                                .body();
            } while (!body.contains(expected) && Instant.now().isBefore(deadline));
            assertThat(body).as("%s at %s", query, server).contains(expected);
        }
    }
}
