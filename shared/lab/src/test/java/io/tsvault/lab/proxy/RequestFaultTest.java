package io.tsvault.lab.proxy;

import static io.tsvault.lab.proxy.Fault.Ending.CLOSE;
import static io.tsvault.lab.proxy.Fault.Ending.RESET;
import static io.tsvault.lab.proxy.Fault.Ending.SILENCE;
import static io.tsvault.lab.proxy.Fault.Ending.UNFRAMED;
import static io.tsvault.lab.proxy.Fault.Ending.WHOLE;
import static io.tsvault.lab.proxy.Fault.Leg.REQUEST;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// What a server sees, or does not see, when a request is damaged.
@Timeout(60)
class RequestFaultTest {
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
    void S03_theProxyAnswersWithoutAskingTheServer() throws Exception {
        FaultProxy proxy = proxy(new Fault.Answer(Reply.status(503).text("text/plain", "busy")));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.put("/count", "lost"));
            assertThat(raw.until("\r\n\r\nbusy")).startsWith("HTTP/1.1 503 ");
            assertThat(raw.say(Raw.put("/count", "kept")).until("\r\n\r\n1")).contains(" 200 ");
        }
        assertThat(upstream.bodies()).containsExactly("kept");
        assertThat(proxy.seen())
                .first()
                .isEqualTo(
                        new Exchange(
                                new Request(1, "PUT", "/count"),
                                new Fault.Answer(Reply.status(503).text("text/plain", "busy")),
                                true,
                                0,
                                503,
                                0,
                                4,
                                ""));
    }

    @Test
    void anAnswerToHeadHasTheLengthAndNoBody() throws Exception {
        FaultProxy proxy = proxy(new Fault.Answer(Reply.status(503).text("text/plain", "busy")));

        assertThat(Raw.ask(proxy.uri(), "HEAD", "/"))
                .contains("Content-Length: 4\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void S04_anAnswerSaysWhenToComeAgain() throws Exception {
        FaultProxy proxy =
                proxy(
                        new Fault.Answer(Reply.status(429).retryAfter(Duration.ofSeconds(7))),
                        new Fault.Answer(
                                Reply.status(429)
                                        .retryAfter(Instant.parse("2026-01-02T03:04:05Z"))));

        HttpResponse<String> seconds = get(proxy.uri());
        HttpResponse<String> date = get(proxy.uri());

        assertThat(seconds.statusCode()).isEqualTo(429);
        assertThat(seconds.headers().firstValue("Retry-After")).contains("7");
        assertThat(date.headers().firstValue("Retry-After"))
                .contains("Fri, 02 Jan 2026 03:04:05 GMT");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void S16_aRedirectNamesAnotherHost() throws Exception {
        FaultProxy proxy = proxy(new Fault.Answer(Reply.redirect(URI.create("http://other/x"))));

        HttpResponse<String> response = get(proxy.uri());

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location")).contains("http://other/x");
    }

    @Test
    void S01_aDroppedRequestNeverReachesTheServer() throws Exception {
        FaultProxy proxy = proxy(new Fault.Drop(CLOSE), new Fault.Drop(RESET));
        try (Raw raw = new Raw(proxy.uri())) {
            assertThat(raw.say(Raw.put("/x", "lost")).rest()).isEmpty();
        }
        try (Raw raw = new Raw(proxy.uri())) {
            assertThatThrownBy(() -> raw.say(Raw.put("/x", "lost")).rest())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(upstream.asked()).isEmpty();
        assertThat(proxy.seen()).extracting(Exchange::struck).containsExactly(true, true);
    }

    @Test
    void theSeenRequestsShowTheSilentRetriesOfAClient() throws Exception {
        FaultProxy proxy = proxy(new Fault.Pass(), new Fault.Drop(CLOSE));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(proxy.uri().resolve("/count")).build();
            client.send(request, BodyHandlers.ofString());

            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("2");
        }
        assertThat(proxy.seen())
                .extracting(Exchange::clientStatus)
                .as("the second request was sent again without a word")
                .containsExactly(200, 0, 200);
    }

    @Test
    void S05_aRequestThatIsNeverAnswered() throws Exception {
        FaultProxy proxy = proxy(new Fault.Drop(SILENCE));
        try (Raw raw = new Raw(proxy.uri()).patience(100)) {
            assertThatThrownBy(() -> raw.say(Raw.head("GET", "/")).rest())
                    .isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void aHeldRequestGoesOnWhenReleased() throws Exception {
        Gate gate = new Gate();
        FaultProxy proxy = proxy(new Fault.Hold(REQUEST, gate));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.put("/count", "late"));
            gate.awaitArrival();
            assertThat(upstream.asked()).isEmpty();

            gate.release();
            assertThat(raw.until("\r\n\r\n1")).contains(" 200 ");
        }
        assertThat(upstream.bodies()).containsExactly("late");
    }

    @Test
    void O29_aHeldRequestLandsThoughTheClientHasLeft() throws Exception {
        Gate gate = new Gate();
        try (RawUpstream server = RawUpstream.saying("zombie", "HTTP/1.1 200 OK\r\n\r\n");
                FaultProxy proxy = to(server.uri(), new Fault.Hold(REQUEST, gate))) {
            try (Raw raw = new Raw(proxy.uri())) {
                raw.say(Raw.put("/x", "zombie"));
                gate.awaitArrival();
            }
            gate.release();

            assertThat(server.heard().get()).startsWith("PUT /x ").endsWith("zombie");
        }
    }

    @Test
    void aDelayedRequestGoesOn() throws Exception {
        FaultProxy proxy = proxy(new Fault.Delay(REQUEST, Duration.ofMillis(1)));

        assertThat(get(proxy.uri().resolve("/count")).body()).isEqualTo("1");
        assertThat(proxy.seen().getFirst().struck()).isTrue();
    }

    @Test
    void O03_theServerGetsTheRequestTwiceAndTheClientTheSecondAnswer() throws Exception {
        FaultProxy proxy = proxy(new Fault.DuplicateRequest());
        try (Raw raw = new Raw(proxy.uri())) {
            assertThat(raw.say(Raw.put("/count", "same")).until("\r\n\r\n2")).contains(" 200 ");
        }
        assertThat(upstream.bodies()).containsExactly("same", "same");
        assertThat(proxy.seen()).extracting(Exchange::requestBytes).containsExactly(8L);
    }

    @Test
    void T07_anUploadIsCutOnBothSides() throws Exception {
        try (RawUpstream server = RawUpstream.listening();
                FaultProxy proxy = to(server.uri(), new Fault.Cut(REQUEST, 5, CLOSE));
                Raw raw = new Raw(proxy.uri())) {
            assertThat(raw.say(Raw.put("/x", "upload")).rest()).isEmpty();
            assertThat(Raw.body(server.heard().get())).isEqualTo("uploa");
            assertThat(proxy.seen().getFirst().struck()).isTrue();
            assertThat(proxy.seen().getFirst().requestBytes()).isEqualTo(5);
        }
    }

    @Test
    void anUploadThatEndsWhereItWouldBeCutPasses() throws Exception {
        FaultProxy proxy = proxy(new Fault.Cut(REQUEST, 6, CLOSE));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.put("/count", "upload")).until("\r\n\r\n1");
        }
        assertThat(upstream.bodies()).containsExactly("upload");
        assertThat(proxy.seen().getFirst().struck()).isFalse();
    }

    @Test
    void T07_anUploadIsResetOnBothSides() throws Exception {
        try (RawUpstream server = RawUpstream.listening();
                FaultProxy proxy = to(server.uri(), new Fault.Cut(REQUEST, 0, RESET));
                Raw raw = new Raw(proxy.uri())) {
            assertThatThrownBy(() -> raw.say(Raw.put("/x", "upload")).rest())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThatThrownBy(() -> server.heard().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void anUploadFallsSilentUntilTheClientLeaves() throws Exception {
        try (RawUpstream server = RawUpstream.listening();
                FaultProxy proxy = to(server.uri(), new Fault.Cut(REQUEST, 3, SILENCE))) {
            try (Raw raw = new Raw(proxy.uri()).patience(100)) {
                assertThatThrownBy(() -> raw.say(Raw.put("/x", "upload")).rest())
                        .isInstanceOf(SocketTimeoutException.class);
                assertThat(server.heard()).isNotDone();
            }
            assertThat(Raw.body(server.heard().get())).isEqualTo("upl");
        }
    }

    @Test
    void O13_oneBitOfAnUploadIsTurnedOver() throws Exception {
        FaultProxy proxy = proxy(new Fault.Flip(REQUEST, 1));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.put("/count", "007")).until("\r\n\r\n1");
        }
        assertThat(upstream.bodies()).containsExactly("017");
    }

    @Test
    void anUploadTricklesInPieces() throws Exception {
        String chunked = Raw.head("PUT", "/x", "Transfer-Encoding: chunked");
        try (RawUpstream server = RawUpstream.saying("0\r\n\r\n", "HTTP/1.1 204 No\r\n\r\n");
                FaultProxy proxy = to(server.uri(), new Fault.Trickle(REQUEST, 2, Duration.ZERO));
                Raw raw = new Raw(proxy.uri())) {
            raw.say(chunked + "5\r\nabcde\r\n0\r\n\r\n").until("\r\n\r\n");

            assertThat(Raw.body(server.heard().get()))
                    .isEqualTo("2\r\nab\r\n2\r\ncd\r\n1\r\ne\r\n0\r\n\r\n");
        }
    }

    @Test
    void O28_theConditionOfAWriteIsLostOnTheWay() throws Exception {
        FaultProxy proxy = proxy(new Fault.Header(REQUEST, "If-None-Match", ""));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.put("/count", "x", "If-None-Match: *")).until("\r\n\r\n1");
            raw.say(Raw.put("/count", "x", "If-None-Match: *")).until("\r\n\r\n2");
        }
        assertThat(upstream.asked())
                .extracting(asked -> asked.headers().containsKey("If-None-Match"))
                .containsExactly(false, true);
    }

    @Test
    void T24_theTenantIsAnother() throws Exception {
        FaultProxy proxy = proxy(new Fault.Header(REQUEST, "X-Scope-OrgID", "other"));
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.put("/count", "x", "X-Scope-OrgID: mine")).until("\r\n\r\n1");
        }
        assertThat(upstream.asked().getFirst().headers().get("X-Scope-OrgID"))
                .containsExactly("other");
    }

    @Test
    void S34_anotherServerAnswers() throws Exception {
        try (Upstream other = new Upstream()) {
            FaultProxy proxy = proxy(new Fault.Reroute(other.uri()));
            get(proxy.uri().resolve("/letters"));

            assertThat(other.asked()).hasSize(1);
            assertThat(upstream.asked()).isEmpty();
        }
    }

    @Test
    void aClientThatAsksBeforeItSendsIsAnsweredByTheProxyWhereTheServerMayNotHear()
            throws Exception {
        FaultProxy proxy = proxy(new Fault.DuplicateRequest());
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.head("PUT", "/count", "Content-Length: 2", "Expect: 100-continue"));
            assertThat(raw.until("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            raw.say("ok").until("\r\n\r\n2");
        }
        assertThat(upstream.bodies()).containsExactly("ok", "ok");
        assertThat(upstream.asked()).noneMatch(asked -> asked.headers().containsKey("Expect"));
    }

    @Test
    void aFaultThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new Fault.Cut(REQUEST, 0, WHOLE))
                .hasMessageContaining("take CLOSE, RESET or SILENCE");
        assertThatThrownBy(() -> new Fault.Drop(UNFRAMED)).hasMessageContaining("UNFRAMED");
        assertThatThrownBy(() -> new Fault.Swallow(WHOLE)).hasMessageContaining("WHOLE");
        assertThatThrownBy(() -> new Fault.Cut(REQUEST, -1, CLOSE)).hasMessageContaining("at -1");
        assertThatThrownBy(() -> new Fault.Length(-1)).hasMessageContaining("claimed -1");
        assertThatThrownBy(() -> new Fault.Trickle(REQUEST, 0, Duration.ZERO))
                .hasMessageContaining("bytes 0");
        assertThatThrownBy(() -> new Fault.Delay(REQUEST, Duration.ofMillis(-1)))
                .hasMessageContaining("time -1");
        assertThatThrownBy(() -> new Fault.Header(REQUEST, "content-length", "1"))
                .hasMessageContaining("frames the message");
        assertThatThrownBy(() -> new Fault.Header(REQUEST, "X", "a\r\nY: b"))
                .hasMessageContaining("not a header field");
        assertThatThrownBy(() -> new Fault.Reroute(URI.create("https://x")))
                .hasMessageContaining("http://host:port");
        assertThatThrownBy(() -> new Fault.Reroute(URI.create("http://x/path")))
                .hasMessageContaining("http://host:port");
        assertThatThrownBy(() -> Reply.status(100)).hasMessageContaining("status 100");
        assertThatThrownBy(() -> new Reply(204, Map.of(), "text")).hasMessageContaining("204");
    }

    private FaultProxy proxy(Fault... faults) {
        FaultProxy proxy = to(upstream.uri(), faults);
        proxies.add(proxy);
        return proxy;
    }

    private static FaultProxy to(URI server, Fault... faults) {
        return FaultProxy.to(server, Script.inOrder(faults));
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
