package io.tsvault.core.compare;

import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.compare.Points.Point;
import io.tsvault.core.series.Labels;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// Makes one difference of neighbours that differ in the same way. For one thread.
final class Neighbours {
    private final Consumer<Difference> into;
    private @Nullable Difference first;
    private long lastMs;
    private long samples;

    Neighbours(Consumer<Difference> into) {
        this.into = into;
    }

    /// Adds a sample, or as many as one side alone has in a row.
    ///
    /// @param expected the first, if it was
    /// @param actual the first, if it is there
    /// @param toMs timestamp of the last
    void add(
            Kind kind,
            Labels series,
            @Nullable Point expected,
            @Nullable Point actual,
            long toMs,
            long more) {
        if (first == null || first.kind() != kind || !first.series().equals(series)) {
            end();
            Point any = expected == null ? actual : expected;
            long fromMs = any == null ? toMs : any.timestampMs();
            first = new Difference(kind, series, fromMs, toMs, more, text(expected), text(actual));
        }
        lastMs = toMs;
        samples += more;
    }

    private static String text(@Nullable Point point) {
        return point == null ? "" : point.text();
    }

    /// What comes next is no neighbour.
    void end() {
        if (first != null) {
            into.accept(
                    new Difference(
                            first.kind(),
                            first.series(),
                            first.firstMs(),
                            lastMs,
                            samples,
                            first.expected(),
                            first.actual()));
            first = null;
            samples = 0;
        }
    }
}
