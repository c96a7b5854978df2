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

/// One series of the head: what came in order, and chunks of what came late.
///
/// A late sample is checked for duplicates in the newest late chunk only; chunks overlap freely.
final class HeadSeries {
    /// Prometheus closes a chunk of late samples at this size.
    private static final int LATE_CHUNK = 32;

    private final Labels labels;
    private final Generation generation;
    private final List<HeadChunk> inOrder = new ArrayList<>();
    private final List<SortedMap<Long, Point>> late = new ArrayList<>();
    private final List<Span> deleted = new ArrayList<>();

    private record Span(long fromMs, long toMs) {
        boolean contains(long timestampMs) {
            return fromMs <= timestampMs && timestampMs <= toMs;
        }

        boolean covers(HeadChunk chunk) {
            return chunk.isWithin(fromMs, toMs);
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
        return !inOrder.isEmpty() && inOrder.getLast().last() instanceof HistogramPoint;
    }

    /// Why this point cannot come now, if it cannot.
    Optional<Refusal> refusal(Point point, Window window) {
        long t = point.timestampMs();
        boolean late2x = point instanceof HistogramPoint && !generation.isAtLeast(Generation.V3_5);
        if (t >= window.oldestMs()) {
            if (inOrder.isEmpty() || t > inOrder.getLast().last().timestampMs()) {
                return Optional.empty();
            }
            if (t == inOrder.getLast().last().timestampMs()) {
                Point there = inOrder.getLast().last();
                return isSame(there, point)
                        ? Optional.empty()
                        : Optional.of(Refusal.duplicate(there, point, generation));
            }
        }
        if (!late2x && window.outOfOrderMs() > 0) {
            return window.takesOutOfOrder(t) ? Optional.empty() : Optional.of(Refusal.TOO_OLD);
        }
        return Optional.of(t < window.oldestMs() ? Refusal.OUT_OF_BOUNDS : Refusal.OUT_OF_ORDER);
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
        long t = point.timestampMs();
        boolean isNewest = inOrder.isEmpty() || t >= inOrder.getLast().last().timestampMs();
        if (t >= window.oldestMs() && isNewest) {
            if (inOrder.isEmpty() || t > inOrder.getLast().last().timestampMs()) {
                append(point);
            }
            return false;
        }
        addLate(point);
        return true;
    }

    private void append(Point point) {
        if (inOrder.isEmpty() || !inOrder.getLast().offer(point)) {
            inOrder.add(new HeadChunk(point));
        }
    }

    private void addLate(Point point) {
        if (late.isEmpty() || late.getLast().size() >= LATE_CHUNK) {
            late.add(new TreeMap<>());
        }
        late.getLast().putIfAbsent(point.timestampMs(), point);
    }

    /// Hides what is between both ends, as far as samples in order reach. Late samples of 2.x stay.
    void delete(long fromMs, long toMs) {
        if (!inOrder.isEmpty()) {
            deleted.add(
                    new Span(
                            Math.max(fromMs, inOrder.getFirst().points().getFirst().timestampMs()),
                            Math.min(toMs, inOrder.getLast().last().timestampMs())));
        }
    }

    /// Does the server find the series in this range, both ends included? It looks at the ends of
    /// chunks only, so that it may then have no points there.
    boolean touches(long fromMs, long toMs) {
        boolean inOrderThere =
                inOrder.stream()
                        .filter(chunk -> chunk.touches(fromMs, toMs))
                        .anyMatch(chunk -> deleted.stream().noneMatch(span -> span.covers(chunk)));
        return inOrderThere
                || late.stream().anyMatch(c -> c.firstKey() <= toMs && fromMs <= c.lastKey());
    }

    /// The points from `fromMs` to `toMs`, both included, by time.
    Collection<Point> read(long fromMs, long toMs) {
        SortedMap<Long, Point> points = new TreeMap<>();
        if (fromMs > toMs) {
            return points.values();
        }
        for (HeadChunk chunk : inOrder) {
            for (Point point : chunk.points()) {
                long t = point.timestampMs();
                if (fromMs <= t && t <= toMs && isVisible(t)) {
                    points.put(t, point);
                }
            }
        }
        for (SortedMap<Long, Point> chunk : late) {
            chunk.forEach(
                    (t, point) -> {
                        if (fromMs <= t && t <= toMs && (lateSurvivesDelete() || isVisible(t))) {
                            points.put(t, point);
                        }
                    });
        }
        return points.values();
    }

    private boolean lateSurvivesDelete() {
        return !generation.isAtLeast(Generation.V3_5);
    }

    private boolean isVisible(long timestampMs) {
        return deleted.stream().noneMatch(span -> span.contains(timestampMs));
    }
}
