package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

class NearDecimalsTest {
    private final NearDecimals near = new NearDecimals();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 9})
    void bentDecimalsHaveTheirExponentAndDistances(int exponent) {
        int n = 100;
        long[] bits = new long[n];
        for (int i = 0; i < n; i++) {
            bits[i] = decimal(1_000_000_001L + (7L * i), exponent) + (i % 5) - 2;
        }
        fits(bits);
        assertThat(near.exponent()).isEqualTo(exponent);
        assertThat(near.exceptions.size()).isZero();
        for (int i = 0; i < n; i++) {
            assertThat(near.integers()[i]).isEqualTo(1_000_000_001L + (7L * i));
            assertThat(near.distances()[i]).isEqualTo((i % 5) - 2);
        }
    }

    @Test
    void aSumOfTenthsIsNearTenths() {
        long[] bits = new long[60];
        double sum = 0;
        for (int i = 0; i < bits.length; i++) {
            sum += 0.1;
            bits[i] = Double.doubleToRawLongBits(sum);
        }
        fits(bits);
        assertThat(near.exponent()).isEqualTo(1);
        assertThat(near.integers()).startsWith(1, 2, 3, 4);
        // 0.30000000000000004
        assertThat(near.distances()).startsWith(0, 0, 1, 0);
    }

    @Test
    void tenDigitsAreNoise() {
        long[] bits = new long[50];
        Arrays.setAll(bits, i -> decimal(12_345_678_901L + (3L * i), 10));
        assertThat(near.fit(bits, 0, bits.length)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2048, true", "-2048, true", "2049, false", "-2049, false"})
    void theProbesMayBe2048Away(long distance, boolean fits) {
        long[] bits = decimals(24);
        bits[11] += distance;
        assertThat(near.fit(bits, 0, 24)).isEqualTo(fits);
    }

    /// Between the probes, which are every fourth of a hundred.
    @ParameterizedTest
    @CsvSource({
        "1048576, 9, true",
        "-1048577, 2, true",
        "1048577, 2, true",
        "1048577, 3, false",
        "-1048577, 3, false"
    })
    void aFiftiethMayBeFurtherAway(long distance, int many, boolean fits) {
        long[] bits = decimals(100);
        for (int i = 0; i < many; i++) {
            bits[1 + (4 * i)] += distance;
        }
        assertThat(near.fit(bits, 0, 100)).isEqualTo(fits);
        if (fits) {
            assertThat(near.distances()[1]).isEqualTo(distance);
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 14, true", "80, 15, false", "7, 4, true", "7, 5, false"})
    void anEighthAndFourMayHaveNoDecimal(int n, int many, boolean fits) {
        long[] bits = decimals(n);
        long[] without =
                Shapes.bits(-0.0, Double.NaN, Double.POSITIVE_INFINITY, -1e300, 9e12, -9e12);
        bits[n - many - 1] += 3;
        for (int i = 0; i < many; i++) {
            bits[n - 1 - i] = i % 7 == 6 ? Samples.STALE_MARKER : without[i % 7];
        }
        assertThat(near.fit(bits, 0, n)).isEqualTo(fits);
        if (fits) {
            assertThat(near.exceptions.size()).isEqualTo(many);
            assertThat(near.exceptions.get(0)).isEqualTo(n - many);
            assertThat(near.integers()[n - 1]).isEqualTo(near.integers()[n - many - 1]);
            assertThat(near.distances()[n - 1]).isEqualTo(3);
        }
    }

    @Test
    void withoutAnyDecimalNothingFits() {
        assertThat(near.fit(Shapes.bits(Double.NaN, -0.0, 1e300), 0, 3)).isFalse();
        assertThat(near.fit(new long[] {Samples.STALE_MARKER}, 0, 1)).isFalse();
    }

    @Test
    void noiseIsNearNothing() {
        long[] bits = Shapes.Values.NOISE.bits(1, 100);
        assertThat(near.fit(bits, 0, 100)).isFalse();
        assertThat(near.fit(Shapes.bits(Double.MIN_VALUE, -Double.MIN_VALUE), 0, 2)).isFalse();
    }

    @Test
    void onlyItsOwnPartIsLookedAt() {
        long[] bits = new long[12];
        Arrays.fill(bits, Double.doubleToRawLongBits(Math.PI));
        System.arraycopy(decimals(10), 0, bits, 1, 10);
        assertThat(near.fit(bits, 1, 10)).isTrue();
        assertThat(near.integers()).startsWith(101, 102, 103);
    }

    @Test
    void everyFitIsExactButForItsExceptions() {
        int fits = 0;
        for (Shapes.Values values : Shapes.Values.values()) {
            for (int seed = 0; seed < 5; seed++) {
                long[] bits = values.bits(seed, 200);
                if (near.fit(bits, 0, 200)) {
                    fits++;
                    isExact(bits);
                }
            }
        }
        assertThat(fits).isGreaterThan(10);
    }

    private void isExact(long[] bits) {
        long[] back = new long[bits.length];
        Arrays.setAll(
                back, i -> decimal(near.integers()[i], near.exponent()) + near.distances()[i]);
        for (int i = 0; i < near.exceptions.size(); i++) {
            back[near.exceptions.get(i)] = bits[near.exceptions.get(i)];
        }
        assertThat(back).isEqualTo(bits);
    }

    private void fits(long[] bits) {
        assertThat(near.fit(bits, 0, bits.length)).isTrue();
    }

    /// Thousandths from 0.101 on; at every exponent they are as near.
    private static long[] decimals(int n) {
        long[] bits = new long[n];
        Arrays.setAll(bits, i -> decimal(101 + i, 3));
        return bits;
    }

    private static long decimal(long integer, int exponent) {
        return Double.doubleToRawLongBits(integer / Decimals.power(exponent));
    }
}
