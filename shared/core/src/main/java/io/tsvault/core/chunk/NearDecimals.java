package io.tsvault.core.chunk;

/// Finds decimals that floating-point sums have bent: m / 10^e plus a few units in the last place.
///
/// A counter of seconds to which 0.01 was added a thousand times is not a decimal any more, but it
/// is never far from one: as two columns of small integers, m and the distance, it costs a fraction
/// of its raw bits.
final class NearDecimals {
    /// Sums with more digits than this are noise.
    private static final int MAX_EXPONENT = 9;

    /// How far a few values may be from their decimals, as units in the last place.
    private static final long FAR = 2048;

    /// How far most of them may be.
    private static final long VERY_FAR = 1 << 20;

    private static final int PROBES = 24;

    final Positions exceptions = new Positions();
    private long[] integers = new long[0];
    private long[] distances = new long[0];
    private int exponent;

    /// Looks at `n` values; false when they are not near any decimals.
    boolean fit(long[] bits, int from, int n) {
        if (integers.length < n) {
            integers = new long[n];
            distances = new long[n];
        }
        for (exponent = 0; exponent <= MAX_EXPONENT; exponent++) {
            if (promising(bits, from, n) && fill(bits, from, n)) {
                exceptions.carryOver(integers, n);
                exceptions.carryOver(distances, n);
                return true;
            }
        }
        return false;
    }

    long[] integers() {
        return integers;
    }

    /// How far each value lies above its decimal, counted in doubles.
    long[] distances() {
        return distances;
    }

    int exponent() {
        return exponent;
    }

    private boolean promising(long[] bits, int from, int n) {
        boolean some = false;
        for (int i = 0; i < n; i += Math.max(1, n / PROBES)) {
            if (hasDecimal(bits[from + i])) {
                some = true;
                if (Math.abs(distance(bits[from + i])) > FAR) {
                    return false;
                }
            }
        }
        return some;
    }

    private boolean fill(long[] bits, int from, int n) {
        exceptions.clear();
        int far = 0;
        for (int i = 0; i < n; i++) {
            long value = bits[from + i];
            if (!hasDecimal(value)) {
                exceptions.add(i);
                continue;
            }
            integers[i] = decimal(value);
            distances[i] = distance(value);
            if (Math.abs(distances[i]) > VERY_FAR) {
                far++;
            }
        }
        return far <= n / 50 && exceptions.size() <= 4 + (n / 8);
    }

    private boolean hasDecimal(long bits) {
        double scaled = Double.longBitsToDouble(bits) * Decimals.power(exponent);
        return Math.abs(scaled) < Decimals.MAX_INTEGER && bits != Decimals.MINUS_ZERO;
    }

    private long decimal(long bits) {
        return (long) Math.rint(Double.longBitsToDouble(bits) * Decimals.power(exponent));
    }

    private long distance(long bits) {
        return bits - Double.doubleToRawLongBits(decimal(bits) / Decimals.power(exponent));
    }
}
