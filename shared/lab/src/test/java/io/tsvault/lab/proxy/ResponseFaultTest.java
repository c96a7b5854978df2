package io.tsvault.lab.proxy;

import static io.tsvault.lab.proxy.Fault.Ending.CLOSE;
import static io.tsvault.lab.proxy.Fault.Ending.RESET;
import static io.tsvault.lab.proxy.Fault.Ending.SILENCE;
import static io.tsvault.lab.proxy.Fault.Ending.UNFRAMED;
import static io.tsvault.lab.proxy.Fault.Ending.WHOLE;
import static io.tsvault.lab.proxy.Fault.Leg.RESPONSE;
import static io.tsvault.lab.proxy.Upstream.LETTERS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a client sees when a response is damaged.
@Timeout(60)
class ResponseFaultTest {
    private final List<FaultProxy> proxies = new ArrayList<>();
    private Upstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new Upstream();
    }

    @AfterEach
    void stop() {
        proxies.forEach(FaultProxy::close);
        upstream.close();
    }

    @Test
    void S07_aCutIsSeenAgainstTheLength() throws Exception {
        FaultProxy proxy = proxy(new Fault.Cut(RESPONSE, 100, CLOSE));

        assertThatThrownBy(() -> get(proxy, "/letters"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes received: 100");
        assertSeen(proxy, true, 200, 200, 100);
    }

    @Test
    void S07_aCutIsSeenByTheMissingLastChunk() throws Exception {
        FaultProxy proxy = proxy(new Fault.Cut(RESPONSE, 100, CLOSE));

        String response = Raw.ask(proxy.uri(), "GET", "/chunked");

        assertThat(Raw.body(response)).isEqualTo("64\r\n" + LETTERS.substring(0, 100) + "\r\n");
        assertThatThrownBy(() -> get(proxy(new Fault.Cut(RESPONSE, 100, CLOSE)), "/chunked"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chunked");
        assertSeen(proxy, true, 200, 200, 100);
    }

    @Test
    void S07_aResetIsSeenAsAReset() throws Exception {
        FaultProxy proxy = proxy(new Fault.Cut(RESPONSE, 100, RESET));

        assertThatThrownBy(() -> Raw.ask(proxy.uri(), "GET", "/letters"))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertSeen(proxy, true, 200, 200, 100);
    }

    @Test
    void S05_aResponseMayFallSilentInTheMiddle() throws Exception {
        FaultProxy proxy = proxy(new Fault.Cut(RESPONSE, 100, SILENCE));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.head("GET", "/letters")).until(LETTERS.substring(0, 100));

            assertThatThrownBy(() -> raw.patience(100).rest())
                    .isInstanceOf(SocketTimeoutException.class);
        }
        assertSeen(proxy, true, 200, 200, 100);
    }

    @Test
    void S08_aCutWithoutAnyFramingLooksLikeTheEnd() throws Exception {
        FaultProxy proxy = proxy(new Fault.Cut(RESPONSE, 100, UNFRAMED));

        HttpResponse<String> response = get(proxy, "/letters");

        assertThat(response.body()).isEqualTo(LETTERS.substring(0, 100));
        assertThat(response.headers().map())
                .doesNotContainKeys("content-length", "transfer-encoding");
        assertSeen(proxy, true, 200, 200, 100);
    }

    @Test
    void S08_aWholeBodyMayComeUnframed() throws Exception {
        FaultProxy proxy = proxy(new Fault.Append("", UNFRAMED));

        HttpResponse<String> response = get(proxy, "/chunked");

        assertThat(response.body()).isEqualTo(LETTERS);
        assertThat(response.headers().map())
                .doesNotContainKeys("content-length", "transfer-encoding");
    }

    @Test
    void S09_aCutInGoodOrderLooksWholeAndTheConnectionGoesOn() throws Exception {
        FaultProxy proxy = proxy(new Fault.Cut(RESPONSE, 100, WHOLE));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.head("GET", "/letters"));
            assertThat(Raw.body(raw.until("\r\n0\r\n\r\n")))
                    .isEqualTo("64\r\n" + LETTERS.substring(0, 100) + "\r\n0\r\n\r\n");
            assertThat(raw.say(Raw.head("GET", "/letters")).until(LETTERS)).contains(" 200 ");
        }
    }

    @Test
    void S08_aClientThatKnowsNoChunksGetsTheCutUnframed() throws Exception {
        FaultProxy proxy = proxy(new Fault.Cut(RESPONSE, 100, WHOLE));
        try (Raw raw = new Raw(proxy.uri())) {
            String response = raw.say("GET /letters HTTP/1.0\r\n\r\n").rest();

            assertThat(response).doesNotContainIgnoringCase("transfer-encoding");
            assertThat(Raw.body(response)).isEqualTo(LETTERS.substring(0, 100));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/letters", "/chunked"})
    void aCutBehindTheEndDoesNotStrike(String target) throws Exception {
        FaultProxy proxy = proxy(new Fault.Cut(RESPONSE, LETTERS.length(), RESET));

        assertThat(get(proxy, target).body()).isEqualTo(LETTERS);
        assertSeen(proxy, false, 200, 200, 260);
    }

    @Test
    void aCutOfAResponseWithoutBodyDoesNotStrike() throws Exception {
        FaultProxy proxy = proxy(new Fault.Cut(RESPONSE, 0, RESET));

        assertThat(get(proxy, "/nothing").statusCode()).isEqualTo(204);
        assertSeen(proxy, false, 204, 204, 0);
    }

    @Test
    void S11_errorTextComesBehindAStartedBodyInGoodOrder() throws Exception {
        FaultProxy proxy = proxy(new Fault.Append(26, "internal error\n", WHOLE));

        HttpResponse<String> response = get(proxy, "/letters");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(LETTERS.substring(0, 26) + "internal error\n");
        assertSeen(proxy, true, 200, 200, 41);
    }

    @Test
    void S11_errorTextComesBehindTheWholeBodyAndTheConnectionIsCut() throws Exception {
        FaultProxy proxy = proxy(new Fault.Append("\noops\n", CLOSE));

        String response = Raw.ask(proxy.uri(), "GET", "/chunked");

        assertThat(Raw.body(response))
                .isEqualTo("104\r\n" + LETTERS + "\r\n6\r\n\noops\n\r\n")
                .doesNotContain("0\r\n\r\n");
    }

    @Test
    void S07_aLengthLongerThanTheBodyIsSeenAsACut() {
        FaultProxy proxy = proxy(new Fault.Length(261));

        assertThatThrownBy(() -> get(proxy, "/chunked"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes received: 260");
        assertSeen(proxy, true, 200, 200, 260);
    }

    @Test
    void S09_aLengthShorterThanTheBodyHidesTheRest() throws Exception {
        FaultProxy proxy = proxy(new Fault.Length(259));

        assertThat(get(proxy, "/letters").body()).isEqualTo(LETTERS.substring(0, 259));
        assertSeen(proxy, true, 200, 200, 260);
    }

    @Test
    void aTrueLengthIsNoLie() throws Exception {
        FaultProxy proxy = proxy(new Fault.Length(260));

        assertThat(get(proxy, "/chunked").body()).isEqualTo(LETTERS);
        assertSeen(proxy, false, 200, 200, 260);
    }

    @Test
    void S06_aBodyTricklesInPieces() throws Exception {
        FaultProxy proxy = proxy(new Fault.Trickle(RESPONSE, 100, Duration.ZERO));

        assertThat(Raw.body(Raw.ask(proxy.uri(), "GET", "/chunked")))
                .startsWith("64\r\n")
                .contains("\r\n64\r\n")
                .contains("\r\n3c\r\n")
                .endsWith("0\r\n\r\n");
        assertSeen(proxy, true, 200, 200, 260);
    }

    @Test
    void S06_closingEndsATrickleThatWouldTakeHours() throws Exception {
        FaultProxy proxy = proxy(new Fault.Trickle(RESPONSE, 1, Duration.ofHours(1)));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.head("GET", "/letters")).until("\r\n\r\na");
            proxy.close();

            assertThatThrownBy(() -> raw.until("ab")).isInstanceOf(IOException.class);
        }
        assertThat(proxy.seen().getFirst().responseBytes()).isEqualTo(1);
        assertThat(proxy.seen().getFirst().trouble()).contains("closed during a pause");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/letters", "/chunked"})
    void S10_oneBitIsTurnedOver(String target) throws Exception {
        FaultProxy proxy = proxy(new Fault.Flip(RESPONSE, 27));

        String damaged = LETTERS.substring(0, 27) + "c" + LETTERS.substring(28);
        assertThat(get(proxy, target).body()).isEqualTo(damaged);
        assertSeen(proxy, true, 200, 200, 260);
    }

    @Test
    void aFlipBehindTheEndDoesNotStrike() throws Exception {
        FaultProxy proxy = proxy(new Fault.Flip(RESPONSE, 260));

        assertThat(get(proxy, "/letters").body()).isEqualTo(LETTERS);
        assertSeen(proxy, false, 200, 200, 260);
    }

    @Test
    void S12_theContentTypeLies() throws Exception {
        FaultProxy proxy = proxy(new Fault.Header(RESPONSE, "content-type", "text/html"));

        HttpResponse<String> response = get(proxy, "/letters");

        assertThat(response.headers().allValues("Content-Type")).containsExactly("text/html");
        assertThat(response.body()).isEqualTo(LETTERS);
        assertSeen(proxy, true, 200, 200, 260);
    }

    @Test
    void S40_anAgeAndAnOldDateTellOfACache() throws Exception {
        Instant old = Instant.parse("2025-03-04T05:06:07Z");
        FaultProxy proxy =
                proxy(
                        new Fault.Header(RESPONSE, "Age", "30"),
                        new Fault.Header(RESPONSE, "Date", Reply.httpDate(old)));

        assertThat(get(proxy, "/letters").headers().firstValue("Age")).contains("30");
        assertThat(get(proxy, "/letters").headers().allValues("Date"))
                .containsExactly("Tue, 04 Mar 2025 05:06:07 GMT");
    }

    @Test
    void T11_aHeaderIsTakenAway() throws Exception {
        FaultProxy proxy =
                proxy(
                        new Fault.Header(RESPONSE, "Content-Type", ""),
                        new Fault.Header(RESPONSE, "X-Never-There", ""));

        assertThat(get(proxy, "/letters").headers().map()).doesNotContainKey("content-type");
        assertThat(get(proxy, "/letters").headers().map()).containsKey("content-type");
        assertThat(proxy.seen()).extracting(Exchange::struck).containsExactly(true, false);
    }

    @Test
    void aResponseComesTwiceOnOneConnection() throws Exception {
        FaultProxy proxy = proxy(new Fault.DuplicateResponse());
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.head("GET", "/letters"));
            String first = raw.until(LETTERS);
            String second = raw.until(LETTERS);

            assertThat(second).isEqualTo(first).startsWith("HTTP/1.1 200 ");
        }
        assertThat(upstream.asked()).hasSize(1);
        assertSeen(proxy, true, 200, 200, 520);
    }

    @Test
    void O02_theServerActsAndTheClientSeesAClosedConnection() throws Exception {
        FaultProxy proxy = proxy(new Fault.Swallow(CLOSE));
        try (Raw raw = new Raw(proxy.uri())) {
            assertThat(raw.say(Raw.put("/x", "deed")).rest()).isEmpty();
        }
        assertThat(upstream.bodies()).containsExactly("deed");
        assertSeen(proxy, true, 200, 0, 0);
    }

    @Test
    void O02_theServerActsAndTheClientSeesAReset() throws Exception {
        FaultProxy proxy = proxy(new Fault.Swallow(RESET));
        try (Raw raw = new Raw(proxy.uri())) {
            assertThatThrownBy(() -> raw.say(Raw.put("/x", "deed")).rest())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(upstream.bodies()).containsExactly("deed");
    }

    @Test
    void T02_theServerActsAndTheClientGivesUp() throws Exception {
        FaultProxy proxy = proxy(new Fault.Swallow(SILENCE));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.put("/x", "deed"));
            upstream.awaitDeed();

            assertThatThrownBy(() -> raw.patience(100).rest())
                    .isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(upstream.bodies()).containsExactly("deed");
        assertThat(proxy.seen()).extracting(Exchange::clientStatus).containsExactly(0);
    }

    @Test
    void O02_theServerActsAndTheClientIsToldThatItFailed() throws Exception {
        FaultProxy proxy = proxy(new Fault.Replace(Reply.status(500).text("text/plain", "no")));
        try (Raw raw = new Raw(proxy.uri())) {
            assertThat(raw.say(Raw.put("/x", "deed")).until("\r\n\r\nno")).contains(" 500 ");
        }
        assertThat(upstream.bodies()).containsExactly("deed");
        assertSeen(proxy, true, 200, 500, 2);
    }

    @Test
    void S05_aHeldResponseGoesOnWhenReleased() throws Exception {
        Gate gate = new Gate();
        FaultProxy proxy = proxy(new Fault.Hold(RESPONSE, gate));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.head("GET", "/letters"));
            gate.awaitArrival();
            assertThat(upstream.asked()).hasSize(1);
            assertSeen(proxy, true, 200, 0, 0);

            gate.release();
            assertThat(raw.until(LETTERS)).contains(" 200 ");
        }
        assertSeen(proxy, true, 200, 200, 260);
    }

    @Test
    void S05_aClientGivesUpWaitingForTheFirstByte() {
        FaultProxy proxy = proxy(new Fault.Delay(RESPONSE, Duration.ofHours(1)));
        HttpRequest impatient =
                HttpRequest.newBuilder(proxy.uri()).timeout(Duration.ofMillis(200)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> client.send(impatient, BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
        }
        assertThat(proxy.seen()).allMatch(exchange -> exchange.clientStatus() == 0);
    }

    private FaultProxy proxy(Fault... faults) {
        FaultProxy proxy = FaultProxy.to(upstream.uri(), Script.inOrder(faults));
        proxies.add(proxy);
        return proxy;
    }

    private static HttpResponse<String> get(FaultProxy proxy, String target) throws Exception {
        URI uri = proxy.uri().resolve(target);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    private static void assertSeen(
            FaultProxy proxy, boolean struck, int server, int client, long bytes) {
        Exchange exchange = proxy.seen().getFirst();
        assertThat(proxy.seen()).as(proxy.toString()).hasSize(1);
        assertThat(exchange.struck()).as(proxy.toString()).isEqualTo(struck);
        assertThat(exchange.serverStatus()).as(proxy.toString()).isEqualTo(server);
        assertThat(exchange.clientStatus()).as(proxy.toString()).isEqualTo(client);
        assertThat(exchange.responseBytes()).as(proxy.toString()).isEqualTo(bytes);
        assertThat(exchange.trouble()).as(proxy.toString()).isEmpty();
    }
}
