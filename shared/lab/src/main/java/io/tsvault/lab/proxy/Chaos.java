package io.tsvault.lab.proxy;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Draws a fault for each request from a weighted list. The same seed, the same list and the same
/// number of requests give the same faults in the order of arrival. On concurrent connections it is
/// the order of arrival that is left to luck, and with it which request meets which fault.
public final class Chaos implements Script {
    private final long seed;
    private final Random random;
    private final List<Odds> list;
    private final int total;

    /// One line of the list.
    ///
    /// @param weight how often, in relation to the sum of all weights
    /// @param fault  gives the fault, with its numbers from the same seed
    public record Odds(int weight, Function<RandomGenerator, Fault> fault) {
        public Odds {
            if (weight < 1) {
                throw new IllegalArgumentException("weight " + weight + " is not positive");
            }
        }

        /// Always the same fault.
        public Odds(int weight, Fault fault) {
            this(weight, random -> fault);
        }
    }

    /// A new sequence of draws.
    public Chaos(long seed, Odds... list) {
        this.seed = seed;
        this.random = new Random(seed);
        this.list = List.of(list);
        this.total = this.list.stream().mapToInt(Odds::weight).reduce(0, Math::addExact);
        if (total == 0) {
            throw new IllegalArgumentException("nothing to draw from");
        }
    }

    @Override
    public Fault fault(Request request) {
        int draw = random.nextInt(total);
        for (Odds odds : list) {
            draw -= odds.weight();
            if (draw < 0) {
                return odds.fault().apply(random);
            }
        }
        throw new AssertionError("a draw outside the sum of weights");
    }

    /// With the seed, for the message of a failed test.
    @Override
    public String toString() {
        return "chaos of seed " + seed;
    }
}
