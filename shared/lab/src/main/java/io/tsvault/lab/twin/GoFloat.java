package io.tsvault.lab.twin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Doubles as Go prints them: the shortest decimal that reads back as the same double.
final class GoFloat {
    private GoFloat() {}

    /// As Prometheus writes values in JSON, without the quotes: an exponent only below 1e-6
    /// and from 1e21 on.
    static String json(double value) {
        double magnitude = Math.abs(value);
        boolean exponent = magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21);
        return text(value, exponent);
    }

    /// As `%g` in an error message: an exponent below 1e-4 and from 1e6 on.
    static String general(double value) {
        double magnitude = Math.abs(value);
        boolean exponent = magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e6);
        return text(value, exponent);
    }

    private static String text(double value, boolean exponent) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        return sign + (exponent ? scientific(shortest) : shortest.toPlainString());
    }

    /// Java prints at least two digits, and then not the nearest of one.
    private static BigDecimal shortest(double positive) {
        BigDecimal java = new BigDecimal(Double.toString(positive)).stripTrailingZeros();
        BigDecimal oneDigit =
                java.round(new MathContext(1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        return oneDigit.doubleValue() == positive ? oneDigit : java;
    }

    private static String scientific(BigDecimal value) {
        String digits = value.unscaledValue().toString();
        int exponent = digits.length() - 1 - value.scale();
        String mantissa =
                digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String size = Integer.toString(Math.abs(exponent));
        return mantissa
                + "e"
                + (exponent < 0 ? "-" : "+")
                + (size.length() == 1 ? "0" + size : size);
    }
}
