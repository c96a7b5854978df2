package io.tsvault.core.chunk;

/// Where the columns of one row group are written: five streams that all columns share.
final class ColumnSink {
    final ByteSink modes = new ByteSink();
    final ByteSink numbers = new ByteSink();
    final ByteSink constants = new ByteSink();
    final ByteSink repeats = new ByteSink();
    final BitSink bits = new BitSink();
    final TokenSink tokens = new TokenSink();

    /// Writes residuals 1 to `n` - 1.
    void residuals(long[] residuals, int n) {
        tokens.begin(n - 1);
        for (int i = 1; i < n; i++) {
            long code = ByteSink.zigzagged(residuals[i]);
            int token = Token.of(code);
            tokens.add(token);
            if (token >= Token.DIRECT) {
                bits.put(code - Token.base(token), Token.bits(token));
            }
        }
    }

    void clear() {
        modes.clear();
        numbers.clear();
        constants.clear();
        repeats.clear();
        bits.clear();
        tokens.clear();
    }
}
