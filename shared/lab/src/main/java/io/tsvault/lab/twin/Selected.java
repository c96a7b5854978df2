package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;

import java.util.List;

/// A series that was found, with its points in the asked range, by time; there may be none.
record Selected(Labels labels, List<Point> points) {
    /// The points from `fromMs` to `toMs`, both included.
    List<Point> between(long fromMs, long toMs) {
        int from = position(fromMs);
        return points.subList(from, Math.max(from, position(toMs + 1)));
    }

    /// How many points come before an instant.
    private int position(long ms) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).timestampMs() < ms) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
