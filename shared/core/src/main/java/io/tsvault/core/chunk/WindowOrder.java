package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.util.List;

/// Holds the row groups of one window to their order: labels ascend, and the same series again
/// goes on where it ended. Whoever merges windows would lose what is not in its place.
final class WindowOrder {
    private Labels lastLabels = Labels.NONE;
    private long lastMs;
    private boolean hasBefore;

    /// @throws DamagedChunk when the series of a group may not come next
    List<Series> require(RowGroup group, List<Series> series) {
        for (Series one : series) {
            require(group, one);
        }
        return series;
    }

    private void require(RowGroup group, Series series) {
        Parts.Times times = Parts.times(series);
        int order = series.labels().compareTo(lastLabels);
        if (order < 0 || (order == 0 && hasBefore && times.minMs() <= lastMs)) {
            throw misplaced(group, series.labels());
        }
        hasBefore = true;
        lastLabels = series.labels();
        lastMs = times.maxMs();
    }

    static DamagedChunk misplaced(RowGroup group, Labels series) {
        return new DamagedChunk(group.extent().offset(), series + " is not in its place");
    }
}
