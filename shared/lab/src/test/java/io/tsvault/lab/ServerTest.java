package io.tsvault.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import io.tsvault.core.series.Labels;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

@Tag("slow")
class ServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Stream<String> everyTimeSeriesServer() {
        return Stream.of(Lab.everyPrometheus(), Lab.everyVictoriaMetrics())
                .flatMap(List::stream)
                .map(Setup::name);
    }

    static Stream<String> everyPrometheus() {
        return Lab.everyPrometheus().stream().map(Setup::name);
    }

    @ParameterizedTest
    @MethodSource("everyTimeSeriesServer")
    void whatWasWrittenIsStillReadAfterKillAndRestart(String name) throws Exception {
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            long now = Instant.now().toEpochMilli();
            assertThat(write(server, now, 42.5)).isEqualTo(204);
            awaitReadable(server, "42.5");
            if (name.startsWith("victoria")) {
                server.stop(); // it keeps the newest seconds in memory only
                server.restart();
                awaitReadable(server, "42.5");
            }

            URI before = server.uri();
            long pid = server.pid();
            server.kill();
            assertThat(server.isAlive()).isFalse();
            server.restart();

            assertThat(server.uri()).isEqualTo(before);
            assertThat(server.pid()).isNotEqualTo(pid);
            awaitReadable(server, "42.5");
        }
    }

    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void aPrometheusIsTheVersionThatWasAskedFor(String name) throws Exception {
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            assertThat(get(server, "/api/v1/status/buildinfo").body())
                    .contains("\"version\":\"" + server.version());
        }
    }

    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void anOutOfOrderWindowLetsOldSamplesIn(String name) throws Exception {
        long now = Instant.now().toEpochMilli();
        long old = now - Duration.ofDays(29).toMillis();
        try (Server strict = RealServer.startOrSkip(Lab.named(name));
                Server lenient =
                        RealServer.startOrSkip(Lab.named(name).outOfOrder(Duration.ofDays(30)))) {
            for (Server server : List.of(strict, lenient)) {
                assertThat(write(server, now, 1)).isEqualTo(204);
            }
            assertThat(write(strict, old, 2)).isEqualTo(400);
            assertThat(write(lenient, old, 2)).isEqualTo(204);
        }
    }

    @Test
    void aFlagOfTheLabCanBeLeftOut() throws Exception {
        Setup setup = Lab.prometheus().without("--web.enable-remote-write-receiver");
        try (Server server = RealServer.startOrSkip(setup)) {
            assertThat(write(server, Instant.now().toEpochMilli(), 1)).isEqualTo(404);
        }
    }

    @Test
    void S05_aPausedServerKeepsSilentUntilItGoesOn() throws Exception {
        try (Server server = RealServer.startOrSkip(Lab.prometheus())) {
            server.pause();
            HttpRequest impatient =
                    HttpRequest.newBuilder(server.uri().resolve("/-/ready"))
                            .timeout(Duration.ofMillis(300))
                            .build();
            assertThatThrownBy(() -> HTTP.send(impatient, BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
            server.resume();
            assertThat(get(server, "/-/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void dataInAFolderOfItsOwnOutlivesTheServer(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("with a space");
        Setup setup = Lab.prometheus().data(data);
        try (Server server = RealServer.startOrSkip(setup)) {
            assertThat(write(server, Instant.now().toEpochMilli(), 7)).isEqualTo(204);
            assertThat(server.data()).isEqualTo(data);
        }
        try (Server server = setup.start()) {
            awaitReadable(server, "7");
        }
    }

    @Test
    void nothingIsLeftBehindByAServerThatWasClosed() {
        Path data;
        long pid;
        try (Server server = RealServer.startOrSkip(Lab.prometheus())) {
            data = server.data();
            pid = server.pid();
            assertThat(data).isDirectory();
        }
        assertThat(data.getParent()).doesNotExist();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aTakenPortIsToldInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(
                            () ->
                                    RealServer.startOrSkip(
                                            Lab.prometheus().port(taken.getLocalPort())))
                    .isInstanceOf(StartFailed.class)
                    .hasMessage(
                            "port %d of 127.0.0.1 is taken; choose another one, or none to get a"
                                    + " free one",
                            taken.getLocalPort());
        }
    }

    @Test
    void aServerThatDiesAtItsStartShowsTheEndOfItsLog() {
        assertThatThrownBy(() -> RealServer.startOrSkip(Lab.prometheus().config("nonsense: {}\n")))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("did not become ready")
                .hasMessageContaining("nonsense not found");
    }

    @Test
    void aServerIsNotStartedTwice() {
        try (Server server = RealServer.startOrSkip(Lab.prometheus())) {
            assertThatThrownBy(server::restart)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("still runs");
        }
    }

    @Test
    void aPushgatewayKeepsWhatItWasGiven() throws Exception {
        try (Server server = RealServer.startOrSkip(Lab.pushgateway())) {
            HttpRequest push =
                    HttpRequest.newBuilder(server.uri().resolve("/metrics/job/lab"))
                            .POST(BodyPublishers.ofString("given 3\n"))
                            .build();
            assertThat(HTTP.send(push, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
            assertThat(get(server, "/metrics").body())
                    .contains("given{instance=\"\",job=\"lab\"} 3");
            server.stop();
            server.restart();
            assertThat(get(server, "/metrics").body())
                    .contains("given{instance=\"\",job=\"lab\"} 3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3", "versitygw", "minio", "moto"})
    void theS3ServersSpeakS3(String name) throws Exception {
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            HttpResponse<String> list = get(server, "/");
            assertThat(list.body()).contains("<?xml").containsAnyOf("AccessDenied", "Buckets");
        }
    }

    @Test
    void aDirectoryOfItsOwnIsNotMadeForAServerThatIsNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> Lab.prometheus(folder + "/none").start())
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("is not a program that can be run");
    }

    static int write(Server server, long timestampMs, double value) throws Exception {
        TimeSeries series =
                TimeSeries.newBuilder()
                        .addLabels(label(Labels.METRIC_NAME, "lab_test"))
                        .addLabels(label("case", "written"))
                        .addSamples(Sample.newBuilder().setTimestamp(timestampMs).setValue(value))
                        .build();
        byte[] body =
                Snappy.compress(
                        WriteRequest.newBuilder().addTimeseries(series).build().toByteArray());
        HttpRequest request =
                HttpRequest.newBuilder(server.uri().resolve("/api/v1/write"))
                        .header("Content-Type", "application/x-protobuf")
                        .header("Content-Encoding", "snappy")
                        .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static Label label(String name, String value) {
        return Label.newBuilder()
                .setName(ByteString.copyFromUtf8(name))
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    /// VictoriaMetrics shows a sample a moment after it took it.
    private static void awaitReadable(Server server, String value) throws Exception {
        String query = URLEncoder.encode("lab_test[5m]", StandardCharsets.UTF_8);
        String path = "/api/v1/query?nocache=1&query=" + query;
        Instant deadline = Instant.now().plusSeconds(30);
        String body = "";
        while (Instant.now().isBefore(deadline)) {
            body = get(server, path).body();
            if (body.contains("\"" + value + "\"")) {
                return;
            }
        }
        assertThat(body).contains("\"" + value + "\"");
    }

    private static HttpResponse<String> get(Server server, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(server.uri().resolve(path)).build(),
                BodyHandlers.ofString());
    }
}
