package io.tsvault.lab.proxy;

import io.tsvault.lab.proxy.Fault.Ending;
import io.tsvault.lab.proxy.Fault.Leg;

/// How a response body leaves the proxy.
///
/// @param limit  bytes of the body that pass
/// @param words  sent behind them
/// @param ending taken when the body has more than `limit` bytes, or `always`
record Shape(Framing framing, long limit, String words, Ending ending, boolean always) {
    /// @param framing what the server chose
    static Shape of(Fault fault, Framing framing) {
        if (fault instanceof Fault.Cut(Leg leg, long at, Ending ending) && leg == Leg.RESPONSE) {
            return new Shape(reframed(framing, ending), at, "", ending, false);
        }
        if (fault instanceof Fault.Append(long at, String text, Ending ending)) {
            Framing open = reframed(new Framing.Chunked(), ending); // no length fits any more
            return new Shape(open, at, text, ending, true);
        }
        if (fault instanceof Fault.Length(long claimed)) {
            Framing lie = new Framing.Counted(claimed);
            return new Shape(lie, Long.MAX_VALUE, "", Ending.CLOSE, true);
        }
        return new Shape(framing, Long.MAX_VALUE, "", Ending.WHOLE, false);
    }

    private static Framing reframed(Framing framing, Ending ending) {
        return switch (ending) {
            case CLOSE, RESET, SILENCE -> framing;
            case WHOLE -> new Framing.Chunked();
            case UNFRAMED -> new Framing.UntilClose();
        };
    }

    /// For a client that knows no chunks.
    Shape withoutChunks() {
        return framing instanceof Framing.Chunked
                ? new Shape(new Framing.UntilClose(), limit, words, ending, always)
                : this;
    }
}
