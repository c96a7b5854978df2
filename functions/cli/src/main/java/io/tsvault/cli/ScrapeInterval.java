package io.tsvault.cli;

import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How often a source is written to: the usual time between two samples of what every scrape has.
final class ScrapeInterval {
    private static final Selector UP = Selector.parse("up");

    /// Targets are scraped alike, but for a few.
    private static final int MOST_SERIES = 100;

    private ScrapeInterval() {}

    /// Measures the newest samples, to the second; nothing where there are none, or where the
    /// source gives only values on a grid.
    static Optional<Duration> of(Source source, Abilities abilities) {
        Optional<Mode> mode =
                abilities.ways().stream()
                        .filter(way -> way != Way.QUERY_RANGE)
                        .findFirst()
                        .map(Mode::of);
        long nowMs = abilities.clock().toEpochMilli();
        long windowMs = Math.floorDiv(nowMs, Source.WINDOW_MS) * Source.WINDOW_MS;
        return mode.flatMap(
                how ->
                        in(source, how, new TimeRange(windowMs, Math.max(nowMs, windowMs + 1)))
                                .or(
                                        () ->
                                                in(
                                                        source,
                                                        how,
                                                        new TimeRange(
                                                                windowMs - Source.WINDOW_MS,
                                                                windowMs))));
    }

    private static Optional<Duration> in(Source source, Mode mode, TimeRange range) {
        List<Long> steps = new ArrayList<>();
        try (Reading reading = source.read(mode, UP, range)) {
            for (int series = 0; series < MOST_SERIES && reading.hasNext(); series++) {
                Samples samples = reading.next().samples();
                for (int i = 1; i < samples.size(); i++) {
                    steps.add(samples.timestampMs(i) - samples.timestampMs(i - 1));
                }
            }
        }
        steps.sort(null);
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds((steps.get(steps.size() / 2) + 500) / 1000))
                        .filter(Duration::isPositive);
    }
}
