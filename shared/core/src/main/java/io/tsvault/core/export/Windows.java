package io.tsvault.core.export;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;

import java.util.ArrayList;
import java.util.List;

/// The windows of the chunk format that a slice lies in.
final class Windows {
    private Windows() {}

    static List<TimeRange> of(TimeRange slice) {
        return split(slice, Source.WINDOW_MS);
    }

    /// Cuts a range at the multiples of a width.
    static List<TimeRange> split(TimeRange range, long widthMs) {
        List<TimeRange> pieces = new ArrayList<>();
        long startMs = range.startMs();
        while (startMs < range.endMs()) {
            long endMs =
                    Math.min(
                            range.endMs(), Math.floorDiv(startMs, widthMs) * widthMs + widthMs);
            pieces.add(new TimeRange(startMs, endMs));
            startMs = endMs;
        }
        return pieces;
    }
}
