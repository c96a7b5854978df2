package io.tsvault.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.source.TooMuch;
import io.tsvault.lab.proxy.Exchange;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.Fault.Ending;
import io.tsvault.lab.proxy.Fault.Leg;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Gate;
import io.tsvault.lab.proxy.Reply;
import io.tsvault.lab.proxy.Script;
import io.tsvault.lab.twin.Generation;
import io.tsvault.lab.twin.Twin;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

class HttpTest {
    private static final Call CALL =
            Call.get("/api/v1/status/buildinfo", Form.EMPTY).accepting("application/json");

    private final Twin server = Twin.of(Generation.V3_5);
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void beQuick() {
        settings.put("timeout-first-byte", "300ms");
        settings.put("timeout-idle", "300ms");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String body(FaultProxy proxy, Call call) {
        settings.put("url", proxy.uri().toString());
        try (Http http = Http.to(ServerSettings.from(settings));
                Answer answer = http.send(call)) {
            return new String(answer.bytes(), StandardCharsets.UTF_8);
        }
    }

    private <T extends RuntimeException> T failure(Class<T> type, Fault fault) {
        try (FaultProxy proxy = FaultProxy.to(server.uri(), Script.always(fault))) {
            T failure = catchThrowableOfType(type, () -> body(proxy, CALL));
            assertThat(failure)
                    .hasMessageStartingWith("GET " + proxy.uri() + "/api/v1/status/buildinfo: ");
            return failure;
        }
    }

    private static Fault answer(Reply reply) {
        return new Fault.Answer(reply);
    }

    private static Fault refuse(int status, String text) {
        return answer(Reply.status(status).text("text/plain", text));
    }

    @Test
    void aGoodAnswerIsReadAndTheConnectionUsedAgain() {
        try (FaultProxy proxy = FaultProxy.to(server.uri(), Script.always(new Fault.Pass()))) {
            settings.put("url", proxy.uri().toString());
            try (Http http = Http.to(ServerSettings.from(settings))) {
                for (int i = 0; i < 3; i++) {
                    try (Answer answer = http.send(CALL)) {
                        assertThat(answer.bytes()).startsWith('{');
                        assertThat(answer.status()).isEqualTo(200);
                        assertThat(answer.header("content-type")).contains("application/json");
                    }
                }
            }
            assertThat(proxy.seen())
                    .extracting(Exchange::clientStatus)
                    .containsExactly(200, 200, 200);
        }
    }

    @Test
    void parametersGoInTheFormOfAPost() {
        Call query =
                Call.post("/api/v1/query", Form.of("query", "vector(1+1)", "time", "7"))
                        .accepting("application/json");
        try (FaultProxy proxy = FaultProxy.to(server.uri(), Script.always(new Fault.Pass()))) {
            assertThatThrownBy(() -> body(proxy, query)).hasMessageContaining("/api/v1/query: 400");
            Call good =
                    Call.post("/api/v1/query", Form.of("query", "up{a=\"b&c\"}", "time", "7"))
                            .accepting("application/json");
            assertThat(body(proxy, good)).contains("\"success\"");
        }
    }

    @Test
    void S01_aServerThatIsDownMayComeBack() {
        try (FaultProxy proxy = FaultProxy.to(server.uri(), Script.always(new Fault.Pass()))) {
            proxy.down();
            assertThatThrownBy(() -> body(proxy, CALL))
                    .isInstanceOf(Transient.class)
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void S01_aHostWithoutAddressMayGetOne() {
        settings.put("url", "http://no-such-host.invalid:9090");
        try (Http http = Http.to(ServerSettings.from(settings))) {
            assertThatThrownBy(() -> http.send(CALL))
                    .isInstanceOf(Transient.class)
                    .hasMessageContaining("no-such-host.invalid");
        }
    }

    @Test
    void S02_plainTextWhereTlsShouldBeIsForAPerson() {
        try (FaultProxy proxy = FaultProxy.to(server.uri(), Script.always(new Fault.Pass()))) {
            settings.put("url", proxy.uri().toString().replace("http:", "https:"));
            try (Http http = Http.to(ServerSettings.from(settings))) {
                assertThatThrownBy(() -> http.send(CALL))
                        .isInstanceOf(Permanent.class)
                        .hasMessageContaining("TLS fails");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void S03_anErrorOfTheServerMayPass(int status) {
        Transient failure = failure(Transient.class, refuse(status, "broken pipe\nand more"));

        assertThat(failure).hasMessageEndingWith(": " + status + " broken pipe");
        assertThat(failure.askedWait()).isEmpty();
    }

    @Test
    void S03_theErrorOfTheEnvelopeIsTold() {
        String json = "{\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"no disk\"}";
        Fault fault = answer(Reply.status(500).text("application/json", json));

        assertThat(failure(Transient.class, fault)).hasMessageEndingWith("500 no disk");
    }

    @Test
    void S04_theWaitIsTold() {
        Fault inSeconds = answer(Reply.status(429).retryAfter(Duration.ofSeconds(17)));
        assertThat(failure(Transient.class, inSeconds).askedWait())
                .contains(Duration.ofSeconds(17));

        Instant now = Instant.parse("2026-02-03T04:05:06Z");
        Fault asDate =
                answer(
                        Reply.status(503)
                                .with("Date", "Tue, 03 Feb 2026 04:05:06 GMT")
                                .with("Retry-After", "Tue, 03 Feb 2026 04:06:06 GMT"));
        assertThat(failure(Transient.class, asDate).askedWait())
                .as("held against the clock of the server, %s", now)
                .contains(Duration.ofMinutes(1));
    }

    @Test
    void S05_aFirstByteThatNeverComesIsNotWaitedFor() {
        Gate gate = new Gate();
        assertThat(failure(Transient.class, new Fault.Hold(Leg.RESPONSE, gate)))
                .hasMessageContaining("no answer within 300 ms (timeout-first-byte)");
    }

    @Test
    void S06_aBodyThatStopsIsNotWaitedFor() {
        assertThat(failure(Transient.class, new Fault.Cut(Leg.RESPONSE, 20, Ending.SILENCE)))
                .hasMessageContaining("behind 20 bytes: nothing for 300 ms (timeout-idle)");
    }

    @Test
    void S06_aTrickleIsTooMuch() {
        Fault trickle = new Fault.Trickle(Leg.RESPONSE, 1, Duration.ofMillis(20));
        assertThat(failure(TooMuch.class, trickle)).hasMessageContaining("only trickles");
    }

    @Test
    void S06_theDeadlineEndsWhatIsNeverIdle() {
        settings.put("timeout-total", "200ms");
        Fault trickle = new Fault.Trickle(Leg.RESPONSE, 1, Duration.ofMillis(20));
        assertThat(failure(TooMuch.class, trickle))
                .hasMessageContaining("not done within 200 ms (timeout-total)");
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET"})
    void S07_aCutBodyIsAnError(Ending ending) {
        assertThat(failure(Transient.class, new Fault.Cut(Leg.RESPONSE, 20, ending)))
                .hasMessageContaining("breaks off behind");
    }

    @Test
    void S08_aBodyThatCannotShowItsEndIsRefused() {
        assertThat(failure(Permanent.class, new Fault.Append("", Ending.UNFRAMED)))
                .hasMessageContaining("neither a length nor chunks");
    }

    @Test
    void S12_aLoginPageIsNotParsed() {
        Fault login = answer(Reply.status(200).text("text/html; charset=utf-8", "<html>"));
        assertThat(failure(Permanent.class, login))
                .hasMessageContaining("\"text/html; charset=utf-8\", not application/json");
    }

    @Test
    void S12_noContentIsNotAnEmptyAnswer() {
        assertThat(failure(Permanent.class, answer(Reply.status(200))))
                .hasMessageContaining("not application/json");
    }

    @Test
    void S12_contentThatNobodyAskedForIsNotSuccess() {
        Call write = Call.post("/api/v1/write", new byte[1], Map.of());
        Reply login = Reply.status(200).text("text/html", "<html>");
        Fault[] answers = {answer(Reply.status(200)), answer(Reply.status(204)), answer(login)};
        try (FaultProxy proxy = FaultProxy.to(server.uri(), Script.inOrder(answers))) {
            assertThat(body(proxy, write)).isEmpty();
            assertThat(body(proxy, write)).isEmpty();
            assertThatThrownBy(() -> body(proxy, write))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("an answer of 200 with content");
        }
    }

    @Test
    void S16_aRedirectIsNotFollowed() {
        Reply redirect = Reply.redirect(URI.create("http://elsewhere.example:1/?token=canary"));
        assertThat(failure(Permanent.class, answer(redirect)))
                .hasMessageContaining("302")
                .hasMessageContaining("elsewhere.example")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    }

    @ParameterizedTest
    @CsvSource({
        "422, query processing would load too many samples into memory",
        "400, exceeded maximum resolution of 11000 points per timeseries",
        "400, exceeded sample limit (50000000)",
        "503, query timed out in expression evaluation",
        "504, whatever",
    })
    void S19_S20_S21_whatIsTooMuchCanBeAskedInPieces(int status, String text) {
        assertThat(failure(TooMuch.class, refuse(status, text))).hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({"400, parse error", "404, page not found", "418, teapot", "403, no"})
    void anythingElseIsForAPerson(int status, String text) {
        assertThat(failure(Permanent.class, refuse(status, text)))
                .hasMessageContaining(status + " " + text);
    }

    @Test
    void S29_theServersClockIsTold() {
        Fault late = new Fault.Header(Leg.RESPONSE, "Date", "Tue, 03 Feb 2026 04:05:06 GMT");
        try (FaultProxy proxy = FaultProxy.to(server.uri(), Script.inOrder(late))) {
            settings.put("url", proxy.uri().toString());
            try (Http http = Http.to(ServerSettings.from(settings))) {
                try (Answer answer = http.send(CALL)) {
                    assertThat(answer.serverClock())
                            .contains(Instant.parse("2026-02-03T04:05:06Z"));
                }
                try (Answer answer = http.send(CALL)) {
                    assertThat(answer.serverClock().orElseThrow())
                            .isBetween(
                                    Instant.now().minus(1, ChronoUnit.HOURS),
                                    Instant.now().plus(1, ChronoUnit.HOURS));
                }
            }
        }
    }

    @Test
    void S40_anOldAnswerOfACacheIsRefused() {
        assertThat(failure(Permanent.class, new Fault.Header(Leg.RESPONSE, "Age", "30")))
                .hasMessageContaining("30 s old");
    }

    @Test
    void S40_anAgeOfNothingIsFresh() {
        Fault fault = new Fault.Header(Leg.RESPONSE, "Age", "0");
        try (FaultProxy proxy = FaultProxy.to(server.uri(), Script.always(fault))) {
            assertThat(body(proxy, CALL)).contains("success");
        }
    }

    @Test
    void moreThanWasAllowedIsTooMuch() {
        try (FaultProxy proxy = FaultProxy.to(server.uri(), Script.always(new Fault.Pass()))) {
            assertThatThrownBy(() -> body(proxy, CALL.atMost(10)))
                    .isInstanceOf(TooMuch.class)
                    .hasMessageContaining("more than 10 bytes");
        }
    }
}
