package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;

import java.util.HashSet;
import java.util.Set;

/// Decides where one row group ends and the next begins: where another metric begins, so that few
/// groups are read for one metric, and at the same series in every window, so that the windows can
/// share their label blocks.
final class GroupEdges {
    /// A group is no more than this share of its window, so that few bytes are read for one metric,
    private static final int SHARE = 28;

    /// but from here on small ones cost too much: 64 Ki values take 3 % more bytes than 256 Ki.
    private static final int LEAST_VALUES = 48 << 10;

    /// A group ends anyway.
    static final int MAX_VALUES = Limits.GROUP_VALUES;

    private Set<Labels> before = new HashSet<>();
    private Set<Labels> now = new HashSet<>();
    private Labels metric = Labels.NONE;
    private long windowBefore;
    private long window;
    private int values;
    private int series;
    private int labelBytes;

    /// Another window begins, with a new group.
    void nextWindow() {
        windowBefore = window;
        window = 0;
        before = now;
        now = new HashSet<>();
        begin();
    }

    /// Does a new group begin with this series? If so, it has begun.
    boolean isBefore(Labels labels, int more) {
        if (series > 0 && isEdge(labels, more)) {
            now.add(labels);
            begin();
            return true;
        }
        return false;
    }

    /// Adds a series to the group.
    void add(Labels labels, int more) {
        metric = MetricNames.of(labels);
        values += more;
        window += more;
        series++;
        labelBytes += labels.byteLength();
    }

    private boolean isEdge(Labels labels, int more) {
        int enough = enough();
        if (values + more > Math.min(MAX_VALUES, 2 * enough)
                || series >= LabelBlock.MAX_SERIES / 2
                || labelBytes + labels.byteLength() > LabelBlock.MAX_BYTES) {
            return true;
        }
        if (values < enough / 2) {
            return false;
        }
        // A few samples more or less than in the window before shall not move the edge.
        return before.contains(labels)
                || (values >= (before.isEmpty() ? enough : enough / 8 * 9)
                        && !MetricNames.of(labels).equals(metric));
    }

    private int enough() {
        long share = Math.max(window, windowBefore) / SHARE;
        return Math.clamp(share, LEAST_VALUES, MAX_VALUES / 4 * 3);
    }

    private void begin() {
        values = 0;
        series = 0;
        labelBytes = 0;
    }
}
