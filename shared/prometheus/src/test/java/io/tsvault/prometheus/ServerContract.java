package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.SourceContract;
import io.tsvault.core.source.Way;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The contract of sources on one server, which is started and filled once.
@TestInstance(Lifecycle.PER_CLASS)
abstract class ServerContract extends SourceContract {
    private static final long STEP_MS = 30_000;
    private static final long DAYS_MS = Duration.ofDays(2).toMillis();

    private AutoCloseable server = () -> {};
    private Source source = new PrometheusSource(Filled.http(URI.create("http://localhost:9")));

    /// Starts the server.
    protected abstract AutoCloseable start();

    protected abstract URI uri(AutoCloseable started);

    @BeforeAll
    void fill() {
        server = start();
        Filled.with(uri(server), written());
        Filled.with(uri(server), moreThanADay());
        settle(uri(server));
        source = new PrometheusSource(Filled.http(uri(server)));
    }

    /// Lets it show what it was given.
    protected void settle(URI uri) {}

    @AfterAll
    void close() throws Exception {
        source.close();
        server.close();
    }

    @Override
    protected final Source source() {
        return source;
    }

    @Override
    protected List<Way> ways() {
        return List.of(Way.REMOTE_READ, Way.RAW, Way.QUERY_RANGE);
    }

    /// Four metrics of some length, one with a hole, in the order in which they happen.
    private static List<Series> moreThanADay() {
        List<Series> whole =
                List.of(
                        every30s("grid_a", 2419, 0),
                        every30s("grid_b", 2419, 11),
                        every30s("grid_c", 3630, 0),
                        every30s("grid_d", 2419, 0));
        List<Series> inOrder = new ArrayList<>();
        for (long ms = START_MS; ms < START_MS + DAYS_MS; ms += 60 * STEP_MS) {
            TimeRange half = new TimeRange(ms, ms + (60 * STEP_MS));
            for (Series series : whole) {
                Samples part = series.samples().within(half);
                if (part.size() > 0) {
                    inOrder.add(new Series(series.labels(), part));
                }
            }
        }
        return inOrder;
    }

    private static Series every30s(String metric, int points, int missing) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < points; i++) {
            if (i < 1000 || i >= 1000 + missing) {
                samples.add(START_MS + (i * STEP_MS), i);
            } else if (i == 1000) {
                samples.addBits(START_MS + (i * STEP_MS), Samples.STALE_MARKER);
            }
        }
        samples.addBits(START_MS + (points * STEP_MS), Samples.STALE_MARKER);
        return new Series(Labels.of("__name__", metric, "zone", "z"), samples.build());
    }

    @Test
    void aGridOfMoreThanADayHasExactlyItsPoints() {
        SortedMap<String, Integer> points = new TreeMap<>();
        Selector grids = Selector.parse("{__name__=~\"grid_.\"}");
        for (long ms = START_MS; ms < START_MS + DAYS_MS; ms += Source.WINDOW_MS) {
            TimeRange window = new TimeRange(ms, ms + Source.WINDOW_MS);
            Mode grid = Mode.grid(Duration.ofMillis(STEP_MS));
            try (Reading reading = source.read(grid, grids, window)) {
                reading.forEachRemaining(
                        series ->
                                points.merge(
                                        series.labels().value(0),
                                        series.samples().size(),
                                        Integer::sum));
            }
        }
        assertThat(points)
                .containsExactly(
                        Map.entry("grid_a", 2419),
                        Map.entry("grid_b", 2408),
                        Map.entry("grid_c", 3630),
                        Map.entry("grid_d", 2419));
        assertThat(points.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(10_876);
    }
}
