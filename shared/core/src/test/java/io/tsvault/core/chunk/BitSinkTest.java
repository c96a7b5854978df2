package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

class BitSinkTest {
    /// Bit by bit into a set of bits.
    private static final class Naive {
        private final BitSet bits = new BitSet();
        private int size;

        void put(long value, int width) {
            for (int i = 0; i < width; i++) {
                bits.set(size++, ((value >>> i) & 1) != 0);
            }
        }

        byte[] toArray() {
            return Arrays.copyOf(bits.toByteArray(), (size + 7) / 8);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void bitsFollowOneAnotherFromTheLowest(long seed) {
        Random random = new Random(seed);
        BitSink sink = new BitSink();
        Naive naive = new Naive();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_500; i++) {
                int width = random.nextInt(64);
                long value = random.nextLong() & ((1L << width) - 1);
                sink.put(value, width);
                naive.put(value, width);
                assertThat(sink.bits()).as("seed %d, put %d", seed, i).isEqualTo(naive.size);
            }
            assertThat(sink.toArray()).as("seed %d", seed).isEqualTo(naive.toArray());
        }
    }

    @Test
    void everyWidthFitsAtEveryPlace() {
        for (int before = 0; before < 64; before++) {
            for (int width = 0; width < 64; width++) {
                BitSink sink = new BitSink();
                Naive naive = new Naive();
                for (int[] put : new int[][] {{before, 0}, {width, 1}, {3, 1}}) {
                    long value = put[1] == 0 ? 0 : (1L << put[0]) - 1;
                    sink.put(value, put[0]);
                    naive.put(value, put[0]);
                }
                assertThat(sink.toArray())
                        .as("%d bits behind %d", width, before)
                        .isEqualTo(naive.toArray());
            }
        }
    }

    @Test
    void anEmptiedSinkBeginsAgain() {
        BitSink sink = new BitSink();
        sink.put(-1L >>> 1, 63);
        sink.put(5, 3);
        assertThat(sink.bits()).isEqualTo(66);
        sink.clear();
        assertThat(sink.bits()).isZero();
        assertThat(sink.toArray()).isEmpty();
        sink.put(2, 2);
        assertThat(sink.toArray()).containsExactly(2);
    }
}
