package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;
import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.lab.twin.Point.HistogramPoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One series of the head: what came in order, and what came late.
final class HeadSeries {
    private final Labels labels;
    private final Generation generation;
    private final List<HeadChunk> inOrder = new ArrayList<>();
    private final LateChunks late = new LateChunks();
    private final List<Span> deleted = new ArrayList<>();

    private record Span(long fromMs, long toMs) {
        boolean contains(long timestampMs) {
            return fromMs <= timestampMs && timestampMs <= toMs;
        }
    }

    HeadSeries(Labels labels, Generation generation) {
        this.labels = labels;
        this.generation = generation;
    }

    Labels labels() {
        return labels;
    }

    int chunks() {
        return inOrder.size() + late.size();
    }

    boolean endsWithHistogram() {
        return newest().filter(HistogramPoint.class::isInstance).isPresent();
    }

    private Optional<Point> newest() {
        return inOrder.isEmpty() ? Optional.empty() : Optional.of(inOrder.getLast().last());
    }

    private boolean isNewer(Point point) {
        return newest().map(last -> point.timestampMs() > last.timestampMs()).orElse(true);
    }

    /// The point in order with the timestamp of this one, if that is the newest.
    private Optional<Point> newestBeside(Point point) {
        return newest().filter(last -> last.timestampMs() == point.timestampMs());
    }

    /// Why this point cannot come now, if it cannot.
    Optional<Refusal> refusal(Point point, Window window) {
        long t = point.timestampMs();
        if (t >= window.oldestMs()) {
            Optional<Point> there = newestBeside(point);
            if (there.isPresent() || isNewer(point)) {
                return there.filter(old -> !isSame(old, point))
                        .map(old -> Refusal.duplicate(old, point, generation));
            }
        }
        if (mayBeLate(point) && window.outOfOrderMs() > 0) {
            return window.takesOutOfOrder(t) ? Optional.empty() : Optional.of(Refusal.TOO_OLD);
        }
        return Optional.of(t < window.oldestMs() ? Refusal.OUT_OF_BOUNDS : Refusal.OUT_OF_ORDER);
    }

    /// Late histograms came with 3.0.
    private boolean mayBeLate(Point point) {
        return switch (point) {
            case FloatPoint _ -> true;
            case HistogramPoint _ -> generation.isAtLeast(Generation.V3_5);
        };
    }

    private static boolean isSame(Point there, Point point) {
        return switch (point) {
            case FloatPoint number -> number.equals(there);
            case HistogramPoint histogram ->
                    there instanceof HistogramPoint old && histogram.isSameAs(old);
        };
    }

    /// Adds a point that [#refusal] let pass. What is there already stays.
    ///
    /// @return whether it came late
    boolean add(Point point, Window window) {
        boolean isInTime = point.timestampMs() >= window.oldestMs();
        if (isInTime && newestBeside(point).isPresent()) {
            return false;
        }
        boolean isLate = !isInTime || !isNewer(point);
        if (isLate) {
            late.add(point);
        } else if (inOrder.isEmpty() || !inOrder.getLast().offer(point)) {
            inOrder.add(new HeadChunk(point));
        }
        return isLate;
    }

    /// Hides what is between both ends, as far as samples in order reach.
    void delete(long fromMs, long toMs) {
        if (!inOrder.isEmpty()) {
            long firstMs = inOrder.getFirst().startMs();
            long lastMs = inOrder.getLast().last().timestampMs();
            deleted.add(new Span(Math.max(fromMs, firstMs), Math.min(toMs, lastMs)));
        }
    }

    /// Does the server find the series in this range, both ends included? It looks at the ends of
    /// chunks only, so that it may then have no points there.
    boolean touches(long fromMs, long toMs) {
        return late.touches(fromMs, toMs)
                || inOrder.stream()
                        .filter(chunk -> chunk.touches(fromMs, toMs))
                        .anyMatch(this::isPartlyVisible);
    }

    private boolean isPartlyVisible(HeadChunk chunk) {
        return deleted.stream().noneMatch(span -> chunk.isWithin(span.fromMs(), span.toMs()));
    }

    /// The points from `fromMs` to `toMs`, both included, by time. Of several at one instant the
    /// one that came last.
    Collection<Point> read(long fromMs, long toMs) {
        Span asked = new Span(fromMs, toMs);
        Stream<Point> timely =
                inOrder.stream().flatMap(chunk -> chunk.points().stream()).filter(this::isVisible);
        SortedMap<Long, Point> points = new TreeMap<>();
        Stream.concat(timely, late.points().filter(this::isVisibleLate))
                .filter(point -> asked.contains(point.timestampMs()))
                .forEach(point -> points.put(point.timestampMs(), point));
        return points.values();
    }

    /// In 2.x nothing deletes late samples; in 3.5 not even writing them again brings them back.
    private boolean isVisibleLate(Point point) {
        return !generation.isAtLeast(Generation.V3_5) || isVisible(point);
    }

    private boolean isVisible(Point point) {
        return deleted.stream().noneMatch(span -> span.contains(point.timestampMs()));
    }
}
