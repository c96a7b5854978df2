package io.tsvault.core.chunk;

import java.util.Arrays;

/// What a stream holds, by its number in the file.
enum StreamKind {
    /// How each column of a row group is written.
    COLUMNS(1),
    /// The residuals of a row group, in lanes.
    TOKENS(2),
    /// The bits below the tokens.
    BITS(3),
    /// Values of columns that repeat theirs.
    REPEATS(4),
    /// The names of series.
    LABELS(16),
    /// Type, help and unit of metrics.
    METADATA(17),
    /// The index of the file.
    INDEX(18),
    /// Reserved: exemplars of a row group.
    EXEMPLARS(128),
    /// Reserved: when the counters of a row group began.
    START_TIMESTAMPS(129);

    /// A reader skips a stream of an unknown kind from here on, and refuses one below.
    static final int OPTIONAL = 128;

    private final int number;

    StreamKind(int number) {
        this.number = number;
    }

    /// Must a reader of this version know what to do with such a stream?
    static boolean isKnown(int number) {
        return number < OPTIONAL && Arrays.stream(values()).anyMatch(kind -> kind.number == number);
    }

    int number() {
        return number;
    }
}
