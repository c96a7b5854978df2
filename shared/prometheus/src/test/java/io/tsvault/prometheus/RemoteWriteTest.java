package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Outcome.Reason;
import io.tsvault.core.target.Outcome.Refused;
import io.tsvault.core.target.Outcome.Stored;
import io.tsvault.core.target.Outcome.Throttled;
import io.tsvault.core.target.Outcome.Unknown;
import io.tsvault.prometheus.http.Http;
import io.tsvault.wire.Snappy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// What each answer to a write means. The words are those of the servers themselves.
class RemoteWriteTest {
    private static final int HANGS_UP = 0;
    private static final List<Series> BATCH =
            List.of(
                    new Series(
                            Labels.of("__name__", "m"),
                            Samples.builder().add(1_000, 1).add(2_000, 2).build()));

    private final AtomicReference<byte[]> received = new AtomicReference<>(new byte[0]);
    private final Map<String, String> headers = new TreeMap<>();
    private HttpServer server;
    private Http http;
    private static final String WRITTEN = "X-Prometheus-Remote-Write-Samples-Written";

    private int status = 204;
    private boolean older;
    private String type = "";
    private String words = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        http = Filled.http(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.set(exchange.getRequestBody().readAllBytes());
            if (status == HANGS_UP) {
                return;
            }
            type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (older && !type.contains("v2")) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = words.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Outcome write(int answer, String says) {
        return write(answer, says, false);
    }

    private Outcome write(int answer, String says, boolean keepsRest) {
        status = answer;
        words = says;
        return new RemoteWrite(http, "/api/v1/write", keepsRest).write(BATCH);
    }

    private static Refused refused(Reason reason, String message) {
        return new Refused(reason, message, false);
    }

    @Test
    void aYesIsTakenForOne() throws IOException {
        assertThat(write(204, "")).isEqualTo(new Stored());
        assertThat(write(200, "")).isEqualTo(new Stored());
        assertThat(Snappy.decompress(received.get(), 1000)).isEqualTo(WriteMessage.of(BATCH));
    }

    @Test
    void T01_aServerThatIsBusyIsLeftAloneAsLongAsItWants() {
        headers.put("Retry-After", "7");
        assertThat(write(429, "slow")).isEqualTo(new Throttled(Duration.ofSeconds(7), "429 slow"));
        assertThat(write(503, "later"))
                .isEqualTo(new Throttled(Duration.ofSeconds(7), "503 later"));
        headers.clear();
        assertThat(write(429, "slow")).isEqualTo(new Throttled(Duration.ofSeconds(2), "429 slow"));
    }

    @Test
    void T02_afterAnErrorOfTheServerNobodyKnows() {
        for (int each : List.of(500, 502, 503, 504, 408)) {
            assertThat(write(each, "oops")).isEqualTo(new Unknown(each + " oops"));
        }
    }

    @Test
    void T07_afterAHangUpNobodyKnows() {
        assertThat(write(HANGS_UP, "")).isInstanceOf(Unknown.class);
        server.stop(0);
        assertThat(write(204, "")).isInstanceOf(Unknown.class);
    }

    @Test
    void T03_whatIsOutOfOrderOrTooOldIsRefused() {
        assertThat(write(400, "out of order sample\n"))
                .isEqualTo(refused(Reason.OUT_OF_ORDER, "400 out of order sample"));
        assertThat(write(400, "out of bounds"))
                .isEqualTo(refused(Reason.OUT_OF_BOUNDS, "400 out of bounds"));
        assertThat(write(500, "too old sample")) // of 2.42
                .isEqualTo(refused(Reason.OUT_OF_BOUNDS, "500 too old sample"));
        assertThat(write(400, "the sample has been rejected (err-mimir-sample-timestamp-too-old)"))
                .extracting("reason")
                .isEqualTo(Reason.OUT_OF_BOUNDS);
    }

    @Test
    void T05_anotherValueAtThatTimeIsADuplicate() {
        assertThat(write(400, "duplicate sample for timestamp"))
                .isEqualTo(refused(Reason.DUPLICATE, "400 duplicate sample for timestamp"));
    }

    @Test
    void T06_tooMuchForOneRequestIsRefused() {
        assertThat(write(413, "")).isEqualTo(refused(Reason.TOO_LARGE, "413 "));
    }

    @Test
    void T10_anErrorThatNoRetryWillMendIsARefusal() {
        for (String each :
                List.of("native histograms are disabled", "label name \"a\" is not unique")) {
            assertThat(write(500, each)).isEqualTo(refused(Reason.INVALID, "500 " + each));
        }
    }

    @Test
    void T12_aRefusalSaysWhetherTheRestIsKept() {
        assertThat(write(400, "bad", false)).isEqualTo(refused(Reason.INVALID, "400 bad"));
        assertThat(write(400, "bad", true)).isEqualTo(new Refused(Reason.INVALID, "400 bad", true));
    }

    @Test
    void T13_aConflictIsARefusal() {
        assertThat(write(409, "out of order sample", true))
                .isEqualTo(new Refused(Reason.OUT_OF_ORDER, "409 out of order sample", true));
    }

    @Test
    void T14_whoMayNotWriteHasToMendTheSettings() {
        for (int each : List.of(401, 403)) {
            assertThatThrownBy(() -> write(each, "no"))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining(each + " no");
        }
    }

    @Test
    void T15_aRedirectIsNotFollowed() {
        headers.put("Location", "https://elsewhere.example/api/v1/write");
        assertThatThrownBy(() -> write(307, ""))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("elsewhere.example");
    }

    @Test
    void T26_aServerThatLacksThisVersionIsNoTarget() {
        assertThatThrownBy(() -> write(415, "unsupported"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("remote write 1.0");
    }

    private RemoteWrite newer() {
        status = 204;
        headers.put(WRITTEN, "0");
        RemoteWrite write = new RemoteWrite(http, "/api/v1/write", false);
        assertThat(write.negotiate()).isEqualTo(WriteVersion.TWO);
        return write;
    }

    @Test
    void T11_countsOfWhatWasTakenAreBelieved() {
        RemoteWrite write = newer();
        headers.put(WRITTEN, "2");
        assertThat(write.write(BATCH)).isEqualTo(new Stored());
        assertThat(type).startsWith("application/x-protobuf;proto=io.prometheus.write.v2.Request");

        headers.put(WRITTEN, "1");
        assertThat(write.write(BATCH))
                .isEqualTo(new Refused(Reason.INVALID, "it took 1 of 2 samples", true));
    }

    @Test
    void T11_whatIsTakenInPartIsNotSentAgain() {
        RemoteWrite write = newer();
        status = 400;
        words = "out of order sample";
        headers.put(WRITTEN, "1");
        assertThat(write.write(BATCH))
                .isEqualTo(new Refused(Reason.OUT_OF_ORDER, "400 out of order sample", true));
    }

    @Test
    void T11_aYesWithoutACountIsADoubtAndTheEndOfTheNewVersion() {
        RemoteWrite write = newer();
        headers.clear();
        assertThat(write.write(BATCH)).isInstanceOf(Unknown.class);
        assertThat(write.write(BATCH)).isEqualTo(new Stored());
        assertThat(type).isEqualTo("application/x-protobuf");
    }

    @Test
    void T26_aServerThatLacksTheNewVersionGetsTheOld() {
        for (int each : List.of(204, 400, 415, 500)) {
            status = each;
            RemoteWrite write = new RemoteWrite(http, "/api/v1/write", false);
            older = true;
            assertThat(write.negotiate()).isEqualTo(WriteVersion.ONE);
        }
    }

    @Test
    void aServerWithoutAReceiverIsToldHowToGetOne() {
        status = 404;
        words = "remote write receiver needs to be enabled";
        RemoteWrite write = new RemoteWrite(http, "/api/v1/write", false);

        assertThatThrownBy(write::negotiate)
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("--web.enable-remote-write-receiver");
    }

    @Test
    void T16_aServerThatIsJustStartingIsAskedLater() {
        for (int each : List.of(408, 429, 500, 502, 503)) {
            status = each;
            RemoteWrite write = new RemoteWrite(http, "/api/v1/write", false);

            assertThatThrownBy(write::negotiate)
                    .as("%d", each)
                    .isInstanceOf(Transient.class)
                    .hasMessageContaining("%d to an empty write".formatted(each));
        }
    }
}
