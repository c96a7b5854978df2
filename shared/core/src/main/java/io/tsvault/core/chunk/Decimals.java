package io.tsvault.core.chunk;

import static io.tsvault.core.series.Samples.STALE_MARKER;

/// Finds the decimal numbers behind doubles: one exponent e so that each value is exactly
/// m / 10^e. Values that do not fit are exceptions; in the column of integers they repeat the one
/// before, which costs nothing.
final class Decimals {
    /// Beyond this, 10^e times most values no longer fits.
    static final int MAX_EXPONENT = 15;

    /// Integers up to here are exact doubles, with room for rounding.
    static final double MAX_INTEGER = 9.0e15;

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final int NONE = -1;
    static final long MINUS_ZERO = 0x8000000000000000L;

    final Positions exceptions = new Positions();
    private long[] integers = new long[0];
    private int exponent;
    private int misfits;

    static double power(int exponent) {
        return POWERS[exponent];
    }

    /// Looks at `n` values; false when no exponent fits nearly all of those that are numbers.
    boolean fit(long[] bits, int from, int n) {
        if (integers.length < n) {
            integers = new long[n];
        }
        exponent = 0;
        misfits = 0;
        int stopped;
        do {
            stopped = fill(bits, from, n);
        } while (stopped < n && misfits <= 4 + (n / 8));
        exceptions.carryOver(integers, stopped);
        return stopped == n && exceptions.size() < n;
    }

    long[] integers() {
        return integers;
    }

    int exponent() {
        return exponent;
    }

    /// Fills until a value needs a larger exponent, which is then set; answers where it stopped.
    private int fill(long[] bits, int from, int n) {
        exceptions.clear();
        misfits = 0;
        double power = POWERS[exponent];
        for (int i = 0; i < n; i++) {
            double value = Double.longBitsToDouble(bits[from + i]);
            double scaled = value * power;
            long integer = (long) Math.rint(scaled);
            if (Math.abs(scaled) < MAX_INTEGER
                    && Double.doubleToRawLongBits(integer / power) == bits[from + i]) {
                integers[i] = integer;
                continue;
            }
            int larger = larger(bits[from + i]);
            if (larger > exponent) {
                exponent = larger;
                return i;
            }
            exceptions.add(i);
            if (larger == NONE && ++misfits > 4 + (n / 8)) {
                return i;
            }
        }
        return n;
    }

    /// The next exponent that fits this value; 0 where none can: it is no number, or -0.0; NONE
    /// when it is a number with too many digits.
    private int larger(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (bits == STALE_MARKER || !Double.isFinite(value) || bits == MINUS_ZERO) {
            return 0;
        }
        for (int e = exponent + 1; e <= MAX_EXPONENT; e++) {
            double scaled = value * POWERS[e];
            if (Math.abs(scaled) >= MAX_INTEGER) {
                return NONE;
            }
            if (Double.doubleToRawLongBits((long) Math.rint(scaled) / POWERS[e]) == bits) {
                return e;
            }
        }
        return NONE;
    }
}
