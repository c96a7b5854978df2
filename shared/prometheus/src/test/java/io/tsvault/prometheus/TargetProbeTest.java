package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.target.Standing;
import io.tsvault.prometheus.http.Http;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/// Servers that do not tell all that one would like to know.
class TargetProbeTest {
    private static final String MIMIR =
            "{\"application\":\"Grafana Mimir\",\"version\":\"2.16\",\"features\":{}}";
    private static final String TSDB = "/api/v1/status/tsdb";

    private static Standing standing(Scripted server) {
        try (Http http = Filled.http(server.uri())) {
            return new TargetProbe(new Api(http), Profile.of("mimir")).run();
        }
    }

    private static Scripted mimir() throws IOException {
        return Scripted.prometheus()
                .says("/api/v1/status/buildinfo", MIMIR)
                .knowsNot("/api/v1/status/flags");
    }

    @Test
    void whoHasNoSeriesIsEmpty() throws IOException {
        try (Scripted server = mimir()) {
            assertThat(standing(server).product()).isEqualTo("mimir");
            assertThat(standing(server).headMs()).isEmpty();
        }
    }

    @Test
    void whoHasSeriesAndDoesNotTellItsNewestSampleIsTakenToBeLive() throws IOException {
        try (Scripted server = mimir().says("/api/v1/series", "[{\"__name__\":\"up\"}]")) {
            Standing standing = standing(server);
            assertThat(standing.headMs()).hasValue(standing.clock().toEpochMilli());
            assertThat(standing.notes()).anyMatch(note -> note.contains("newest sample"));
        }
    }

    @Test
    void theHeadThatIsToldCounts() throws IOException {
        String head = "{\"headStats\":{\"numSeries\":1,\"minTime\":1,\"maxTime\":77000}}";
        String empty = "{\"headStats\":{\"maxTime\":-9223372036854775808}}";
        try (Scripted server = mimir().says("/api/v1/series", "[{\"__name__\":\"up\"}]")) {
            assertThat(standing(server.says(TSDB, head)).headMs()).hasValue(77_000);
            assertThat(standing(server.says(TSDB, empty)).headMs()).isEmpty();
        }
    }
}
