package io.tsvault.core.vault.sim;

import java.util.List;
import java.util.Random;

/// A plan that is made of a seed. Some seeds bring many faults, some few, some many switches.
final class Chance implements Plan {
    private static final Fault[] FAULTS = Fault.values();

    private final long seed;
    private final Random random;
    private final double faults;
    private final double switches;
    private final int longestDelay;

    Chance(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.faults = new double[] {0, 0.02, 0.06, 0.15}[random.nextInt(4)];
        this.switches = new double[] {0.03, 0.15, 0.5}[random.nextInt(3)];
        this.longestDelay = new int[] {4, 30, 200}[random.nextInt(3)];
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public Fault fault(Actor actor, int request) {
        return random.nextDouble() < faults
                ? FAULTS[1 + random.nextInt(FAULTS.length - 1)]
                : Fault.NONE;
    }

    @Override
    public Actor next(List<Actor> ready, Actor current) {
        return ready.contains(current) && random.nextDouble() >= switches
                ? current
                : ready.get(random.nextInt(ready.size()));
    }

    @Override
    public int delay() {
        return 1 + random.nextInt(longestDelay);
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
