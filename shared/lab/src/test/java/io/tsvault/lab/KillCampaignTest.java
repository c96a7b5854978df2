package io.tsvault.lab;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/// What restores rely on: a Prometheus keeps what it has acknowledged, however it dies.
@Tag("campaign")
class KillCampaignTest {
    private static final int KILLS = 100;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Stream<String> everyPrometheus() {
        return Lab.everyPrometheus().stream().map(Setup::name);
    }

    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void everyAcknowledgedSampleSurvivesEveryKill(String name) throws Exception {
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            long startMs = 1_780_000_000_000L;
            for (int kill = 1; kill <= KILLS; kill++) {
                long now = startMs + kill * 15_000L;
                assertThat(ServerTest.write(server, now, kill)).isEqualTo(204);
                server.kill();
                server.restart();
                assertThat(count(server, now))
                        .as("after kill %d", kill)
                        .contains("\"" + kill + "\"]");
            }
        }
    }

    private static String count(Server server, long timestampMs) throws Exception {
        String query = URLEncoder.encode("count_over_time(lab_test[1h])", UTF_8);
        URI uri =
                server.uri()
                        .resolve("/api/v1/query?time=" + timestampMs / 1000 + "&query=" + query);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
}
