package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.Gauges.constant;
import static io.tsvault.lab.generator.Gauges.function;

/// What Prometheus itself notes about each scrape.
final class ScrapeReport {
    private ScrapeReport() {}

    static void addTo(Target t) {
        t.add("up", constant(1));
        t.add("scrape_duration_seconds", function(ScrapeReport::duration));
        t.add("scrape_samples_scraped", constant(812));
        t.add("scrape_samples_post_metric_relabeling", constant(812));
        t.add("scrape_series_added", constant(0));
    }

    private static double duration(Scrape scrape) {
        Dice dice = new Dice(scrape.timestampMs());
        return Gauges.toNanos(0.006 * Math.exp(0.3 * dice.gaussian()));
    }
}
