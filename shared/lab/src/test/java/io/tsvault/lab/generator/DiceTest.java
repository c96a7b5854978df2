package io.tsvault.lab.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

class DiceTest {
    private static final long[] SEEDS = {
        0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE, 0x5DEECE66DL
    };
    private static final int[] BOUNDS = {
        1, 2, 400, 4000, 1 << 30, (1 << 30) + 1, Integer.MAX_VALUE
    };

    @Test
    void theyFallAsTheRandomOfEveryJvm() {
        for (long seed : SEEDS) {
            Dice dice = new Dice(seed);
            Random random = new Random(seed);
            for (int i = 0; i < 1000; i++) {
                int bound = BOUNDS[i % BOUNDS.length];
                assertThat(dice.nextInt()).as("seed %d", seed).isEqualTo(random.nextInt());
                assertThat(dice.nextLong()).as("seed %d", seed).isEqualTo(random.nextLong());
                assertThat(dice.unit()).as("seed %d", seed).isEqualTo(random.nextDouble());
                assertThat(dice.gaussian()).as("seed %d", seed).isEqualTo(random.nextGaussian());
                assertThat(dice.below(bound))
                        .as("seed %d, bound %d", seed, bound)
                        .isEqualTo(random.nextInt(bound));
            }
        }
    }

    @Test
    void aCopyGoesOnAsTheOriginalWouldEvenBetweenTheTwoGaussiansOfAPair() {
        for (int drawn = 0; drawn < 4; drawn++) {
            Dice dice = new Dice(7);
            for (int i = 0; i < drawn; i++) {
                dice.gaussian();
            }
            Dice copy = dice.copy();
            for (int i = 0; i < 5; i++) {
                assertThat(copy.gaussian()).as("after %d", drawn).isEqualTo(dice.gaussian());
            }
            assertThat(copy.nextLong()).as("after %d", drawn).isEqualTo(dice.nextLong());
        }
    }

    @Test
    void poissonMeetsItsMeanBelowAndAboveTheBellCurve() {
        for (double mean : new double[] {0.02, 1, 49, 51, 3000}) {
            Dice dice = new Dice(11);
            int draws = 20_000;
            double sum = 0;
            for (int i = 0; i < draws; i++) {
                sum += dice.poisson(mean);
            }
            double fiveDeviations = 5 * Math.sqrt(mean / draws);
            assertThat(sum / draws)
                    .as("seed 11")
                    .isBetween(mean - fiveDeviations, mean + fiveDeviations);
        }
    }
}
