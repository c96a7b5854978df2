package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Way;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class PrometheusSourceTest {
    private static final String NAMES = "/api/v1/label/__name__/values";
    private static final TimeRange RANGE = new TimeRange(0, 7_200_000);
    private static final Selector UP = Selector.parse("up");

    @Test
    void S17_whatTheServerWarnsOfIsObserved() throws IOException {
        String warned =
                "{\"status\":\"success\",\"data\":{\"result\":[]},\"warnings\":[\"a store"
                        + " fails\"]}";
        try (Scripted server =
                        Scripted.prometheus()
                                .says(NAMES, "[\"up\",\"down\"]")
                                .saysAll("/api/v1/query", warned);
                PrometheusSource source = server.source();
                Reading reading = source.read(Mode.of(Way.RAW), UP, RANGE)) {
            assertThat(reading.hasNext()).isFalse();
            assertThat(reading.observed().warnings()).containsExactly("a store fails");
        }
    }

    @Test
    void S17_aListOfNamesThatMayNotBeWholeIsNone() throws IOException {
        String cut =
                "{\"status\":\"success\",\"data\":[\"up\"],"
                        + "\"warnings\":[\"results truncated due to limit\"]}";
        try (Scripted server = Scripted.prometheus().saysAll(NAMES, cut);
                PrometheusSource source = server.source()) {
            assertThatThrownBy(() -> source.metrics(UP, RANGE))
                    .isInstanceOf(Transient.class)
                    .hasMessageContaining("results truncated due to limit");
            assertThatThrownBy(() -> source.read(Mode.of(Way.RAW), UP, RANGE).close())
                    .isInstanceOf(Transient.class);
        }
    }

    @Test
    void S25_metadataOfAFamilyMayComeTwice() throws IOException {
        String metadata =
                """
                {"up":[{"type":"gauge","help":"Is it?","unit":""},{"type":"gauge","help":"?"}],
                 "total":[{"type":"counter","help":"","unit":"s"},{"type":"counter","unit":"s"}],
                 "odd":[{"type":"untyped","help":""}]}
                """;
        try (Scripted server = Scripted.prometheus().says("/api/v1/metadata", metadata);
                PrometheusSource source = server.source()) {
            assertThat(source.metadata())
                    .containsExactly(
                            new Metadata("odd", Metadata.Type.UNKNOWN, "", ""),
                            new Metadata("total", Metadata.Type.COUNTER, "", "s"),
                            new Metadata("up", Metadata.Type.GAUGE, "?", ""),
                            new Metadata("up", Metadata.Type.GAUGE, "Is it?", ""));
        }
    }

    @Test
    void S20_aLongGridIsAskedForInPieces() {
        TimeRange window = new TimeRange(1, 7_200_001);
        List<TimeRange> pieces = Capture.points(window, 100);
        assertThat(pieces)
                .containsExactly(
                        new TimeRange(100, 1_100_001),
                        new TimeRange(1_100_100, 2_200_001),
                        new TimeRange(2_200_100, 3_300_001),
                        new TimeRange(3_300_100, 4_400_001),
                        new TimeRange(4_400_100, 5_500_001),
                        new TimeRange(5_500_100, 6_600_001),
                        new TimeRange(6_600_100, 7_200_001));
        assertThat(Capture.points(new TimeRange(1, 30_000), 30_000)).isEmpty();
        assertThat(Capture.points(new TimeRange(-30_000, 1), 30_000))
                .containsExactly(new TimeRange(-30_000, 1));
    }
}
