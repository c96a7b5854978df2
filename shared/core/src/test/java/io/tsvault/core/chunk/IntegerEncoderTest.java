package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.IntToLongFunction;

class IntegerEncoderTest {
    /// How many integers are looked at.
    private static final int PROBE = 160;

    private final ColumnSink sink = new ColumnSink();
    private final IntegerEncoder encoder = new IntegerEncoder(sink);

    @Test
    void theStepIsWhatAllDifferencesShare() {
        assertThat(plan(7, 7, 37, 67, 52).step()).isEqualTo(15);
        assertThat(plan(60, 0, -30, 15).step()).isEqualTo(15);
        assertThat(plan(0, 4, 10, 11).step()).isEqualTo(1);
        assertThat(plan(1_700_000_000_000L, 1_700_000_015_000L).step()).isEqualTo(15_000);
        assertThat(plan(1, 3, 9).step()).isEqualTo(2);
        assertThat(plan(5, 5, 5).step()).isEqualTo(1);
        assertThat(plan(5).step()).isEqualTo(1);
    }

    @Test
    void whereDifferencesWrapThereIsNoStep() {
        assertThat(plan(Long.MIN_VALUE, 0, Long.MAX_VALUE - 1).step()).isEqualTo(1);
        assertThat(plan(Long.MIN_VALUE, Long.MAX_VALUE - 1).step()).isEqualTo(1);
        assertThat(plan(Long.MAX_VALUE - 1, Long.MIN_VALUE, Long.MAX_VALUE - 1).step())
                .isEqualTo(1);
        assertThat(plan(0, Long.MIN_VALUE).step()).isEqualTo(1);
        assertThat(plan(-2, Long.MIN_VALUE, 0).step()).isEqualTo(1);
        assertThat(plan(0, Long.MAX_VALUE).step()).isEqualTo(Long.MAX_VALUE);
        assertThat(plan(Long.MIN_VALUE, -1).step()).isEqualTo(Long.MAX_VALUE);
        assertThat(plan(-1L << 62, 0, 1L << 61).step()).isEqualTo(1L << 61);
    }

    @Test
    void aColumnBeginsWithItsBase() {
        assertThat(plan(-9, 4, 5).base()).isEqualTo(-9);
    }

    @Test
    void anExactTrendIsFixedOrGoesOnAndCostsNothing() {
        IntegerPlan plan = plan(column(300, i -> 17 + (1_000L * i)));
        assertThat(plan).isEqualTo(new IntegerPlan(17, 1000, 8, 1, 0));
    }

    @Test
    void aConstantIsAsBefore() {
        assertThat(plan(column(300, _ -> 5))).isEqualTo(new IntegerPlan(5, 1, 0, 0, 0));
    }

    @Test
    void noiseAroundALevelHasThatLevel() {
        Random random = new Random(1);
        IntegerPlan plan = plan(column(100, i -> i == 0 ? 0 : 900 + random.nextInt(32)));
        assertThat(plan.prediction()).isEqualTo(Prediction.FIXED);
        assertThat(plan.parameter()).isBetween(900L, 920L);
    }

    @Test
    void noiseAroundATrendHasThatTrend() {
        Random random = new Random(1);
        long[] steps = new long[100];
        Arrays.setAll(steps, _ -> 900 + random.nextInt(32));
        Arrays.parallelPrefix(steps, Long::sum);
        IntegerPlan plan = plan(steps);
        assertThat(plan.prediction()).isEqualTo(Prediction.TREND + Prediction.FIXED);
        assertThat(plan.parameter()).isBetween(910L, 920L);
    }

    /// Smoothed more and more: the level of a walk in noise.
    @Test
    void theBestOfEachKindIsFoundByItsNeighbours() {
        boolean[] seen = new boolean[Prediction.CODES];
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            long[] x = walk(random, 2 + random.nextInt(PROBE - 1), 1 << random.nextInt(9));
            IntegerPlan plan = plan(x);
            long[] scaled = column(x.length, i -> (x[i] - plan.base()) / plan.step());
            int best = plan.prediction();
            seen[best] = true;
            for (int code : new int[] {0, 3, 7, 8, 10, 12, 15, best - 1, best + 1}) {
                boolean sameKind = code >= 0 && code < 16 && (code < 8) == (best < 8);
                boolean first = code != best - 1 && code != best + 1;
                if (first || sameKind) {
                    long parameter = Prediction.parameter(code, scaled, x.length);
                    assertThat(Prediction.cost(code, parameter, scaled, 0, x.length))
                            .as("seed %d: code %d, not %d", seed, code, best)
                            .isGreaterThanOrEqualTo(plan.bits());
                }
            }
        }
        // Codes that are none of the first tries.
        assertThat(seen[1] || seen[2]).isTrue();
        assertThat(seen[4] || seen[5] || seen[6]).isTrue();
        assertThat(seen[11] || seen[13] || seen[14]).isTrue();
    }

    /// A level or a rate that walks, and noise around it.
    private static long[] walk(Random random, int n, int noise) {
        boolean trend = random.nextBoolean();
        long[] x = new long[n];
        long level = random.nextInt(10_000);
        long sum = 0;
        for (int i = 0; i < n; i++) {
            level += random.nextInt(21) - 10;
            long value = level + random.nextInt(noise);
            sum += value;
            x[i] = trend ? sum : value;
        }
        return x;
    }

    @Test
    void ofALongColumnTheMiddleDecides() {
        int n = 4000;
        Random random = new Random(3);
        int from = (n - PROBE) / 2;
        int to = from + PROBE;
        // Around it a level that would be cheap to fix; in it, an exact trend.
        long[] x = column(n, i -> i < from || i >= to ? random.nextInt(100) : 1000L * i);
        assertThat(plan(x).prediction()).isGreaterThanOrEqualTo(Prediction.TREND);
        long[] y = column(n, i -> i < from || i >= to ? 1000L * i : random.nextInt(100));
        assertThat(plan(y).prediction()).isLessThan(Prediction.TREND);
    }

    @Test
    void theCostIsThatOfTheWholeColumn() {
        Random random = new Random(4);
        long[] x = column(1000, _ -> random.nextInt(5000));
        IntegerPlan plan = plan(x);
        long[] scaled = column(1000, i -> x[i] - x[0]);
        assertThat(plan.bits())
                .isEqualTo(Prediction.cost(plan.prediction(), plan.parameter(), scaled, 0, 1000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 159, 160, 161, 162, 319, 5000})
    void columnsOfAnyLengthAndWidthReadBack(int n) {
        Random random = new Random(n);
        long[][] columns = new long[12][];
        for (int i = 0; i < columns.length; i++) {
            int narrow = 6 * i;
            columns[i] = column(n, _ -> random.nextLong() >> narrow);
        }
        readBack(columns);
    }

    @Test
    void walksTrendsAndStepsReadBack() {
        Random random = new Random(5);
        long[][] columns = new long[64][];
        for (int i = 0; i < columns.length; i++) {
            long[] walk = walk(random, 1 + random.nextInt(400), 1 << random.nextInt(12));
            long step = random.nextInt(3) == 0 ? 1 : random.nextLong(1L << (1 + (i % 40)));
            columns[i] = column(walk.length, k -> (walk[k] * step) - Long.MAX_VALUE);
        }
        readBack(columns);
    }

    @Test
    void numbersThatJumpBetweenTheEndsOfTheRangeReadBack() {
        Random random = new Random(6);
        long[] ends = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, Long.MIN_VALUE + 1, 1L << 62};
        readBack(
                column(500, _ -> ends[random.nextInt(ends.length)]),
                column(2, i -> ends[i]),
                column(300, i -> ends[i % 2]),
                column(300, i -> Long.MIN_VALUE * (i % 2)));
    }

    private void readBack(long[]... columns) {
        for (long[] column : columns) {
            // The encoder may be given a larger array than it is to write.
            encoder.encode(Arrays.copyOf(column, column.length + 3), column.length);
        }
        ColumnSource source = Columns.source(sink);
        IntegerDecoder decoder = new IntegerDecoder(source);
        for (int i = 0; i < columns.length; i++) {
            long[] into = new long[columns[i].length];
            decoder.decode(into, into.length);
            assertThat(into).as("column %d", i).isEqualTo(columns[i]);
        }
        source.requireEnd();
    }

    @Test
    void aColumnIsWrittenAsDocumented() {
        encoder.encode(new long[] {100, 130, 160, 250}, 4);
        // Trend, with a step of 30; base 100, step 30, parameter 1.
        assertThat(HexFormat.of().formatHex(sink.modes.toArray())).isEqualTo("18");
        assertThat(HexFormat.of().formatHex(sink.numbers.toArray()))
                .isEqualTo("c801" + "1e" + "02");
        // x is 0, 1, 2, 5: residuals 0, 0, 2.
        assertThat(Arrays.copyOf(sink.tokens.array(), sink.tokens.size())).containsExactly(0, 0, 4);
        sink.clear();
        encoder.encode(new long[] {-3}, 1);
        assertThat(sink.modes.toArray()).containsExactly(0);
        assertThat(sink.numbers.toArray()).containsExactly(5);
        assertThat(sink.tokens.columns()).isZero();
    }

    @Test
    void anUnknownModeIsDamage() {
        sink.modes.u8(32);
        assertThatThrownBy(() -> new IntegerDecoder(Columns.source(sink)).decode(new long[1], 1))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("integer mode 32");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 31})
    void everyDocumentedModeIsRead(int mode) {
        sink.modes.u8(mode);
        sink.numbers.zigzag(-4);
        if (mode >= 16) {
            sink.numbers.varint(3);
        }
        if (mode % 16 >= 7) {
            sink.numbers.zigzag(5);
        }
        sink.residuals(new long[] {0, 1}, 2);
        long[] into = new long[2];
        new IntegerDecoder(Columns.source(sink)).decode(into, 2);
        long step = mode >= 16 ? 3 : 1;
        long parameter = mode % 16 >= 7 ? 5 : 0;
        assertThat(into).containsExactly(-4, -4 + (step * (1 + parameter)));
    }

    private IntegerPlan plan(long... integers) {
        return encoder.plan(integers, integers.length);
    }

    private static long[] column(int n, IntToLongFunction value) {
        long[] column = new long[n];
        Arrays.setAll(column, value);
        return column;
    }
}
