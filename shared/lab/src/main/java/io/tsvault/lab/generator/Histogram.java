package io.tsvault.lab.generator;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;

/// Observations around a mean, counted in cumulative buckets.
///
/// The series of a histogram share no state: each draws the same observations from its own copy of
/// the dice and counts what it needs. That costs time, and lets each be made alone.
///
/// @param bounds upper ends of the buckets, ascending, without +Inf
record Histogram(double perSecond, double mean, List<Double> bounds) {
    private static final int MAX_PER_SCRAPE = 400;

    Histogram {
        bounds = List.copyOf(bounds);
    }

    /// Adds `_bucket`, `_sum` and `_count`. All count from the first scrape on, even when the
    /// target shows itself later.
    void addTo(Target target, String name, String... labels) {
        Dice dice = target.dice().fork();
        double before = Math.exp(dice.unit() * 8);
        Observations seen = new Observations(dice, target.perScrape(perSecond), mean);
        int last = bounds.size();
        for (int j = 0; j <= last; j++) {
            double bound = j < last ? bounds.get(j) : Double.POSITIVE_INFINITY;
            Signal bucket = seen.count(start(before, j), x -> x <= bound);
            target.addRunning(name + "_bucket", bucket, with(labels, TextFormat.number(bound)));
        }
        target.addRunning(name + "_sum", seen.sum(), labels);
        target.addRunning(name + "_count", seen.count(start(before, last), x -> true), labels);
    }

    /// What bucket `j` begins with: its even share of all that was seen before.
    private double start(double before, int j) {
        return Math.floor(before * (j + 1) / (bounds.size() + 1));
    }

    private static String[] with(String[] labels, String le) {
        String[] all = Arrays.copyOf(labels, labels.length + 2);
        all[labels.length] = "le";
        all[labels.length + 1] = le;
        return all;
    }

    /// What is observed: lognormal, so many per scrape at load 1.
    private record Observations(Dice dice, double perScrape, double mean) {
        Signal count(double start, DoublePredicate counted) {
            Dice own = dice.copy();
            return Signal.moving(
                    start,
                    (before, scrape) -> {
                        double count = before;
                        for (int n = howMany(own, scrape); n > 0; n--) {
                            if (counted.test(next(own))) {
                                count++;
                            }
                        }
                        return count;
                    });
        }

        Signal sum() {
            Dice own = dice.copy();
            return Signal.moving(
                    0,
                    (before, scrape) -> {
                        double sum = before;
                        for (int n = howMany(own, scrape); n > 0; n--) {
                            sum += next(own);
                        }
                        return sum;
                    });
        }

        private int howMany(Dice own, Scrape scrape) {
            return Math.min(MAX_PER_SCRAPE, own.poisson(perScrape * scrape.load()));
        }

        private double next(Dice own) {
            return mean * Math.exp(1.1 * own.gaussian());
        }
    }
}
