package io.tsvault.lab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Labels;
import io.tsvault.lab.twin.TwinOptions.Feature;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class TwinTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @EnumSource
    void aTwinSaysThatItIsNone(Generation generation) throws Exception {
        try (Twin twin = Twin.of(generation);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> build = send(client, twin, Step.get("/api/v1/status/buildinfo"));
            assertThat(text(build))
                    .contains("\"version\":\"" + generation.version() + "\"")
                    .contains("\"branch\":\"tsvault-twin\"");
            assertThat(build.headers().firstValue("Server")).contains("tsvault-twin");
            assertThat(twin)
                    .hasToString(
                            "tsvault-twin of Prometheus "
                                    + generation.version()
                                    + " at "
                                    + twin.uri());
        }
    }

    @Test
    void itsClockDecidesWhatTheFutureIs() throws Exception {
        TwinOptions options = TwinOptions.of(Generation.V3_5).clock(InstantSource.fixed(NOW));
        try (Twin twin = Twin.of(options);
                HttpClient client = HttpClient.newHttpClient()) {
            long edge = NOW.plus(Duration.ofMinutes(10)).toEpochMilli();
            assertThat(send(client, twin, write("a", edge)).statusCode()).isEqualTo(204);
            HttpResponse<byte[]> late = send(client, twin, write("b", edge + 1));
            assertThat(late.statusCode()).isEqualTo(400);
            assertThat(text(late)).contains("timestamp is too far in the future");
            assertThat(text(send(client, twin, Step.get("/api/v1/query", "query=a"))))
                    .contains("\"result\":[]");
        }
    }

    @Test
    void aPreflightLearnsWhatWasConfigured() throws Exception {
        TwinOptions options =
                TwinOptions.of(Generation.V3_5)
                        .outOfOrder(Duration.ofDays(30))
                        .externalLabels(Labels.of("cluster", "g"))
                        .with(Feature.ADMIN_API)
                        .without(Feature.WRITE_2);
        try (Twin twin = Twin.of(options);
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(text(send(client, twin, Step.get("/api/v1/status/config"))))
                    .contains("  external_labels:\\n    cluster: g\\n")
                    .contains("    out_of_order_time_window: 30d\\n");
            assertThat(text(send(client, twin, Step.get("/api/v1/status/flags"))))
                    .contains("\"web.enable-admin-api\":\"true\"")
                    .contains("accepted-protobuf-messages\":\"prometheus.WriteRequest\"");
        }
    }

    @Test
    void aQueryOverHistogramsFailsInsteadOfInventing() throws Exception {
        try (Twin twin = Twin.of(Generation.V3_5);
                HttpClient client = HttpClient.newHttpClient()) {
            long ms = System.currentTimeMillis();
            Step write =
                    Step.write(
                            "h",
                            Writes.series("__name__", "h").addHistograms(Writes.histogram(ms, 3)));
            assertThat(send(client, twin, write).statusCode()).isEqualTo(204);
            HttpResponse<byte[]> answer = send(client, twin, Step.get("/api/v1/query", "query=h"));
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(text(answer)).contains("holds histograms");
        }
    }

    @Test
    void manyClientsAtOnceLoseNothing() throws Exception {
        try (Twin twin = Twin.of(TwinOptions.of(Generation.V3_5).clock(InstantSource.fixed(NOW)));
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> writes = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Step write = write("s" + i, NOW.toEpochMilli());
                writes.add(() -> send(client, twin, write).statusCode());
            }
            for (Future<Integer> status : threads.invokeAll(writes)) {
                assertThat(status.get()).isEqualTo(204);
            }
            String count = "query=count({__name__=~\"s.+\"})";
            assertThat(text(send(client, twin, Step.get("/api/v1/query", count))))
                    .contains("\"50\"");
        }
    }

    @Test
    void nothingOfAClosedTwinRemains() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Twin twin = Twin.of(Generation.V2_42);
        twin.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("HTTP-Dispatcher"));
        assertThatThrownBy(
                        () -> {
                            try (HttpClient client = HttpClient.newHttpClient()) {
                                send(client, twin, Step.get("/-/ready"));
                            }
                        })
                .isInstanceOf(IOException.class);
    }

    @Test
    void writing2IsNotForOldGenerations() {
        TwinOptions old = TwinOptions.of(Generation.V2_53);
        assertThatThrownBy(() -> old.with(Feature.WRITE_2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2.54")
                .hasMessageContaining("2.53.3");
    }

    private static Step write(String name, long ms) {
        return Step.write(name, Writes.series("__name__", name).addSamples(Writes.sample(ms, 1)));
    }

    private static HttpResponse<byte[]> send(HttpClient client, Twin twin, Step step)
            throws IOException, InterruptedException {
        return new Transcript(client, twin.uri()).send(step);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
