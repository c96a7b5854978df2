package io.tsvault.core.chunk;

import java.util.Arrays;

/// The tokens of all columns of a group, until it is known which columns share a lane.
final class TokenSink {
    private byte[] tokens = new byte[1 << 12];
    private int size;
    private int[] starts = new int[64];
    private int columns;

    /// Starts a column of `length` tokens; one without tokens leaves no trace.
    void begin(int length) {
        if (length == 0) {
            return;
        }
        if (size + length > tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.max(2 * tokens.length, size + length));
        }
        if (columns + 1 >= starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[columns++] = size;
        starts[columns] = size + length;
    }

    void add(int token) {
        tokens[size++] = (byte) token;
    }

    int columns() {
        return columns;
    }

    int size() {
        return size;
    }

    /// Where column `i` begins; its end is where the next one begins.
    int start(int column) {
        return column == columns ? size : starts[column];
    }

    byte[] array() {
        return tokens;
    }

    void clear() {
        size = 0;
        columns = 0;
    }
}
