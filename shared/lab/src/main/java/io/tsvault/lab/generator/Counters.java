package io.tsvault.lab.generator;

/// Values that only rise. The higher the load, the faster; each starts somewhere, as if its process
/// had run before.
///
/// All sums but the last two are whole numbers far below 2^53, which a double holds exactly.
final class Counters {
    private Counters() {}

    /// Events that come at random, so many per second on average: whole numbers.
    static Model events(double perSecond) {
        return target -> {
            Dice dice = target.dice().fork();
            double mean = target.perScrape(perSecond);
            double start = Math.floor(Math.exp(dice.unit() * 14));
            return Signal.moving(
                    start, (count, scrape) -> count + dice.poisson(mean * scrape.load()));
        };
    }

    /// Bytes in steps of very different size, each a multiple of `unit`.
    static Model bytes(double perSecond, int unit) {
        return target -> {
            Dice dice = target.dice().fork();
            double mean = target.perScrape(perSecond);
            double start = whole(Math.exp(dice.unit() * 24), unit);
            return Signal.moving(
                    start,
                    (sum, scrape) -> {
                        double step = mean * scrape.load() * Math.exp(0.7 * dice.gaussian());
                        return sum + whole(step, unit);
                    });
        };
    }

    private static double whole(double bytes, double unit) {
        return Math.floor(bytes / unit) * unit;
    }

    /// Seconds of work, a `share` of the time, as a decimal number with so many `digits`: the
    /// exporter counts ticks and divides.
    static Model seconds(double share, int digits) {
        return target -> {
            Dice dice = target.dice().fork();
            double ticksPerSecond = Math.pow(10, digits);
            double mean = target.perScrape(share) * ticksPerSecond;
            double start = Math.floor(Math.exp(dice.unit() * 12) * ticksPerSecond);
            return Signal.moving(start, (ticks, scrape) -> ticks + ticks(dice, mean, scrape))
                    .shownAs(ticks -> ticks / ticksPerSecond);
        };
    }

    /// Seconds of work again, but the exporter adds ticks of 0.01 s to a floating-point sum:
    /// 0.35000000000000003 instead of 0.35. No decimal number, yet only some ulps away from one.
    static Model driftingSeconds(double share) {
        return target -> {
            Dice dice = target.dice().fork();
            double mean = target.perScrape(share) * 100;
            double start = Math.floor(Math.exp(dice.unit() * 12)) * 0.01;
            return Signal.moving(start, (sum, scrape) -> sum + ticks(dice, mean, scrape) * 0.01);
        };
    }

    private static long ticks(Dice dice, double mean, Scrape scrape) {
        return Math.max(0, Math.round(mean * scrape.load() * (1 + 0.2 * dice.gaussian())));
    }

    /// A sum of random durations of so many seconds on average: every bit of the mantissa is noise.
    static Model durations(double perSecond, double meanSeconds) {
        return target -> {
            Dice dice = target.dice().fork();
            double mean = target.perScrape(perSecond);
            double start = dice.unit() * 1e4;
            return Signal.moving(
                    start,
                    (before, scrape) -> {
                        double sum = before;
                        for (int n = Math.min(40, dice.poisson(mean * scrape.load())); n > 0; n--) {
                            sum += dice.exponential() * meanSeconds;
                        }
                        return sum;
                    });
        };
    }
}
