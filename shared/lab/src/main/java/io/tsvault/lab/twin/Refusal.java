package io.tsvault.lab.twin;

import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.lab.twin.Point.HistogramPoint;

/// Why a sample is not taken, in the server's words.
record Refusal(Kind kind, String text) {
    /// What the receiver tells apart.
    enum Kind {
        /// Newer than what is there, or not there at all.
        OUT_OF_ORDER,
        /// Too far behind the head, or too far ahead of the clock.
        OUT_OF_BOUNDS,
        /// Another value at the newest timestamp.
        DUPLICATE,
        /// Behind the out-of-order window.
        TOO_OLD,
        /// Nothing about time: the server's fault, it thinks.
        INTERNAL
    }

    static final Refusal OUT_OF_ORDER = new Refusal(Kind.OUT_OF_ORDER, "out of order sample");
    static final Refusal OUT_OF_BOUNDS = new Refusal(Kind.OUT_OF_BOUNDS, "out of bounds");
    static final Refusal TOO_OLD = new Refusal(Kind.TOO_OLD, "too old sample");
    static final Refusal FUTURE =
            new Refusal(Kind.OUT_OF_BOUNDS, "out of bounds: timestamp is too far in the future");
    static final Refusal HISTOGRAMS_OFF = internal("native histograms are disabled");

    static Refusal internal(String text) {
        return new Refusal(Kind.INTERNAL, text);
    }

    static Refusal duplicate(Point there, Point late, Generation generation) {
        String text = "duplicate sample for timestamp";
        if (late instanceof FloatPoint number
                && number.timestampMs() != 0
                && generation.isAtLeast(Generation.V2_53)) {
            text += " " + number.timestampMs() + "; overrides not allowed: existing ";
            text +=
                    switch (there) {
                        case FloatPoint old -> GoFloat.general(old.value());
                        case HistogramPoint _ -> "is a histogram";
                    };
            text += ", new value " + GoFloat.general(number.value());
        }
        return new Refusal(Kind.DUPLICATE, text);
    }

    /// 2.42 does not know `too old` among the errors of a client.
    int status(Generation generation) {
        return switch (kind) {
            case OUT_OF_ORDER, OUT_OF_BOUNDS, DUPLICATE -> 400;
            case TOO_OLD -> generation.isAtLeast(Generation.V2_53) ? 400 : 500;
            case INTERNAL -> 500;
        };
    }
}
