package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;
import io.tsvault.lab.twin.Generation;
import io.tsvault.lab.twin.Twin;
import io.tsvault.lab.twin.TwinOptions;
import io.tsvault.prometheus.PrometheusSource.External;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Remote read adds external labels; what is kept must not depend on which way was taken.
class ExternalLabelsSourceTest {
    private static final long START_MS = 1_700_006_400_000L;
    private static final TimeRange WINDOW = new TimeRange(START_MS, START_MS + Source.WINDOW_MS);

    private final Twin twin =
            Twin.of(
                    TwinOptions.of(Generation.V3_5)
                            .externalLabels(Labels.of("aaa", "x", "region", "eu")));

    @AfterEach
    void close() {
        twin.close();
    }

    @Test
    void theyAreTakenOff() {
        fill(up("b"), up("a"));
        try (Source source = new PrometheusSource(Filled.http(twin.uri()), External.STRIP)) {
            Abilities abilities = source.probe();
            assertThat(abilities.identity()).isEqualTo("{aaa=\"x\", region=\"eu\"}");
            assertThat(abilities.ways()).startsWith(Way.REMOTE_READ, Way.RAW);
            assertThat(read(source, Way.REMOTE_READ))
                    .containsExactly(up("a"), up("b"))
                    .isEqualTo(read(source, Way.RAW));
        }
    }

    @Test
    void theyAreKeptInOrder() {
        fill(up("b"), up("a"));
        try (Source source = new PrometheusSource(Filled.http(twin.uri()), External.KEEP)) {
            assertThat(read(source, Way.REMOTE_READ).stream().map(Series::labels))
                    .containsExactly(
                            Labels.of("__name__", "up", "aaa", "x", "region", "eu", "zone", "a"),
                            Labels.of("__name__", "up", "aaa", "x", "region", "eu", "zone", "b"));
        }
    }

    @Test
    void S36_remoteReadIsLeftOutWhereASeriesHasOneByItself() {
        fill(up("b"), series("up", "region", "eu"));
        try (Source source = new PrometheusSource(Filled.http(twin.uri()))) {
            Abilities abilities = source.probe();
            assertThat(abilities.ways()).containsExactly(Way.RAW, Way.QUERY_RANGE);
            assertThat(abilities.notes())
                    .anyMatch(note -> note.contains("by themselves, {region=\"eu\"}"));
        }
    }

    private void fill(Series... series) {
        Filled.with(twin.uri(), List.of(series));
    }

    private static List<Series> read(Source source, Way way) {
        List<Series> read = new ArrayList<>();
        try (Reading reading = source.read(Mode.of(way), Selector.parse("up"), WINDOW)) {
            reading.forEachRemaining(read::add);
        }
        return read;
    }

    private static Series up(String zone) {
        return series("up", "zone", zone);
    }

    private static Series series(String metric, String label, String value) {
        return new Series(
                Labels.of("__name__", metric, label, value),
                Samples.builder().add(START_MS, 1).add(START_MS + 15_000, 2).build());
    }
}
