package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;

class DecimalsTest {
    private final Decimals decimals = new Decimals();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void theExponentIsTheSmallestThatFits(int exponent) {
        Random random = new Random(exponent);
        double power = Math.pow(10, exponent);
        long[] integers = new long[50];
        Arrays.setAll(integers, _ -> 10 * random.nextLong(-1_000_000, 1_000_000));
        integers[30] = 7;
        double[] values = Arrays.stream(integers).mapToDouble(m -> m / power).toArray();
        // -0.0 would be an exception.
        Arrays.setAll(values, i -> values[i] + 0.0);
        fits(values);
        assertThat(decimals.exponent()).isEqualTo(exponent);
        assertThat(decimals.exceptions.size()).isZero();
        assertThat(decimals.integers()).startsWith(integers);
    }

    @ParameterizedTest
    @CsvSource({
        "8999999999999999, 0",
        "-8999999999999999, 0",
        "899999999999999.9, 1",
        "0.1, 1",
        "1e-15, 15"
    })
    void theLargestAndSmallestDecimalsFit(double value, int exponent) {
        fits(1, value);
        assertThat(decimals.exceptions.size()).isZero();
        assertThat(decimals.exponent()).isEqualTo(exponent);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                9e15,
                -9e15,
                0x1p53,
                0x1p53 + 2,
                0x1p63,
                -0x1p63,
                1e300,
                1e-16,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                0.5 + 0x1p-53,
                0.1 + 0.2,
                -0.0,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NaN
            })
    void whatIsNoDecimalIsAnException(double value) {
        fits(7, 3, value, 5);
        assertThat(decimals.exponent()).isZero();
        assertThat(decimals.exceptions.size()).isEqualTo(1);
        assertThat(decimals.exceptions.get(0)).isEqualTo(2);
        assertThat(decimals.integers()).startsWith(7, 3, 3, 5);
        assertThat(fit(value)).isFalse();
    }

    @Test
    void NaNsWithPayloadsAndStaleMarkersAreExceptions() {
        long[] bits = Shapes.bits(1, 2, 3, 4, 5);
        bits[0] = Samples.STALE_MARKER;
        bits[3] = 0x7ff8000000000123L;
        assertThat(decimals.fit(bits, 0, 5)).isTrue();
        assertThat(decimals.exceptions.size()).isEqualTo(2);
        assertThat(decimals.exceptions.get(1)).isEqualTo(3);
        assertThat(decimals.integers()).startsWith(2, 2, 3, 3, 5);
    }

    /// Values that are no numbers say nothing about digits.
    @Test
    void nearlyAllMayBeNoNumbers() {
        double[] values = new double[100];
        Arrays.fill(values, Double.NaN);
        values[50] = 2.5;
        fits(values);
        assertThat(decimals.exponent()).isEqualTo(1);
        assertThat(decimals.exceptions.size()).isEqualTo(99);
        assertThat(decimals.integers()[99]).isEqualTo(25);
        assertThat(decimals.integers()[0]).isEqualTo(25);
        values[50] = Double.NEGATIVE_INFINITY;
        assertThat(fit(values)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "80, 14, true",
        "80, 15, false",
        "7, 4, true",
        "7, 5, false",
        "8, 5, true",
        "8, 6, false"
    })
    void anEighthAndFourMayHaveTooManyDigits(int n, int wild, boolean fits) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> i >= n - wild ? Math.nextUp(0.5 + (i / 1024.0)) : i);
        assertThat(fit(values)).isEqualTo(fits);
        if (fits) {
            assertThat(decimals.exceptions.size()).isEqualTo(wild);
            assertThat(decimals.exponent()).isZero();
        }
    }

    @Test
    void laterDigitsTurnEarlierIntegersIntoLargerOnes() {
        fits(3, 4, 0.5, 6, 0.125);
        assertThat(decimals.exponent()).isEqualTo(3);
        assertThat(decimals.integers()).startsWith(3000, 4000, 500, 6000, 125);
    }

    /// Five of eight are wild before the first digit is seen.
    @Test
    void wildValuesInFrontDoNotHideTheDigitsBehind() {
        double[] values = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 1};
        for (int i = 0; i < 5; i++) {
            values[i] = Math.nextUp(0.5 + (i / 1024.0));
        }
        fits(values);
        assertThat(decimals.exponent()).isEqualTo(2);
        assertThat(decimals.exceptions.size()).isEqualTo(5);
        assertThat(decimals.integers()).startsWith(50, 50, 50, 50, 50, 50, 25, 100);
    }

    /// The larger exponent is right for the last value, but then the first is beyond 9e15.
    @Test
    void whatNoLongerFitsIsAnException() {
        fits(1e15, 0.25, 0.5, 0.75);
        assertThat(decimals.exponent()).isEqualTo(2);
        assertThat(decimals.exceptions.size()).isEqualTo(1);
        assertThat(decimals.exceptions.get(0)).isZero();
        assertThat(decimals.integers()).startsWith(25, 25, 50, 75);
    }

    @Test
    void onlyItsOwnPartIsLookedAt() {
        long[] bits = Shapes.bits(0.125, 2, 3, 0.125);
        assertThat(decimals.fit(bits, 1, 2)).isTrue();
        assertThat(decimals.exponent()).isZero();
        assertThat(decimals.integers()).startsWith(2, 3);
    }

    @Test
    void everyFitIsExactButForItsExceptions() {
        for (Shapes.Values values : Shapes.Values.values()) {
            for (int seed = 0; seed < 5; seed++) {
                long[] bits = values.bits(seed, 200);
                if (!decimals.fit(bits, 0, 200)) {
                    continue;
                }
                long[] back = new long[200];
                double power = Decimals.power(decimals.exponent());
                Arrays.setAll(
                        back, i -> Double.doubleToRawLongBits(decimals.integers()[i] / power));
                for (int i = 0; i < decimals.exceptions.size(); i++) {
                    int at = decimals.exceptions.get(i);
                    assertThat(back[at])
                            .as("%s, needless exception", values)
                            .isNotEqualTo(bits[at]);
                    back[at] = bits[at];
                }
                assertThat(back).as("%s, seed %d", values, seed).isEqualTo(bits);
            }
        }
    }

    private void fits(double... values) {
        assertThat(fit(values)).isTrue();
    }

    private boolean fit(double... values) {
        return decimals.fit(Shapes.bits(values), 0, values.length);
    }
}
