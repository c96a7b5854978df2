package io.tsvault.benchmarks;

import io.tsvault.core.series.Series;
import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.Schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is encoded: some windows of a fleet of recipe public-1, seed 42, every 15 s.
enum Dataset {
    /// Many series, one window.
    FORTY_TARGETS_2_H(40, Duration.ofHours(2)),

    /// Few series, and labels that every window shares. The first 8 h of a day: as many samples.
    TEN_TARGETS_8_H(10, Duration.ofHours(8));

    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    static final Duration WINDOW = Duration.ofHours(2);

    private final int targets;
    private final Duration length;

    Dataset(int targets, Duration length) {
        this.targets = targets;
        this.length = length;
    }

    /// Window by window, in label order.
    List<Series> series() {
        return new Fleet(Recipe.PUBLIC_1, 42, targets, new Schedule(START, INTERVAL, length))
                .windows(WINDOW)
                .flatMap(window -> window.series())
                .toList();
    }
}
