package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Way;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

class ProbeTest {
    private static final String CONFIG = "/api/v1/status/config";

    @Test
    void aPrometheusIsKnown() throws IOException {
        try (Scripted server = Scripted.prometheus().says(CONFIG, "{\"yaml\":\"global: {}\"}")) {
            Abilities abilities = probe(server);
            assertThat(abilities.product()).isEqualTo("prometheus");
            assertThat(abilities.version()).isEqualTo("3.5.3");
            assertThat(abilities.identity()).isEmpty();
            assertThat(abilities.ways()).containsExactly(Way.RAW, Way.QUERY_RANGE);
            assertThat(abilities.notes()).contains("query.max-samples is 50000000");
            assertThat(Duration.between(abilities.clock(), Instant.now()))
                    .isBetween(Duration.ofMinutes(-1), Duration.ofMinutes(1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vm_app_version{version=\"vm-2024-tags-v1.112.0-0-g1\" short_version=\"v1.112.0\"} 1,"
                + " 1.112.0",
        "vm_app_version{version=\"1.79.5+ds1-1\"} 1, 1.79.5",
        "vm_app_version{version=\"\" short_version=\"\"} 1, ''",
        "something_else 1, ''",
    })
    void aVictoriaMetricsIsKnownByItsExport(String metrics, String version) throws IOException {
        try (Scripted server =
                Scripted.prometheus()
                        .saysAll("/api/v1/export", "")
                        .saysAll("/metrics", metrics + "\n")) {
            Abilities abilities = probe(server);
            assertThat(abilities.product()).isEqualTo("victoria-metrics");
            assertThat(abilities.version()).isEqualTo(version);
            assertThat(abilities.ways()).containsExactly(Way.EXPORT, Way.QUERY_RANGE);
        }
    }

    @Test
    void othersAreKnownByWhatTheySay() throws IOException {
        String build = "{\"application\":\"Grafana Mimir\",\"version\":\"2.16\",\"features\":{}}";
        try (Scripted server = Scripted.prometheus().says("/api/v1/status/buildinfo", build)) {
            assertThat(probe(server).product()).isEqualTo("mimir");
            assertThat(probe(server).notes()).anyMatch(note -> note.contains("configuration"));
        }
        try (Scripted server = Scripted.prometheus().says("/api/v1/stores", "{}")) {
            assertThat(probe(server).product()).isEqualTo("thanos");
        }
    }

    @Test
    void S34_itIsWhoItsExternalLabelsSay() throws IOException {
        String yaml =
                "{\"yaml\":\"global:\\n  external_labels:\\n    region: eu\\n    cluster: c1\\n"
                        + "remote_read:\\n- url: http://elsewhere\\n\"}";
        try (Scripted server = Scripted.prometheus().says(CONFIG, yaml)) {
            assertThat(probe(server).identity()).isEqualTo("{cluster=\"c1\", region=\"eu\"}");
            assertThat(probe(server).notes()).anyMatch(note -> note.contains("remote_read"));
        }
    }

    @Test
    void anAgentCannotBeRead() throws IOException {
        try (Scripted server =
                Scripted.prometheus().knowsNot("/api/v1/query").knowsNot("/api/v1/query_range")) {
            assertThat(probe(server).ways()).isEmpty();
            assertThat(probe(server).notes()).anyMatch(note -> note.contains("an agent"));
        }
    }

    @Test
    void aServerOfSomethingElseIsRefused() throws IOException {
        try (Scripted server = new Scripted()) {
            assertThatThrownBy(() -> probe(server)).isInstanceOf(Permanent.class);
        }
        try (Scripted server = Scripted.prometheus().saysAll(CONFIG, "{\"status\":")) {
            assertThatThrownBy(() -> probe(server)).isInstanceOf(Transient.class);
        }
    }

    private static Abilities probe(Scripted server) {
        try (PrometheusSource source = server.source()) {
            return source.probe();
        }
    }
}
