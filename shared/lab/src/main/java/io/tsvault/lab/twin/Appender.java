package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;
import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.lab.twin.Point.HistogramPoint;
import io.tsvault.lab.twin.TwinOptions.Feature;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The samples of one request. Each is checked against what is stored, not against the others: when
/// they come out of order among themselves, the commit drops them silently, as the server does.
///
/// Rolling back is to forget the appender.
final class Appender {
    private static final Duration MAX_AHEAD = Duration.ofMinutes(10);

    private final Head head;
    private final TwinOptions options;
    private final long latestMs;
    private final List<Pending> pending = new ArrayList<>();
    private @Nullable Window window;

    private record Pending(HeadSeries series, Point point) {}

    Appender(Head head, TwinOptions options) {
        this.head = head;
        this.options = options;
        this.latestMs =
                options.generation().isAtLeast(Generation.V3_5)
                        ? options.clock().instant().plus(MAX_AHEAD).toEpochMilli()
                        : Long.MAX_VALUE;
    }

    /// Takes a point, or says why not.
    Optional<Refusal> append(SeriesName name, Point point) {
        Optional<Refusal> early = refusalByTime(point);
        if (early.isPresent()) {
            return early;
        }
        return switch (name) {
            case SeriesName.Broken broken -> Optional.of(Refusal.internal(broken.reason()));
            case SeriesName.Valid valid -> append(valid.labels(), point);
            case SeriesName.Invalid _ ->
                    throw new IllegalStateException("the receiver skips these");
        };
    }

    private Optional<Refusal> refusalByTime(Point point) {
        if (point.timestampMs() > latestMs) {
            return Optional.of(Refusal.FUTURE);
        }
        if (point instanceof HistogramPoint && !options.has(Feature.NATIVE_HISTOGRAMS)) {
            return Optional.of(Refusal.HISTOGRAMS_OFF);
        }
        Window now = window(point);
        boolean inOrderOnly = options.outOfOrder().isZero();
        return inOrderOnly && point.timestampMs() < now.oldestMs()
                ? Optional.of(Refusal.OUT_OF_BOUNDS)
                : Optional.empty();
    }

    private Optional<Refusal> append(Labels labels, Point point) {
        HeadSeries series = head.named(labels);
        Point taken =
                point instanceof FloatPoint && point.isStale() && series.endsWithHistogram()
                        ? HistogramPoint.stale(point.timestampMs())
                        : point;
        Optional<Refusal> refusal = series.refusal(taken, window(taken));
        if (refusal.isEmpty()) {
            pending.add(new Pending(series, taken));
        }
        return refusal;
    }

    private Window window(Point point) {
        Window known = window;
        if (known == null) {
            known = head.window(point.timestampMs());
            window = known;
        }
        return known;
    }

    /// Stores what was taken: floats first, then histograms.
    void commit() {
        pending.stream().filter(p -> p.point() instanceof FloatPoint).forEach(this::store);
        pending.stream().filter(p -> p.point() instanceof HistogramPoint).forEach(this::store);
    }

    private void store(Pending one) {
        Window then = window(one.point());
        if (one.series().refusal(one.point(), then).isEmpty()) {
            head.grew(one.point().timestampMs(), one.series().add(one.point(), then));
        }
    }
}
