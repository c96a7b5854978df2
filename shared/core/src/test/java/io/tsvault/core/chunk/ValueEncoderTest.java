package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class ValueEncoderTest {
    private static final int MODE = 7;

    private record Column(int vector, int size, int modeAt) {}

    private final ColumnSink sink = new ColumnSink();
    private final ValueEncoder encoder = new ValueEncoder(sink);
    private final List<Column> written = new ArrayList<>();
    private final List<long[]> expected = new ArrayList<>();

    @Test
    void oneValueThroughoutIsAConstant() {
        wrote(ValueMode.CONSTANT, 0, write(Shapes.bits(2.5, 2.5, 2.5)));
        wrote(ValueMode.CONSTANT, 0, write(Shapes.bits(-0.0)));
        wrote(ValueMode.CONSTANT, 0, write(new long[] {0x7ff8000000000badL, 0x7ff8000000000badL}));
        assertThat(sink.constants.size()).isEqualTo(24);
        assertThat(sink.numbers.size()).isZero();
        readsBack();
    }

    @Test
    void aConstantMayHaveStaleMarkers() {
        long one = Double.doubleToRawLongBits(1);
        int listed = ValueEncoder.EXCEPTIONS_LISTED | ValueEncoder.EXCEPTIONS_STALE;
        wrote(ValueMode.CONSTANT, listed, write(new long[] {Samples.STALE_MARKER, one, one}));
        wrote(ValueMode.CONSTANT, listed, write(new long[] {one, Samples.STALE_MARKER, one}));
        long[] stale = {Samples.STALE_MARKER, Samples.STALE_MARKER};
        wrote(ValueMode.CONSTANT, 0, write(stale));
        readsBack();
    }

    @Test
    void theSameBitsAreACopy() {
        write(Shapes.bits(1, 2, 4));
        write(Shapes.bits(1, 2, 5));
        int numbers = sink.numbers.size();
        wrote(ValueMode.COPY, 0, write(Shapes.bits(1, 2, 4)));
        wrote(ValueMode.COPY, 0, write(Shapes.bits(1, 2, 4)));
        byte[] distances = Arrays.copyOfRange(sink.numbers.toArray(), numbers, sink.numbers.size());
        assertThat(distances).containsExactly(2, 3);
        wrote(ValueMode.DECIMAL, 0, write(Shapes.bits(1, 2, 4, 5)));
        readsBack();
    }

    @Test
    void anotherGroupBeginsWithoutColumnsToCopyOrExceptionsToRepeat() {
        long[] bits = {1, 2, 4, 5, 6, 7, 8, 9};
        Arrays.setAll(bits, i -> Double.doubleToRawLongBits((double) bits[i]));
        bits[3] = Samples.STALE_MARKER;
        int first = write(bits);
        encoder.clear();
        sink.clear();
        written.clear();
        expected.clear();
        assertThat(encoder.columns().count()).isZero();
        int again = write(bits);
        assertThat(again).isEqualTo(first);
        wrote(
                ValueMode.DECIMAL,
                ValueEncoder.EXCEPTIONS_LISTED | ValueEncoder.EXCEPTIONS_STALE,
                again);
        readsBack();
    }

    @ParameterizedTest
    @EnumSource(
            value = Shapes.Values.class,
            names = {"COUNTER", "GAUGE_WALK", "DECIMALS", "SPARSE"})
    void decimalsAreWrittenAsIntegers(Shapes.Values values) {
        for (int seed = 0; seed < 5; seed++) {
            wrote(ValueMode.DECIMAL, 0, write(values.bits(seed, 100)));
        }
        readsBack();
    }

    @Test
    void aDecimalsExponentStandsBehindItsMode() {
        write(Shapes.bits(1.25, 2.5));
        assertThat(sink.modes.toArray()).startsWith(ValueMode.DECIMAL.number(), 2);
    }

    @Test
    void sumsOfDecimalsAreNearThem() {
        for (int seed = 0; seed < 5; seed++) {
            wrote(ValueMode.NEAR_DECIMAL, 0, write(Shapes.Values.NEAR_DECIMALS.bits(seed, 200)));
        }
        readsBack();
    }

    /// Twelve sums, bent more and more, with ever more values that are no decimals.
    @Test
    void nearDecimalsAreChosenWhereTheyCostLess() {
        boolean[] seen = new boolean[2];
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            long[] bits = new long[2 + random.nextInt(12)];
            int bent = 1 << random.nextInt(10);
            int strange = 2 + random.nextInt(8);
            for (int i = 0; i < bits.length; i++) {
                long exact = Double.doubleToRawLongBits((1001 + random.nextInt(90)) / 1e3);
                boolean odd = random.nextInt(strange) == 0;
                bits[i] = odd ? 0x7ff8000000000000L + i : exact + random.nextInt(bent) + 1;
            }
            NearDecimals near = new NearDecimals();
            if (!near.fit(bits, 0, bits.length) || new Decimals().fit(bits, 0, bits.length)) {
                continue;
            }
            long cost = plannedBits(near.integers(), bits.length);
            cost += plannedBits(near.distances(), bits.length);
            cost += 80L * near.exceptions.size();
            boolean cheaper = cost + 64 < orderedBits(bits);
            seen[cheaper ? 1 : 0] = true;
            ValueMode mode = mode(write(bits));
            assertThat(mode == ValueMode.NEAR_DECIMAL).as("seed %d", seed).isEqualTo(cheaper);
        }
        assertThat(seen).containsExactly(true, true);
        readsBack();
    }

    private static long plannedBits(long[] integers, int n) {
        return new IntegerEncoder(new ColumnSink()).plan(integers, n).bits();
    }

    @Test
    void staleMarkersBetweenOrderedBitsCostNoBits() {
        long[] bits = new long[100];
        Arrays.setAll(bits, i -> Double.doubleToRawLongBits(Math.PI) + (5L * i));
        bits[50] = Samples.STALE_MARKER;
        bits[70] = Samples.STALE_MARKER;
        int stale = ValueEncoder.EXCEPTIONS_LISTED | ValueEncoder.EXCEPTIONS_STALE;
        wrote(ValueMode.ORDERED_BITS, stale, write(bits));
        assertThat(sink.bits.bits()).isZero();
        readsBack();
    }

    @Test
    void noiseIsWrittenAsOrderedBits() {
        for (int seed = 0; seed < 5; seed++) {
            wrote(ValueMode.ORDERED_BITS, 0, write(Shapes.Values.NOISE.bits(seed, 100)));
            wrote(ValueMode.ORDERED_BITS, 0, write(Shapes.Values.ANY_BITS.bits(seed, 100)));
        }
        readsBack();
    }

    @Test
    void noiseWithStaleMarkersHasThemAsExceptions() {
        long[] bits = Shapes.Values.NOISE.bits(1, 100);
        bits[0] = Samples.STALE_MARKER;
        bits[40] = Samples.STALE_MARKER;
        int stale = ValueEncoder.EXCEPTIONS_LISTED | ValueEncoder.EXCEPTIONS_STALE;
        wrote(ValueMode.ORDERED_BITS, stale, write(bits));
        readsBack();
    }

    @Test
    void valuesThatComeAgainAndAgainAreRepeats() {
        for (int seed = 0; seed < 5; seed++) {
            int before = sink.repeats.size();
            wrote(ValueMode.REPEATS, 0, write(Shapes.Values.REPEATED.bits(seed, 200)));
            assertThat(sink.repeats.size() - before).isEqualTo(1600);
        }
        readsBack();
    }

    @ParameterizedTest
    @CsvSource({"1, 100, true", "3, 67, true", "10, 20, false", "40, 5, false"})
    void repeatsAreChosenWhereTheyCostLess(int run, int runs, boolean worthALook) {
        boolean[] seen = new boolean[2];
        // From three on: two values differ by one step, which costs nothing.
        for (int distinct = 3; distinct <= runs; distinct++) {
            long[] some = Shapes.Values.NOISE.bits(distinct, distinct);
            long[] bits = new long[run * runs];
            int first = distinct;
            Arrays.setAll(bits, i -> some[i / run < first ? i / run : 7 * (i / run) % first]);
            long ordered = orderedBits(bits);
            // Columns that cost less than twelve bits a value are not looked at.
            boolean pays = ordered > 12L * bits.length && repeatBits(bits) + 32 < ordered;
            seen[pays ? 1 : 0] = true;
            wrote(pays ? ValueMode.REPEATS : ValueMode.ORDERED_BITS, 0, write(bits));
        }
        assertThat(seen).containsExactly(true, worthALook);
        readsBack();
    }

    /// One bit where nothing changes, 18 for what was there before, 66 for what was not.
    private static long repeatBits(long[] bits) {
        Set<Long> before = new HashSet<>();
        long cost = 0;
        for (int i = 0; i < bits.length; i++) {
            if (i > 0 && bits[i] == bits[i - 1]) {
                cost++;
            } else {
                cost += before.add(bits[i]) ? 66 : 18;
            }
        }
        return cost;
    }

    /// From nine digits on a decimal may as well be a sum or a repeat.
    @Test
    void decimalsOfTenDigitsMayBeRepeats() {
        double[] ten = new double[200];
        double[] nine = new double[200];
        for (int i = 0; i < 200; i++) {
            double some = 7 * i % 5;
            ten[i] = (some * 12_345_678_901.0 + some * some) / 1e10;
            nine[i] = (some * 12_345_678_901.0 + some * some) / 1e9;
        }
        wrote(ValueMode.REPEATS, 0, write(Shapes.bits(ten)));
        wrote(ValueMode.DECIMAL, 0, write(Shapes.bits(nine)));
        readsBack();
    }

    private static long orderedBits(long[] bits) {
        long[] ordered = Arrays.stream(bits).map(ValueMode::ordered).toArray();
        return plannedBits(ordered, ordered.length);
    }

    @Test
    void manyDigitsMayBeRealOnes() {
        double[] values = new double[100];
        Arrays.setAll(values, i -> (123_456_789_012L + i) / 1e11);
        wrote(ValueMode.DECIMAL, 0, write(Shapes.bits(values)));
        readsBack();
    }

    @Test
    void aBucketIsTheDifferenceFromTheOneBelow() {
        Random random = new Random(2);
        long[] lower = new long[100];
        long[] upper = new long[100];
        long a = 0;
        long b = 0;
        for (int i = 0; i < 100; i++) {
            a += random.nextInt(1000);
            b += random.nextInt(2);
            lower[i] = Double.doubleToRawLongBits((double) a);
            upper[i] = Double.doubleToRawLongBits((double) (a + b));
        }
        bucket(lower);
        write(Shapes.bits(5));
        int at = sink.numbers.size();
        wrote(ValueMode.DIFFERENCE, 0, bucket(upper));
        assertThat(sink.numbers.array()[at]).isEqualTo((byte) 2);
        readsBack();
    }

    @Test
    void aDifferenceMustBeOfOneLengthWholeAndWorthIt() {
        long[] walk = Shapes.Values.GAUGE_WALK.bits(1, 100);
        bucket(walk);
        wrote(ValueMode.DECIMAL, 0, bucket(Arrays.copyOf(walk, 99)));
        double[] tenths = new double[100];
        Arrays.setAll(tenths, i -> Double.longBitsToDouble(walk[i]) + (i % 2 == 0 ? 0 : 0.5));
        wrote(ValueMode.DECIMAL, 0, bucket(Shapes.bits(tenths)));
        double[] straight = new double[100];
        Arrays.setAll(straight, i -> i);
        wrote(ValueMode.DECIMAL, 0, bucket(Shapes.bits(straight)));
        readsBack();
    }

    @Test
    void aDifferenceSavesMoreThanEightBits() {
        boolean[] seen = new boolean[2];
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int n = 2 + random.nextInt(5);
            long[] lower = new long[n];
            long[] upper = new long[n];
            for (int i = 0; i < n; i++) {
                lower[i] = random.nextInt(200);
                upper[i] = lower[i] + random.nextInt(1 << random.nextInt(8));
            }
            long[] difference = new long[n];
            Arrays.setAll(difference, i -> upper[i] - lower[i]);
            boolean saves = plannedBits(difference, n) + 8 < plannedBits(upper, n);
            bucket(Arrays.stream(lower).map(i -> Double.doubleToRawLongBits((double) i)).toArray());
            int column =
                    bucket(
                            Arrays.stream(upper)
                                    .map(i -> Double.doubleToRawLongBits((double) i))
                                    .toArray());
            if (mode(column) != ValueMode.CONSTANT && mode(column) != ValueMode.COPY) {
                seen[saves ? 1 : 0] = true;
                assertThat(mode(column) == ValueMode.DIFFERENCE)
                        .as("seed %d", seed)
                        .isEqualTo(saves);
            }
        }
        assertThat(seen).containsExactly(true, true);
        readsBack();
    }

    @Test
    void S24_aReferenceMayHoldNaNsInfinitiesAndFractions() {
        Random random = new Random(8);
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e19, -0.0};
        double[] lower = new double[200];
        double[] upper = new double[200];
        double total = 0;
        for (int i = 0; i < lower.length; i++) {
            total += random.nextInt(100_000);
            upper[i] = total + 3;
            lower[i] = i % 50 == 7 ? odd[i / 50] : total;
        }
        lower[0] = Double.NaN;
        long[] bits = Shapes.bits(lower);
        bits[120] = Samples.STALE_MARKER;
        bucket(bits);
        long[] above = Shapes.bits(upper);
        above[60] = Samples.STALE_MARKER;
        above[61] = Double.doubleToRawLongBits(0.5);
        int exception = bucket(above);
        assertThat(mode(exception)).isEqualTo(ValueMode.DECIMAL);
        above[61] = above[62];
        assertThat(mode(bucket(above))).isEqualTo(ValueMode.DIFFERENCE);
        readsBack();
    }

    @Test
    void whatAReferenceStandsFor() {
        assertThat(ValueEncoder.whole(Double.doubleToRawLongBits(3.9), 7)).isEqualTo(3);
        assertThat(ValueEncoder.whole(Double.doubleToRawLongBits(-3.9), 7)).isEqualTo(-3);
        assertThat(ValueEncoder.whole(Samples.STALE_MARKER, 7)).isEqualTo(7);
        long infinity = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
        assertThat(ValueEncoder.whole(infinity, 7)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void exceptionsAreListedOnceForEachVector() {
        int listed = ValueEncoder.EXCEPTIONS_LISTED;
        int asBefore = ValueEncoder.EXCEPTIONS_AS_BEFORE;
        int stale = ValueEncoder.EXCEPTIONS_STALE;
        wrote(ValueMode.DECIMAL, listed, write(withAt(1, Double.NaN, 3, 20), 0));
        wrote(ValueMode.DECIMAL, asBefore, write(withAt(2, 0.5 + 0x1p-40, 3, 20), 0));
        wrote(ValueMode.DECIMAL, listed, write(withAt(3, -0.0, 3, 20), 1));
        wrote(ValueMode.DECIMAL, listed, write(withAt(4, -0.0, 3, 21), 0));
        wrote(ValueMode.DECIMAL, asBefore, write(withAt(5, -0.0, 3, 20), 1));
        wrote(ValueMode.DECIMAL, 0, write(withAt(6, -0.0), 0));
        long[] marked = withAt(7, 0, 3, 21);
        marked[3] = Samples.STALE_MARKER;
        wrote(ValueMode.DECIMAL, listed | stale, write(marked, 1));
        marked = withAt(8, 0, 3, 21);
        marked[3] = Samples.STALE_MARKER;
        marked[21] = Samples.STALE_MARKER;
        wrote(ValueMode.DECIMAL, asBefore | stale, write(marked, 0));
        readsBack();
    }

    @Test
    void exceptionsAreWrittenAsGapsAndValues() {
        write(withAt(1, -0.0, 3, 4, 20), 0);
        assertThat(sink.modes.array()[0])
                .isEqualTo((byte) (ValueMode.DECIMAL.number() | ValueEncoder.EXCEPTIONS_LISTED));
        assertThat(sink.numbers.toArray()).startsWith(3, 3, 0, 15);
        assertThat(sink.constants.size()).isEqualTo(24);
    }

    /// A gauge with `odd` at some positions.
    private static long[] withAt(long seed, double odd, int... positions) {
        long[] bits = Shapes.Values.GAUGE_WALK.bits(seed, 30);
        for (int position : positions) {
            bits[position] = Double.doubleToRawLongBits(odd);
        }
        return bits;
    }

    @ParameterizedTest
    @EnumSource(Shapes.Values.class)
    void S24_everyKindOfColumnKeepsAllItsBits(Shapes.Values values) {
        for (int n : new int[] {1, 2, 3, 127, 128, 159, 160, 161, 700}) {
            for (int seed = 0; seed < 3; seed++) {
                write(values.bits(seed, n), n, FAMILY);
            }
        }
        readsBack();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void S24_mixturesOfKindsKeepAllTheirBits(long seed) {
        Random random = new Random(seed);
        Shapes.Values[] kinds = Shapes.Values.values();
        for (int i = 0; i < 120; i++) {
            int n = 1 + random.nextInt(40);
            long[] bits = kinds[random.nextInt(kinds.length)].bits(seed, n);
            long[] other = kinds[random.nextInt(kinds.length)].bits(seed, n);
            int rarely = 1 + random.nextInt(20);
            Arrays.setAll(bits, k -> random.nextInt(rarely) == 0 ? other[k] : bits[k]);
            write(bits, random.nextInt(3), random.nextBoolean() ? FAMILY : ValueEncoder.NO_LABELS);
        }
        readsBack();
    }

    @Test
    void orderedBitsSortAsDoublesDo() {
        double[] ascending = {
            Double.NEGATIVE_INFINITY,
            -1e300,
            -2,
            -1,
            -Double.MIN_VALUE,
            -0.0,
            0,
            Double.MIN_VALUE,
            1,
            2,
            Double.POSITIVE_INFINITY,
            Double.NaN
        };
        long before = Long.MIN_VALUE;
        for (long bits : Shapes.bits(ascending)) {
            long ordered = ValueMode.ordered(bits);
            assertThat(ordered).isGreaterThan(before);
            assertThat(ValueMode.ordered(ordered)).isEqualTo(bits);
            before = ordered;
        }
        assertThat(ValueMode.ordered(1L << 63)).isEqualTo(-1);
    }

    /// The labels of a bucket of the one histogram that there is.
    private static final byte[] FAMILY = Labels.of("le", "1").bytes();

    private int write(long[] bits) {
        return write(bits, 0);
    }

    private int write(long[] bits, int vector) {
        return write(bits, vector, ValueEncoder.NO_LABELS);
    }

    /// Writes a bucket of the one histogram that there is.
    private int bucket(long[] bits) {
        return write(bits, 0, FAMILY);
    }

    /// Writes a column and answers its number.
    private int write(long[] bits, int vector, byte[] labels) {
        int column = encoder.columns().add(bits.length);
        System.arraycopy(
                bits, 0, encoder.columns().array(), encoder.columns().start(column), bits.length);
        written.add(new Column(vector, bits.length, sink.modes.size()));
        expected.add(bits.clone());
        assertThat(encoder.encode(vector, labels)).isEqualTo(XxHash.of(bits, 0, bits.length));
        return column;
    }

    private ValueMode mode(int column) {
        int mode = sink.modes.array()[written.get(column).modeAt()];
        return ValueMode.of(mode & MODE, new ByteSource(new byte[0], 0));
    }

    private void wrote(ValueMode mode, int exceptions, int column) {
        assertThat(mode(column)).isEqualTo(mode);
        assertThat(sink.modes.array()[written.get(column).modeAt()] & ~MODE).isEqualTo(exceptions);
    }

    private void readsBack() {
        ColumnSource source = Columns.source(sink);
        ValueDecoder decoder = new ValueDecoder(source);
        for (int i = 0; i < written.size(); i++) {
            Column column = written.get(i);
            ValueColumn read = decoder.decode(column.size(), column.vector());
            assertThat(read.array()).as("column %d, %s", i, mode(i)).isEqualTo(expected.get(i));
        }
        source.requireEnd();
    }
}
