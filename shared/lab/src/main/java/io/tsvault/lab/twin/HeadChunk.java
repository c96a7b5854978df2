package io.tsvault.lab.twin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Samples in order that the server keeps together. Where one ends shows: a series is found by
/// the ends of its chunks, even when none of its samples is in the range.
final class HeadChunk {
    /// Prometheus aims at this many points.
    static final int AIM = 120;

    private static final long BLOCK_MS = Duration.ofHours(2).toMillis();
    private static final int FORECAST_AT = AIM / 4;

    private final List<Point> points = new ArrayList<>();
    private long closesAtMs;

    HeadChunk(Point first) {
        points.add(first);
        closesAtMs = (first.timestampMs() / BLOCK_MS + 1) * BLOCK_MS;
    }

    List<Point> points() {
        return points;
    }

    Point last() {
        return points.getLast();
    }

    long startMs() {
        return points.getFirst().timestampMs();
    }

    /// Appends a newer point, or refuses: a new chunk has to begin with it.
    boolean offer(Point point) {
        if (points.size() == FORECAST_AT) {
            closesAtMs = forecast();
        }
        boolean isFull = point.timestampMs() >= closesAtMs || points.size() >= 2 * AIM;
        if (isFull || last().getClass() != point.getClass()) {
            return false;
        }
        return points.add(point);
    }

    /// At a quarter the end is set so that the chunks up to the end of the block become equal.
    private long forecast() {
        long quarterMs = last().timestampMs() - startMs() + 1;
        long parts = (closesAtMs - startMs()) / (quarterMs * 4);
        return parts <= 1 ? closesAtMs : startMs() + (closesAtMs - startMs()) / parts;
    }

    /// Does it reach into the range, both ends included?
    boolean touches(long fromMs, long toMs) {
        return startMs() <= toMs && fromMs <= last().timestampMs();
    }

    /// Does it lie inside the range?
    boolean isWithin(long fromMs, long toMs) {
        return fromMs <= startMs() && last().timestampMs() <= toMs;
    }
}
