package io.tsvault.core.chunk;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.RowGroup.Metrics;
import io.tsvault.core.chunk.RowGroup.NameRun;
import io.tsvault.core.chunk.RowGroup.Size;
import io.tsvault.core.chunk.RowGroup.Times;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.util.List;

/// A row group that has no place in a file yet.
final class EncodedGroup {
    private final List<Labels> labels;
    private final byte[] bytes;
    private final RowGroup group;

    private EncodedGroup(List<Labels> labels, byte[] bytes, RowGroup group) {
        this.labels = labels;
        this.bytes = bytes;
        this.group = group;
    }

    /// What a [GroupEncoder] made of these series.
    static EncodedGroup of(List<Series> series, byte[] bytes, long digest) {
        long minMs = Long.MAX_VALUE;
        long maxMs = Long.MIN_VALUE;
        int samples = 0;
        int values = 0;
        Labels least = MetricNames.of(series.getFirst().labels());
        Labels greatest = least;
        for (Series one : series) {
            Parts.Times times = Parts.times(one);
            minMs = Math.min(minMs, times.minMs());
            maxMs = Math.max(maxMs, times.maxMs());
            samples += one.size();
            values += Parts.values(one);
            Labels metric = MetricNames.of(one.labels());
            least = metric.compareTo(least) < 0 ? metric : least;
            greatest = metric.compareTo(greatest) > 0 ? metric : greatest;
        }
        RowGroup group =
                new RowGroup(
                        new Extent(0, bytes.length),
                        new NameRun(0, 0),
                        new Times(minMs, maxMs),
                        new Metrics(least, greatest),
                        new Size(series.size(), samples, values),
                        digest);
        return new EncodedGroup(series.stream().map(Series::labels).toList(), bytes, group);
    }

    /// Decodes it again.
    ///
    /// @throws IllegalStateException when it is not what went in: a bug, and nothing was lost
    void requireEqual(List<Series> series, StreamSource streams) {
        String changed =
                "the codec changed the samples of "
                        + series.getFirst().labels()
                        + " or a neighbour; nothing was written. Please report this";
        try {
            if (!decoded(streams).equals(series)) {
                throw new IllegalStateException(changed);
            }
        } catch (DamagedChunk e) {
            throw new IllegalStateException(changed, e);
        }
    }

    private List<Series> decoded(StreamSource streams) {
        LabelBlock.Run names = new LabelBlock(labels).run(0, labels.size());
        List<Series> decoded = GroupDecoder.decode(streams, new ByteSource(bytes, 0), group, names);
        GroupClaims.require(group, decoded, names.metrics());
        return decoded;
    }

    byte[] bytes() {
        return bytes;
    }

    List<Labels> labels() {
        return labels;
    }

    int labelBytes() {
        return labels.stream().mapToInt(Labels::byteLength).sum();
    }

    /// What its metric names take in the index.
    int metricBytes() {
        return group.metrics().min().byteLength() + group.metrics().max().byteLength();
    }

    /// Its index entry, once it is known where it lies.
    RowGroup at(long offset, int block, int first) {
        return new RowGroup(
                new Extent(offset, bytes.length),
                new NameRun(block, first),
                group.times(),
                group.metrics(),
                group.size(),
                group.digest());
    }

    long window() {
        return Limits.window(group.times().minMs());
    }
}
