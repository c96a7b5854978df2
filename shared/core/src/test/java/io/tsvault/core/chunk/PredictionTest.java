package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;

class PredictionTest {
    /// The table of [Prediction], word for word.
    private static long[] documented(int code, long parameter, long[] x) {
        long[] q = new long[x.length];
        for (int i = 1; i < x.length; i++) {
            long sum = 0;
            for (int j = 1; j < i; j++) {
                sum += q[j];
            }
            int k = code % 8;
            if (code <= 6) {
                q[i] = x[i] - (sum >> k);
            } else if (code == 7) {
                q[i] = x[i] - parameter;
            } else if (code <= 14) {
                q[i] = x[i] - x[i - 1] - parameter - (sum >> k);
            } else {
                q[i] = x[i] - x[i - 1] - parameter;
            }
        }
        return q;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void residualsAreAsDocumentedAndLeadBack(int code) {
        Random random = new Random(code);
        for (int round = 0; round < 60; round++) {
            int n = 1 + random.nextInt(40);
            long[] x = column(random, n);
            long parameter = code < 7 ? 0 : random.nextLong() >> random.nextInt(64);
            long[] q = new long[n + 1];
            q[0] = 42;
            q[n] = 43;
            Prediction.residuals(code, parameter, x, q, n);
            assertThat(q[0]).isEqualTo(42);
            assertThat(q[n]).isEqualTo(43);
            q[0] = 0;
            assertThat(Arrays.copyOf(q, n))
                    .as("seed %d, round %d", code, round)
                    .isEqualTo(documented(code, parameter, x));

            long base = random.nextLong();
            long step = random.nextLong() | 1;
            Prediction.restore(code, parameter, base, step, q, n);
            for (int i = 0; i < n; i++) {
                assertThat(q[i])
                        .as("seed %d, round %d, x(%d)", code, round, i)
                        .isEqualTo(base + (step * x[i]));
            }
            assertThat(q[n]).isEqualTo(43);
        }
    }

    /// Beginning with 0; narrow, wide, or jumping between the ends of the range.
    private static long[] column(Random random, int n) {
        int narrow = random.nextInt(64);
        boolean ends = random.nextInt(4) == 0;
        long[] x = new long[n];
        for (int i = 1; i < n; i++) {
            long extreme = random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            x[i] = ends ? extreme : random.nextLong() >> narrow;
        }
        return x;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void theCostIsThatOfEachResidualsBits(int code) {
        Random random = new Random(100 + code);
        for (int round = 0; round < 40; round++) {
            int n = 2 + random.nextInt(40);
            long[] x = column(random, n);
            int from = random.nextInt(n);
            int to = from + 1 + random.nextInt(n - from);
            long parameter = code < 7 ? 0 : random.nextLong() >> random.nextInt(64);
            long[] part = new long[to - from];
            for (int i = 0; i < part.length; i++) {
                part[i] = x[from + i] - x[from];
            }
            long shifted = code == 7 ? parameter - x[from] : parameter;
            long expected = 0;
            long[] q = documented(code, shifted, part);
            for (int i = 1; i < q.length; i++) {
                expected += bits(q[i]);
            }
            assertThat(Prediction.cost(code, parameter, x, from, to))
                    .as("seed %d, round %d", 100 + code, round)
                    .isEqualTo(expected);
        }
    }

    /// The length of the zigzag code in binary and one more, but nothing for 0.
    private static int bits(long residual) {
        String binary = Long.toBinaryString((residual << 1) ^ (residual >> 63));
        return residual == 0 ? 0 : binary.length() + 1;
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "6, 0", "7, 250", "8, 10", "14, 10", "15, 330"})
    void aParameterSuitsTheNumbers(int code, long parameter) {
        long[] x = {0, 10, 1, 989, 99_999};
        assertThat(Prediction.parameter(code, x, 4)).isEqualTo(parameter);
        assertThat(Prediction.hasParameter(code)).isEqualTo(code >= 7);
    }

    @Test
    void oneNumberHasNoTrend() {
        for (int code = 0; code < Prediction.CODES; code++) {
            assertThat(Prediction.parameter(code, new long[] {0, 7}, 1)).isZero();
        }
    }

    @Test
    void twoNumbersHaveATrend() {
        for (int code : new int[] {8, 11, 15}) {
            assertThat(Prediction.parameter(code, new long[] {0, 7}, 2)).isEqualTo(7);
        }
    }

    @Test
    void parametersOfHugeNumbersStayInRange() {
        long[] x = {0, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
        assertThat(Prediction.parameter(15, x, 2)).isEqualTo(Long.MAX_VALUE);
        assertThat(Prediction.parameter(7, x, 4)).isEqualTo(3 * (1L << 61));
    }
}
