package io.tsvault.lab.generator;

/// Values that rise and fall.
final class Gauges {
    private static final double NANOS = 1e9;

    private Gauges() {}

    /// Always the same.
    static Model constant(double value) {
        return target -> scrape -> value;
    }

    /// Always the same whole number, below `bound`, drawn once.
    static Model anyConstant(double bound) {
        return target -> {
            double value = Math.floor(target.dice().unit() * bound);
            return scrape -> value;
        };
    }

    /// A function of the scrape alone.
    static Model function(Signal signal) {
        return target -> signal;
    }

    /// A number of things that sometimes becomes a little larger or smaller: whole, not negative.
    ///
    /// @param step deviation of one move
    /// @param moves probability that it moves from one scrape to the next
    static Walk walk(double start, double step, double moves) {
        return new Walk(start, step, moves, 1, 0);
    }

    /// A measurement that swings around its mean, rounded to so many decimal `digits`.
    static Model decimal(double mean, double step, int digits) {
        return target -> {
            Dice dice = target.dice().fork();
            double scale = Math.pow(10, digits);
            return Signal.moving(
                            mean, (x, scrape) -> x + (0.05 * (mean - x) + step * dice.gaussian()))
                    .shownAs(x -> Math.rint(x * scale) / scale);
        };
    }

    /// Lognormal noise around a mean: a ratio or a rate, all bits of the mantissa used.
    static Model noise(double mean, double deviation) {
        return target -> {
            Dice dice = target.dice().fork();
            return scrape -> mean * Math.exp(deviation * dice.gaussian());
        };
    }

    /// A heap: fills up under load, falls when it is collected; multiples of `unit`.
    static Model sawTooth(double low, double high, double unit) {
        return target -> {
            Dice dice = target.dice().fork();
            return Signal.moving(
                            low,
                            (before, scrape) -> {
                                double filled =
                                        before + (high - low) * 0.13 * scrape.load() * dice.unit();
                                return filled > high ? low * (0.9 + 0.2 * dice.unit()) : filled;
                            })
                    .shownAs(x -> Math.floor(x / unit) * unit);
        };
    }

    /// A quantile of a summary in seconds; stands still until, with probability `changes`, the
    /// window behind it holds something new.
    static Model quantile(double mean, double changes) {
        return quantile(mean, changes, 0);
    }

    /// A quantile of a summary that is often empty: half of its changes are to NaN.
    static Model quantileOrNaN(double mean, double changes) {
        return quantile(mean, changes, 0.5);
    }

    private static Model quantile(double mean, double changes, double empty) {
        return target -> {
            Dice dice = target.dice().fork();
            return Signal.moving(
                    mean,
                    (before, scrape) -> {
                        if (!dice.chance(changes)) {
                            return before;
                        }
                        return empty > 0 && dice.chance(empty)
                                ? Double.NaN
                                : toNanos(mean * Math.exp(0.4 * dice.gaussian()));
                    });
        };
    }

    /// Seconds, rounded to nanoseconds.
    static double toNanos(double seconds) {
        return Math.rint(seconds * NANOS) / NANOS;
    }

    /// See [#walk]; in multiples of `unit`.
    record Walk(double start, double step, double moves, double unit, double floor)
            implements Model {
        /// In pages or blocks of so many bytes.
        Walk inUnitsOf(double bytes) {
            return new Walk(start, step, moves, bytes, floor);
        }

        /// Never lower.
        Walk notBelow(double lowest) {
            return new Walk(start, step, moves, unit, lowest);
        }

        @Override
        public Signal on(Target target) {
            Dice dice = target.dice().fork();
            return Signal.moving(
                            (double) Math.round(start / unit),
                            (before, scrape) -> next(before, dice))
                    .shownAs(units -> units * unit);
        }

        private double next(double before, Dice dice) {
            if (!dice.chance(moves)) {
                return before;
            }
            double moved = before + (double) Math.round(step / unit * dice.gaussian());
            return Math.max(Math.floor(floor / unit), moved);
        }
    }
}
