package io.tsvault.core.source;

import java.time.Duration;
import java.util.Locale;

/// How a source is read.
///
/// @param step of the grid for [Way#QUERY_RANGE], else zero
public record Mode(Way way, Duration step) {
    /// Checks that there is a step where one is needed, and only there.
    public Mode {
        boolean grid = way == Way.QUERY_RANGE;
        if (grid != step.isPositive() || step.isNegative()) {
            throw new IllegalArgumentException(
                    grid
                            ? "query-range needs a step, such as 30s"
                            : way + " reads samples as they are: a step has no meaning");
        }
    }

    /// A way that gives samples as they are.
    public static Mode of(Way way) {
        return new Mode(way, Duration.ZERO);
    }

    /// The values at the points of a grid; points are multiples of the step since 1970.
    public static Mode grid(Duration step) {
        return new Mode(Way.QUERY_RANGE, step);
    }

    /// As `30s` or `1m30s`.
    private static String text(Duration step) {
        return step.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return step.isZero() ? way.toString() : way + " every " + text(step);
    }
}
