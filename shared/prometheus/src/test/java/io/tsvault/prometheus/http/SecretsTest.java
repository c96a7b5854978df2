package io.tsvault.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;

import io.tsvault.core.failure.Permanent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

class SecretsTest {
    private static final String CANARY = "canary-5d1c9a";

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private HttpHandler wanting(String authorization) {
        return exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean isGood = authorization.equals(seen.getLast());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(isGood ? 200 : 401, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
            exchange.close();
        };
    }

    @Test
    void aNameAndAPasswordAreSent() throws IOException {
        try (OwnServer server = new OwnServer(wanting("Basic bWU6c2VjcmV0"));
                Http http =
                        server.client(
                                Map.of("U", "me", "P", "secret"),
                                "username-env",
                                "U",
                                "password-env",
                                "P");
                Answer answer = http.send(OwnServer.CALL)) {
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void S15_aSecretThatWasChangedIsReadAnew(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "old\n");
        try (OwnServer server = new OwnServer(wanting("Bearer new"));
                Http http = server.client(Map.of(), "bearer-file", token.toString())) {
            assertThatThrownBy(() -> http.send(OwnServer.CALL)).isInstanceOf(Permanent.class);
            Files.writeString(token, "new\n");
            http.send(OwnServer.CALL).close();
            http.send(OwnServer.CALL).close();
        }
        assertThat(seen)
                .containsExactly(
                        "Bearer old", "Bearer old", "Bearer old", "Bearer new", "Bearer new");
    }

    @Test
    void S15_withoutASecretNothingIsSentTwice() throws IOException {
        try (OwnServer server = new OwnServer(wanting("Bearer new"));
                Http http = server.client(Map.of())) {
            assertThatThrownBy(() -> http.send(OwnServer.CALL))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("401");
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void H12_noMessageShowsASecret(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), CANARY);
        try (OwnServer server = new OwnServer(wanting("Bearer other"));
                Http http = server.client(Map.of(), "bearer-file", token.toString())) {
            assertThatThrownBy(() -> http.send(OwnServer.CALL))
                    .isInstanceOf(Permanent.class)
                    .satisfies(e -> assertThat(everything(e)).doesNotContain(CANARY));
            assertThat(http.toString()).doesNotContain(CANARY);
            Files.writeString(token, CANARY + "\n" + CANARY);
            assertThatThrownBy(() -> http.send(OwnServer.CALL))
                    .hasMessageContaining("control characters")
                    .satisfies(e -> assertThat(everything(e)).doesNotContain(CANARY));
        }
    }

    @Test
    void aMissingSecretIsForAPerson() throws IOException {
        try (OwnServer server = new OwnServer(wanting(""));
                Http none = server.client(Map.of(), "bearer-env", "NOT_SET");
                Http gone = server.client(Map.of(), "bearer-file", "/no/such/file")) {
            assertThatThrownBy(() -> none.send(OwnServer.CALL))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("NOT_SET");
            assertThatThrownBy(() -> gone.send(OwnServer.CALL))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("/no/such/file");
        }
        assertThat(seen).isEmpty();
    }

    private static String everything(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
