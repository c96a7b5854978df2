package io.tsvault.prometheus;

import com.fasterxml.jackson.core.io.NumberInput;

import java.math.BigDecimal;

/// Numbers as servers write them, read exactly: times never pass a double.
final class Decimal {
    /// The one NaN that text can say: that of Prometheus.
    private static final long NAN = 0x7ff8000000000001L;

    private static final int MOST_DIGITS = 15;

    private Decimal() {}

    /// Seconds with at most three decimals, as milliseconds.
    ///
    /// @throws ArithmeticException when there are more decimals, or too many digits
    /// @throws NumberFormatException when it is no number
    static long millis(char[] text, int from, int length) {
        long value = 0;
        int decimals = -1;
        for (int i = from; i < from + length; i++) {
            if (text[i] == '.' && decimals < 0) {
                decimals = 0;
            } else if (text[i] >= '0' && text[i] <= '9' && length <= MOST_DIGITS) {
                value = (10 * value) + (text[i] - '0');
                decimals += decimals < 0 ? 0 : 1;
            } else {
                return anyMillis(text, from, length);
            }
        }
        return switch (Math.max(decimals, 0)) {
            case 0 -> 1000 * value;
            case 1 -> 100 * value;
            case 2 -> 10 * value;
            case 3 -> value;
            default -> anyMillis(text, from, length);
        };
    }

    private static long anyMillis(char[] text, int from, int length) {
        return new BigDecimal(text, from, length).movePointRight(3).longValueExact();
    }

    /// The bits of a double.
    ///
    /// @throws NumberFormatException when it is none
    static long bits(char[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            char c = text[i];
            boolean numeric = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == 'e';
            if (!numeric && c != '+' && c != 'E') {
                return special(new String(text, from, length));
            }
        }
        return Double.doubleToRawLongBits(NumberInput.parseDouble(text, from, length, true));
    }

    private static long special(String text) {
        return switch (text) {
            case "NaN" -> NAN;
            case "+Inf", "Infinity", "+INF" -> Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
            case "-Inf", "-Infinity", "-INF" ->
                    Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY);
            default -> throw new NumberFormatException("\"" + text + "\" is no value");
        };
    }

    /// Milliseconds as a parameter of a request: seconds with three decimals.
    static String seconds(long ms) {
        return BigDecimal.valueOf(ms, 3).toPlainString();
    }
}
