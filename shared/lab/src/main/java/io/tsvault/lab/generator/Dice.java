package io.tsvault.lab.generator;

/// The random numbers of a fleet. They are those that `java.util.Random` promises to every JVM, but
/// a sequence can be copied at any place: the copy goes on as the original would have. For one
/// thread.
///
/// `exponential` and `poisson` go through [Math], see the package page.
final class Dice {
    private static final long MULTIPLIER = 0x5DEECE66DL;
    private static final long MASK = (1L << 48) - 1;
    private static final double DOUBLE_UNIT = 0x1.0p-53;

    /// Above this mean the bell curve stands in for the Poisson distribution.
    private static final double MANY = 50;

    private long state;

    /// Gaussians come in pairs; the second one waits here. NaN: none waits.
    private double waiting = Double.NaN;

    Dice(long seed) {
        state = (seed ^ MULTIPLIER) & MASK;
    }

    /// Other dice that will fall as these would.
    Dice copy() {
        Dice copy = new Dice(0);
        copy.state = state;
        copy.waiting = waiting;
        return copy;
    }

    /// Dice of their own, seeded by one draw from these.
    Dice fork() {
        return new Dice(nextLong());
    }

    private int bits(int count) {
        state = (state * MULTIPLIER + 0xBL) & MASK;
        return (int) (state >>> (48 - count));
    }

    /// Any int.
    int nextInt() {
        return bits(32);
    }

    /// Any long that 48 bits of state can make.
    long nextLong() {
        long high = (long) bits(32) << 32;
        return high + bits(32);
    }

    /// From 0 to just below `bound`.
    int below(int bound) {
        if (Integer.bitCount(bound) == 1) {
            return (int) ((bound * (long) bits(31)) >> 31);
        }
        // A draw from the incomplete last round would favour small numbers; the sum then overflows.
        int drawn = bits(31);
        while (drawn - drawn % bound + (bound - 1) < 0) {
            drawn = bits(31);
        }
        return drawn % bound;
    }

    /// From 0 to just below 1.
    double unit() {
        long high = (long) bits(26) << 27;
        return (high + bits(27)) * DOUBLE_UNIT;
    }

    /// True with this probability.
    boolean chance(double probability) {
        return unit() < probability;
    }

    /// Bell curve around 0 with deviation 1, by the polar method.
    double gaussian() {
        if (!Double.isNaN(waiting)) {
            double second = waiting;
            waiting = Double.NaN;
            return second;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * unit() - 1;
            y = 2 * unit() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double stretch = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        waiting = y * stretch;
        return x * stretch;
    }

    /// Waiting time for an event that comes once per unit of time.
    double exponential() {
        return -Math.log(1 - unit());
    }

    /// How many events come where `mean` are expected.
    int poisson(double mean) {
        if (mean > MANY) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * gaussian()));
        }
        double limit = Math.exp(-mean);
        double product = unit();
        int events = 0;
        while (product > limit) {
            product *= unit();
            events++;
        }
        return events;
    }
}
