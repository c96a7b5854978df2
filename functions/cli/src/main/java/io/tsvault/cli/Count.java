package io.tsvault.cli;

/// Numbers of things, as one says them: `1 slice`, `2,000 slices`, `1 series`.
final class Count {
    private Count() {}

    /// @param one such thing; what ends in s is the same for many
    static String of(long many, String one) {
        return "%,d %s%s".formatted(many, one, many == 1 || one.endsWith("s") ? "" : "s");
    }
}
