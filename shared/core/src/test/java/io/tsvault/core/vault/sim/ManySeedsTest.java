package io.tsvault.core.vault.sim;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

/// What nobody thought of: several faults, several actors, late and stale at once. A failure names
/// its seed and how to play it again.
@Tag("slow")
class ManySeedsTest {
    /// One run in so many has a long past, in which a STATE is near.
    private static final int LONG = 25;

    /// After one run in so many, production verifies what is there too.
    private static final int VERIFIED = 50;

    static void play(List<Scenario> scenarios, long from, long runs) {
        LongStream.range(from, from + runs)
                .parallel()
                .forEach(
                        seed -> {
                            World world = scenario(scenarios, seed).run(new Chance(seed));
                            if (seed % VERIFIED == 0) {
                                world.verify();
                            }
                        });
    }

    private static Scenario scenario(List<Scenario> scenarios, long seed) {
        Scenario scenario = scenarios.get((int) (seed % scenarios.size()));
        boolean isLong = seed / scenarios.size() % LONG == 0;
        return isLong ? scenario.after((int) (29 + (seed % 3)), scenario.slices()) : scenario;
    }

    @Test
    void oneActorComesThrough() {
        play(Scenarios.ALONE, 1, 100_000);
    }

    @Test
    void actorsComeThroughTogether() {
        play(Scenarios.TOGETHER, 1, 5_000);
    }

    @Test
    @Tag("campaign")
    void actorsComeThroughALongCampaign() {
        play(Scenarios.ALONE, 1_000_000, 2_000_000);
        play(Scenarios.TOGETHER, 1_000_000, 500_000);
        Scenarios.PAIRS.parallelStream().forEach(ManySeedsTest::playAll);
    }

    private static void playAll(Scenario pair) {
        Plans plans = new Plans(pair);
        plans.faultsThenSwitches().forEach(pair::run);
        plans.faultsThenCrashes().forEach(pair::run);
    }
}
