package io.tsvault.lab.generator;

import io.tsvault.core.series.Labels;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One thing that is scraped: a clock, the dice for what it shows, the labels that all its series
/// carry, and the series.
///
/// A target belongs to one [Run]: it moves through time with it, and forgets the scrapes that lie
/// behind.
final class Target {
    private final Clock clock;
    private final Dice dice;
    private final Life life;
    private final List<String> labels = new ArrayList<>();
    private final List<RunningSeries> series = new ArrayList<>();
    private List<Scrape> scrapes = List.of();

    Target(Clock clock, Dice dice, Life life) {
        this.clock = clock;
        this.dice = dice;
        this.life = life;
    }

    /// Which scrapes find the target: from number `from` until just before `to`.
    record Life(int from, int to) {
        static Life whole(Schedule schedule) {
            return new Life(0, schedule.scrapes());
        }
    }

    /// One more label of all series that are added from now on.
    Target with(String name, String value) {
        labels.add(name);
        labels.add(value);
        return this;
    }

    /// One more series, with these labels beside those of the target.
    void add(String metric, Model model, String... labels) {
        addRunning(metric, model.on(this).bornAt(life.from()), labels);
    }

    /// The same for a signal that moves even before the target lives.
    void addRunning(String metric, Signal signal, String... labels) {
        List<String> all = new ArrayList<>(List.of(Labels.METRIC_NAME, metric));
        all.addAll(this.labels);
        Collections.addAll(all, labels);
        Labels sorted = Labels.of(all.toArray(String[]::new));
        series.add(new RunningSeries(sorted, this, signal));
    }

    Dice dice() {
        return dice;
    }

    Schedule schedule() {
        return clock.schedule();
    }

    /// What `perSecond` comes to from one scrape to the next.
    double perScrape(double perSecond) {
        return perSecond * schedule().intervalMs() / 1000.0;
    }

    Life life() {
        return life;
    }

    List<RunningSeries> series() {
        return series;
    }

    /// Takes the scrapes before `endMs` that were not taken yet.
    void moveTo(long endMs) {
        scrapes = clock.until(endMs);
    }

    /// Those of the last move.
    List<Scrape> scrapes() {
        return scrapes;
    }
}
