package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.time.Instant;

/// Holds what goes into a writer to its order: windows, then labels, then time.
final class Order {
    private Labels labels = Labels.NONE;
    private long window = Long.MIN_VALUE;
    private long maxMs;

    /// Refuses a series that may not come next.
    ///
    /// @return whether it begins another window
    boolean requireNext(Series series) {
        if (series.labels().byteLength() > LabelBlock.MAX_LABEL_BYTES) {
            throw new IllegalArgumentException(
                    "%d bytes of labels: a series may have %d"
                            .formatted(series.labels().byteLength(), LabelBlock.MAX_LABEL_BYTES));
        }
        Parts.Times times = Parts.times(series);
        long next = Limits.window(times.minMs());
        if (Limits.window(times.maxMs()) != next) {
            throw refused(series, "crosses the edge of a window of two hours: cut it there");
        }
        if (next < window) {
            throw refused(series, "lies in a window before the one that was begun: sort by window");
        }
        boolean begins = next > window;
        requireAfter(series, times, begins);
        labels = series.labels();
        window = next;
        maxMs = times.maxMs();
        return begins;
    }

    private void requireAfter(Series series, Parts.Times times, boolean newWindow) {
        int order = newWindow ? 1 : series.labels().compareTo(labels);
        if (order < 0) {
            throw refused(series, "comes before " + labels + ": sort each window by labels");
        }
        if (order == 0 && times.minMs() <= maxMs) {
            throw refused(series, "comes twice, and does not go on where it ended");
        }
    }

    private static IllegalArgumentException refused(Series series, String why) {
        return new IllegalArgumentException(
                series.labels()
                        + " from "
                        + Instant.ofEpochMilli(Parts.times(series).minMs())
                        + " on "
                        + why);
    }
}
