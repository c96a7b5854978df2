package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class RecentValuesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aValueIsNewOnceUntilTheSetIsCleared(long seed) {
        Random random = new Random(seed);
        RecentValues recent = new RecentValues();
        for (int values : new int[] {0, 1, 31, 32, 33, 500, 64, 2_000, 7}) {
            recent.clear(values);
            Set<Long> expected = new HashSet<>();
            // Few distinct ones, 0 among them, so that many come twice.
            long[] some = random.longs(1 + (values / 2)).toArray();
            some[0] = 0;
            for (int i = 0; i < values; i++) {
                long value = some[random.nextInt(some.length)];
                assertThat(recent.add(value))
                        .as("seed %d, value %d of %d", seed, i, values)
                        .isEqualTo(expected.add(value));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 33, 63, 64, 65, 1000})
    void asManyValuesAsAnnouncedFit(int values) {
        RecentValues recent = new RecentValues();
        recent.clear(values);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < values; i++) {
                assertThat(recent.add((long) i << 40)).isEqualTo(round == 0);
            }
        }
    }
}
