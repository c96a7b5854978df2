package io.tsvault.core.compare;

import io.tsvault.core.series.Samples;

/// When two values are the same.
///
/// @param digits how many significant decimal digits count; 0: every bit does
/// @param staleMarkers do both sides show those? Else they are left out of both
public record Sameness(int digits, boolean staleMarkers) {
    /// Every bit counts, and everything is seen.
    public static final Sameness EXACT = new Sameness(0, true);

    private static final int MOST_DIGITS = 17;

    /// Checks the digits.
    public Sameness {
        if (digits < 0 || digits > MOST_DIGITS) {
            throw new IllegalArgumentException(digits + " significant digits: 0 to 17");
        }
    }

    /// How like they are.
    enum Likeness {
        EQUAL,
        ROUNDED,
        DIFFERENT
    }

    Likeness of(long expectedBits, long actualBits) {
        if (expectedBits == actualBits) {
            return Likeness.EQUAL;
        }
        double expected = Double.longBitsToDouble(expectedBits);
        double actual = Double.longBitsToDouble(actualBits);
        if (digits == 0 || isStale(expectedBits) != isStale(actualBits)) {
            return Likeness.DIFFERENT;
        }
        if (Double.isNaN(expected) || Double.isNaN(actual)) {
            return Double.isNaN(expected) && Double.isNaN(actual)
                    ? Likeness.ROUNDED
                    : Likeness.DIFFERENT;
        }
        double most = Math.max(Math.abs(expected), Math.abs(actual)) * Math.pow(10, 1 - digits);
        return Math.abs(expected - actual) <= most ? Likeness.ROUNDED : Likeness.DIFFERENT;
    }

    /// Is this sample one that the two sides can be held to?
    boolean counts(long bits) {
        return staleMarkers || !isStale(bits);
    }

    private static boolean isStale(long bits) {
        return bits == Samples.STALE_MARKER;
    }
}
