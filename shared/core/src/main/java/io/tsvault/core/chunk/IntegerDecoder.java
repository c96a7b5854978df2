package io.tsvault.core.chunk;

/// Reads what an [IntegerEncoder] wrote.
final class IntegerDecoder {
    private static final int CODE_BITS = Prediction.CODES - 1;

    private final ColumnSource source;

    IntegerDecoder(ColumnSource source) {
        this.source = source;
    }

    /// Reads `n >= 1` integers into the front of `into`.
    void decode(long[] into, int n) {
        int mode = source.modes.u8();
        if (mode >= 2 * IntegerEncoder.HAS_STEP) {
            throw source.modes.damaged("integer mode " + mode);
        }
        int code = mode & CODE_BITS;
        long base = source.numbers.zigzag();
        long step = (mode & IntegerEncoder.HAS_STEP) == 0 ? 1 : source.numbers.varint();
        long parameter = Prediction.hasParameter(code) ? source.numbers.zigzag() : 0;
        source.residuals(into, n);
        Prediction.restore(code, parameter, base, step, into, n);
    }
}
