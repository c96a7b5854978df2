package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.core.series.Samples;

import java.io.IOException;
import java.math.BigDecimal;

/// The value of a sample for people and for machines. No two different values look alike.
final class SampleValue {
    /// The NaN that Go and so most servers compute; any other one is shown with its bits.
    private static final long USUAL_NAN = 0x7ff8000000000001L;

    /// From here on, and below its inverse, exponents are easier to read than zeros.
    private static final double LARGE = 1e21;

    private static final double SMALL = 1e-6;

    private SampleValue() {}

    /// The shortest decimal that gives the same bits again, `NaN`, `stale`, `NaN(0x...)`, `+Inf` or
    /// `-Inf`.
    static String text(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (bits == Samples.STALE_MARKER) {
            return "stale";
        }
        if (Double.isNaN(value)) {
            return bits == USUAL_NAN ? "NaN" : "NaN(0x%016x)".formatted(bits);
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        String shortest = Double.toString(value);
        double size = Math.abs(value);
        if (size >= SMALL && size < LARGE) {
            shortest = new BigDecimal(shortest).stripTrailingZeros().toPlainString();
        }
        return shortest.endsWith(".0")
                ? shortest.substring(0, shortest.length() - 2)
                : shortest.replace(".0E", "E");
    }

    /// Writes a number, or where JSON has none the text; every NaN also says its bits.
    static void write(JsonGenerator json, long bits) throws IOException {
        double value = Double.longBitsToDouble(bits);
        json.writeFieldName("value");
        if (Double.isFinite(value)) {
            json.writeNumber(text(bits));
            return;
        }
        json.writeString(text(bits));
        if (Double.isNaN(value)) {
            json.writeStringField("bits", "%016x".formatted(bits));
        }
    }
}
