package io.tsvault.lab.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// What is not damaged passes as it is.
@Timeout(60)
class PassingTest {
    private Upstream upstream;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        upstream = new Upstream();
        proxy = FaultProxy.to(upstream.uri(), Script.always(new Fault.Pass()));
    }

    @AfterEach
    void stop() {
        proxy.close();
        upstream.close();
    }

    @Test
    void anExchangePassesAndIsSeen() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(at("/letters?a=%2F&b")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Upstream.LETTERS);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(proxy.seen())
                .containsExactly(
                        new Exchange(
                                new Request(1, "GET", "/letters?a=%2F&b"),
                                new Fault.Pass(),
                                false,
                                200,
                                200,
                                0,
                                260,
                                ""));
        assertThat(upstream.asked().getFirst().target()).isEqualTo("/letters?a=%2F&b");
    }

    @Test
    void theOfferOfAnUpgradeIsNotPassedOn() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(at("/letters")));

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(upstream.asked().getFirst().headers())
                .doesNotContainKeys("Upgrade", "Http2-settings");
    }

    @Test
    void whatSpeaksOfTheConnectionIsNotPassedOn() throws Exception {
        try (RawUpstream server = RawUpstream.saying("0\r\n\r\n", "HTTP/1.1 204 No\r\n\r\n");
                FaultProxy between = pass(server.uri());
                Raw raw = new Raw(between.uri())) {
            String connection = "Connection: X-Mine";
            String two = "Content-Length: 1\r\nTransfer-Encoding: chunked";
            raw.say(Raw.head("PUT", "/", connection, "Keep-Alive: 5", "X-Mine: 1", "Y: 2", two));
            raw.say("0\r\n\r\n").until("\r\n\r\n");

            assertThat(server.heard().get())
                    .contains("Connection: close\r\n", "Y: 2\r\n", "Transfer-Encoding: chunked")
                    .doesNotContainIgnoringCase("keep-alive")
                    .doesNotContain("X-Mine", "Content-Length");
        }
    }

    @Test
    void oneConnectionCarriesManyExchanges() throws Exception {
        try (Raw raw = new Raw(proxy.uri())) {
            assertThat(raw.say(Raw.head("GET", "/letters")).until(Upstream.LETTERS))
                    .containsIgnoringCase("Content-Length: 260");
            assertThat(raw.say(Raw.head("HEAD", "/letters")).until("\r\n\r\n")).contains(" 200 ");
            assertThat(raw.say(Raw.head("GET", "/nothing")).until("\r\n\r\n")).contains(" 204 ");
            assertThat(Raw.body(raw.say(Raw.head("GET", "/chunked")).until("0\r\n\r\n")))
                    .contains(Upstream.LETTERS);
            assertThat(raw.say(Raw.put("/count", "four")).until("5")).contains(" 200 ");
            String last = raw.say(Raw.head("GET", "/letters", "Connection: close")).rest();
            assertThat(last).contains("Connection: close").endsWith(Upstream.LETTERS);
        }
        assertThat(proxy.seen())
                .extracting(Exchange::responseBytes)
                .containsExactly(260L, 0L, 0L, 260L, 1L, 260L);
        assertThat(upstream.bodies()).containsExactly("", "", "", "", "four", "");
    }

    @Test
    void aChunkedRequestPassesWithItsTrailer() throws Exception {
        String request = Raw.head("PUT", "/x", "Transfer-Encoding: chunked");
        String answer =
                String.join(
                        "\r\n",
                        "HTTP/1.1 200 OK",
                        "Transfer-Encoding: chunked",
                        "",
                        "3;x=y",
                        "yes",
                        "0",
                        "T: 1",
                        "",
                        "");
        try (RawUpstream server = RawUpstream.saying("Sum: 9\r\n\r\n", answer);
                FaultProxy between = pass(server.uri());
                Raw raw = new Raw(between.uri())) {
            raw.say(request + "4\r\nwxyz\r\nA\r\nklmnopqrst\r\n0\r\nSum: 9\r\n\r\n");

            assertThat(Raw.body(raw.until("T: 1\r\n\r\n")))
                    .isEqualTo("3\r\nyes\r\n0\r\nT: 1\r\n\r\n");
            String sent = Raw.body(server.heard().get()).replaceAll("\r\n[0-9a-f]+\r\n", "");
            assertThat(sent).isEqualTo("4\r\nwxyzklmnopqrstSum: 9\r\n\r\n");
            assertThat(between.seen().getFirst().requestBytes()).isEqualTo(14);
        }
    }

    @Test
    void aBodyWithoutLengthEndsWithTheConnection() throws Exception {
        try (RawUpstream server =
                        RawUpstream.saying("\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nuntil the end");
                FaultProxy between = pass(server.uri());
                Raw raw = new Raw(between.uri())) {
            String response = raw.say(Raw.head("GET", "/")).rest();

            assertThat(response)
                    .isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end");
        }
    }

    @Test
    void anOldClientGetsOneAnswerAndTheEnd() throws Exception {
        try (Raw raw = new Raw(proxy.uri())) {
            assertThat(raw.say("GET /letters HTTP/1.0\r\n\r\n").rest()).endsWith(Upstream.LETTERS);
        }
    }

    @Test
    void aClientThatAsksBeforeItSendsIsToldToGoOn() throws Exception {
        try (Raw raw = new Raw(proxy.uri())) {
            String[] parts = Raw.put("/count", "body", "Expect: 100-continue").split("\r\n\r\n", 2);
            assertThat(raw.say(parts[0] + "\r\n\r\n").until("\r\n\r\n")).contains(" 100 ");
            assertThat(raw.say(parts[1]).until("\r\n\r\n1")).contains(" 200 ");
        }
        assertThat(upstream.bodies()).containsExactly("body");
    }

    @Test
    void aServerMayRefuseABodyBeforeItIsSent() throws Exception {
        String refusal = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n";
        try (RawUpstream server = RawUpstream.saying("\r\n\r\n", refusal);
                FaultProxy between = pass(server.uri());
                Raw raw = new Raw(between.uri())) {
            raw.say(Raw.head("PUT", "/", "Content-Length: 9", "Expect: 100-continue"));

            assertThat(raw.rest()).startsWith("HTTP/1.1 413 ").contains("Connection: close");
        }
    }

    @Test
    void T06_anAnswerPassesWhileTheRequestStillComes() throws Exception {
        String refusal = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n";
        try (RawUpstream server = RawUpstream.saying("first half", refusal);
                FaultProxy between = pass(server.uri());
                Raw raw = new Raw(between.uri())) {
            raw.say(Raw.head("PUT", "/", "Content-Length: 20") + "first half");
            assertThat(raw.until("\r\n\r\n")).startsWith("HTTP/1.1 413 ");

            raw.say("other half" + Raw.head("GET", "/"));
            assertThat(raw.until("\r\n\r\n")).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void aRequestHeadOfMoreThan64KiBIsRefused() throws Exception {
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.head("GET", "/letters", "X: " + "x".repeat(5_000_000)));

            assertThat(raw.rest()).startsWith("HTTP/1.1 431 ").contains("more than 65536 bytes");
        }
        assertThat(proxy.seen()).isEmpty();
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void aHeadOfNearly64KiBPasses() throws Exception {
        try (Raw raw = new Raw(proxy.uri())) {
            raw.say(Raw.head("GET", "/letters", "X: " + "x".repeat(65_000)));

            assertThat(raw.until(Upstream.LETTERS)).contains(" 200 ");
        }
    }

    @Test
    void aResponseHeadOfMoreThan64KiBIsRefused() throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n\r\n";
        try (RawUpstream server = RawUpstream.saying("\r\n\r\n", answer);
                FaultProxy between = pass(server.uri())) {
            assertThat(Raw.ask(between.uri(), "GET", "/")).startsWith("HTTP/1.1 502 ");
            assertThat(between.seen().getFirst().trouble()).contains("more than 65536 bytes");
        }
    }

    @Test
    void whatIsNotHttpIsRefused() throws Exception {
        for (String nonsense :
                List.of(
                        "GET /\r\n\r\n",
                        "GET / HTTP/2.0\r\n\r\n",
                        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                        "GET / HTTP/1.1\r\nContent-Length: 1, 2\r\n\r\n",
                        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")) {
            try (Raw raw = new Raw(proxy.uri())) {
                assertThat(raw.say(nonsense).rest()).as(nonsense).startsWith("HTTP/1.1 400 ");
            }
        }
        assertThat(proxy.seen()).isEmpty();
    }

    @Test
    void S02_aClientThatSpeaksTlsIsNotLeftWaiting() {
        URI tls = URI.create("https://127.0.0.1:" + proxy.uri().getPort() + "/letters");

        assertThatThrownBy(() -> send(HttpRequest.newBuilder(tls)))
                .isInstanceOf(javax.net.ssl.SSLException.class);
    }

    @Test
    void aServerThatIsNotThereIsTroubleAndNotAFault() throws Exception {
        Upstream gone = new Upstream();
        gone.close();
        try (FaultProxy between = pass(gone.uri())) {
            assertThat(Raw.ask(between.uri(), "GET", "/"))
                    .startsWith("HTTP/1.1 502 ")
                    .contains("cannot connect");
            Exchange exchange = between.seen().getFirst();
            assertThat(exchange.serverStatus()).isZero();
            assertThat(exchange.clientStatus()).isEqualTo(502);
            assertThat(exchange.trouble()).contains("cannot connect to " + gone.uri());
            assertThat(between)
                    .hasToString(between.uri() + " in front of " + gone.uri() + "\n  " + exchange);
        }
    }

    @Test
    void aServerThatEndsInsideABodyLeavesNoWholeLookingResponse() throws Exception {
        for (String length : List.of("Content-Length: 99", "Transfer-Encoding: chunked")) {
            String answer = "HTTP/1.1 200 OK\r\n" + length + "\r\n\r\n9\r\npart";
            try (RawUpstream server = RawUpstream.saying("\r\n\r\n", answer);
                    FaultProxy between = pass(server.uri())) {
                assertThatThrownBy(() -> send(HttpRequest.newBuilder(between.uri())))
                        .isInstanceOf(IOException.class);
                assertThat(between.seen().getFirst().trouble())
                        .contains("SERVER ended inside a body");
            }
        }
    }

    @Test
    void S08_aResetOfAnUnframedBodyDoesNotBecomeItsEnd() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        String answer = "HTTP/1.1 200 OK\r\n\r\npart";
        try (RawUpstream server = RawUpstream.resetting(answer, read);
                FaultProxy between = pass(server.uri());
                Raw raw = new Raw(between.uri())) {
            raw.say(Raw.head("GET", "/")).until("part");
            read.countDown();

            assertThatThrownBy(raw::rest).hasMessageContaining("reset");
            assertThat(between.seen().getFirst().trouble()).contains("SERVER ended the connection");
        }
    }

    @Test
    void aClientThatLeavesInsideItsBodyEndsTheRequest() throws Exception {
        try (RawUpstream server = RawUpstream.listening();
                FaultProxy between = pass(server.uri())) {
            try (Raw raw = new Raw(between.uri())) {
                raw.say(Raw.head("PUT", "/", "Content-Length: 99") + "part");
            }

            assertThat(Raw.body(server.heard().get())).isEqualTo("part");
            assertThat(between.seen().getFirst().trouble()).contains("CLIENT ended inside a body");
        }
    }

    @Test
    void aPutOfTheJdkClientPasses() throws Exception {
        HttpRequest.Builder put = HttpRequest.newBuilder(at("/count")).expectContinue(true);

        assertThat(send(put.PUT(BodyPublishers.ofString("x".repeat(300_000)))).body())
                .isEqualTo("1");
        assertThat(upstream.bodies().getFirst()).hasSize(300_000);
    }

    private static FaultProxy pass(URI server) {
        return FaultProxy.to(server, Script.always(new Fault.Pass()));
    }

    private URI at(String target) {
        return proxy.uri().resolve(target);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
