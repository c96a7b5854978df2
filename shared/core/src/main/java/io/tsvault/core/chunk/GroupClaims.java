package io.tsvault.core.chunk;

import io.tsvault.core.chunk.RowGroup.Metrics;
import io.tsvault.core.chunk.RowGroup.Size;
import io.tsvault.core.chunk.RowGroup.Times;
import io.tsvault.core.series.Series;

import java.util.List;

/// Holds what an index says of a row group against what was decoded. The digest says that the
/// content is what was written; this says that who looks for a time or a metric finds it.
final class GroupClaims {
    private GroupClaims() {}

    /// @throws DamagedChunk when the content is another
    static void require(RowGroup group, List<Series> series, Metrics metrics) {
        long minMs = Long.MAX_VALUE;
        long maxMs = Long.MIN_VALUE;
        long samples = 0;
        long values = 0;
        for (Series one : series) {
            Parts.Times times = Parts.times(one);
            minMs = Math.min(minMs, times.minMs());
            maxMs = Math.max(maxMs, times.maxMs());
            samples += one.size();
            values += Parts.values(one);
        }
        Size size = group.size();
        require(group, samples == size.samples() && values == size.values(), "samples");
        require(group, group.times().equals(new Times(minMs, maxMs)), "times");
        require(group, group.metrics().equals(metrics), "metric names");
    }

    private static void require(RowGroup group, boolean same, String what) {
        if (!same) {
            throw new DamagedChunk(
                    group.extent().offset(), "a row group with other " + what + " than its index");
        }
    }
}
