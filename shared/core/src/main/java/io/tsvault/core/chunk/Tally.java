package io.tsvault.core.chunk;

import java.util.Arrays;

/// Counts what row groups are made of: by stream and by column, never by sample, so that every
/// decoder can afford to.
final class Tally {
    /// Numbers of stream kinds and of value modes.
    private static final int KINDS = 256;

    private static final int MODES = 8;

    private final long[] bytes = new long[KINDS];
    private final long[] columns = new long[MODES];
    private final long[] values = new long[columns.length];
    private long vectors;
    private long timestamps;

    /// A stream of this kind, with its head and checksum.
    void stream(int kind, int length) {
        bytes[kind] += length;
    }

    /// A column of `n` doubles.
    void column(ValueMode mode, int n) {
        columns[mode.number()]++;
        values[mode.number()] += n;
    }

    /// All timestamp vectors of a row group.
    Tally vectors(long[][] found) {
        vectors += found.length;
        for (long[] vector : found) {
            timestamps += vector.length;
        }
        return this;
    }

    void add(Tally that) {
        add(bytes, that.bytes);
        add(columns, that.columns);
        add(values, that.values);
        vectors += that.vectors;
        timestamps += that.timestamps;
    }

    private static void add(long[] sums, long[] more) {
        Arrays.setAll(sums, i -> sums[i] + more[i]);
    }

    void clear() {
        Arrays.fill(bytes, 0);
        Arrays.fill(columns, 0);
        Arrays.fill(values, 0);
        vectors = 0;
        timestamps = 0;
    }

    long bytes(StreamKind kind) {
        return bytes[kind.number()];
    }

    long columns(ValueMode mode) {
        return columns[mode.number()];
    }

    long values(ValueMode mode) {
        return values[mode.number()];
    }

    long vectors() {
        return vectors;
    }

    long timestamps() {
        return timestamps;
    }
}
