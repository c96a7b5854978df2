package io.tsvault.core.chunk;

/// The ways to write a column of doubles, by their numbers in the file.
enum ValueMode {
    /// One value throughout.
    CONSTANT(0),
    /// The same bits as an earlier column of the group.
    COPY(1),
    /// m / 10^e, exact.
    DECIMAL(2),
    /// Whole numbers, kept as their difference from an earlier column of the group.
    DIFFERENCE(3),
    /// m / 10^e, and how many doubles the value lies above it.
    NEAR_DECIMAL(4),
    /// The bits as an integer that sorts as the double does.
    ORDERED_BITS(5),
    /// The bits as they are, for values that come again and again.
    REPEATS(6);

    private static final ValueMode[] ALL = values();

    private final int number;

    ValueMode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ValueMode of(int number, ByteSource source) {
        for (ValueMode mode : ALL) {
            if (mode.number == number) {
                return mode;
            }
        }
        throw source.damaged("value mode " + number);
    }

    /// Sorts as doubles do, negative ones included; its own inverse.
    static long ordered(long bits) {
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
}
