package io.tsvault.core.export;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;

import java.util.ArrayList;
import java.util.List;

/// The windows of the chunk format that a slice lies in.
final class Windows {
    private Windows() {}

    static List<TimeRange> of(TimeRange slice) {
        List<TimeRange> windows = new ArrayList<>();
        long startMs = slice.startMs();
        while (startMs < slice.endMs()) {
            long nextMs =
                    Math.floorDiv(startMs, Source.WINDOW_MS) * Source.WINDOW_MS + Source.WINDOW_MS;
            long endMs = Math.min(slice.endMs(), nextMs);
            windows.add(new TimeRange(startMs, endMs));
            startMs = endMs;
        }
        return windows;
    }
}
