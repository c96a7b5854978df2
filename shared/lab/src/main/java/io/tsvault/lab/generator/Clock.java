package io.tsvault.lab.generator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// When one target is scraped and how busy it is. All its series share these timestamps and this
/// load.
///
/// 97 of 100 scrapes are on time, 3 are some ms late, one in 200 up to 0.42 s; one in 2000 is
/// missed. The load is a day's wave times a slow random drift.
final class Clock {
    /// How far an exporter with timestamps of its own lags at most.
    static final int MAX_LAG_MS = 9000;

    /// No scrape is this late.
    static final int MAX_LATE_MS = 1000;

    private static final double SECONDS_PER_DAY = 86400;

    private final Schedule schedule;
    private final Dice dice;
    private final LongSupplier lagMs;
    private final long phaseMs;
    private int number;
    private double drift;
    private long lastMs = Long.MIN_VALUE;
    private @Nullable Scrape ahead;

    private Clock(Schedule schedule, Dice dice, LongSupplier lagMs) {
        this.schedule = schedule;
        this.dice = dice;
        this.lagMs = lagMs;
        this.phaseMs = Math.abs(dice.nextLong() % schedule.intervalMs());
    }

    /// Timestamps are those of the scrape. Leaves `dice` behind all that the clock will draw.
    static Clock ofScrapes(Schedule schedule, Dice dice) {
        Clock clock = new Clock(schedule, dice.copy(), () -> 0);
        Clock skipped = new Clock(schedule, dice, () -> 0);
        for (int i = 0; i < schedule.scrapes(); i++) {
            skipped.draw();
        }
        return clock;
    }

    /// The exporter gives its own timestamps, up to 9 s before the scrape. Leaves `dice` behind all
    /// that the clock will draw.
    static Clock ofExporter(Schedule schedule, Dice dice) {
        Dice own = dice.copy();
        ofScrapes(schedule, dice);
        Dice lags = dice.copy();
        for (int i = 0; i < schedule.scrapes(); i++) {
            dice.nextInt();
        }
        long maxMs = Math.min(MAX_LAG_MS, schedule.intervalMs());
        return new Clock(schedule, own, () -> Math.abs(lags.nextInt() % maxMs));
    }

    Schedule schedule() {
        return schedule;
    }

    /// The scrapes before `endMs` that were not given yet.
    List<Scrape> until(long endMs) {
        List<Scrape> scrapes = new ArrayList<>();
        while (ahead != null || number < schedule.scrapes()) {
            Scrape next = ahead != null ? ahead : draw();
            if (next.timestampMs() >= endMs) {
                ahead = next;
                break;
            }
            ahead = null;
            scrapes.add(next);
        }
        return scrapes;
    }

    private Scrape draw() {
        long dueMs = number * schedule.intervalMs();
        long scrapedMs = schedule.startMs() + phaseMs + dueMs + lateMs();
        boolean missed = dice.chance(0.0005);
        drift = 0.97 * drift + 0.12 * dice.gaussian();
        long second = schedule.startMs() / 1000 + dueMs / 1000;
        double wave = 0.6 + 0.35 * Math.sin(second * 2 * Math.PI / SECONDS_PER_DAY);
        lastMs = Math.max(lastMs + 1, scrapedMs - lagMs.getAsLong());
        return new Scrape(number++, lastMs, missed, Math.max(0.02, wave * Math.exp(drift)));
    }

    private long lateMs() {
        double luck = dice.unit();
        if (luck < 0.03) {
            return 3 + (long) (dice.exponential() * 4);
        }
        return luck < 0.035 ? 20 + dice.below(400) : 0;
    }
}
