package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The names of a run of series in label order: see "LABELS" in the description of the package.
final class LabelBlock {
    /// A block is closed behind the series that exceeds one of these.
    static final int MAX_SERIES = 8192;

    static final int MAX_BYTES = 1 << 20;

    /// What one series may take.
    static final int MAX_LABEL_BYTES = 1 << 20;

    private final List<Labels> labels;
    private final List<Labels> metrics;
    private final long[] hashes;

    /// These names, as if they had been read.
    LabelBlock(List<Labels> labels) {
        this.labels = List.copyOf(labels);
        hashes = new long[labels.size()];
        List<Labels> names = new ArrayList<>(labels.size());
        Labels metric = Labels.NONE;
        for (int i = 0; i < hashes.length; i++) {
            byte[] canonical = labels.get(i).bytes();
            hashes[i] = XxHash.of(canonical);
            metric = MetricNames.of(canonical, metric);
            names.add(metric);
        }
        metrics = List.copyOf(names);
    }

    /// Some neighbours of a block.
    record Run(LabelBlock block, int first, int size) {
        Stream<Labels> labels() {
            return block.labels.subList(first, first + size).stream();
        }

        Labels labels(int i) {
            return block.labels.get(first + i);
        }

        long hash(int i) {
            return block.hashes[first + i];
        }

        /// The least and the greatest metric name.
        RowGroup.Metrics metrics() {
            Labels least = block.metrics.get(first);
            Labels greatest = least;
            for (Labels metric : block.metrics.subList(first, first + size)) {
                least = metric.compareTo(least) < 0 ? metric : least;
                greatest = metric.compareTo(greatest) > 0 ? metric : greatest;
            }
            return new RowGroup.Metrics(least, greatest);
        }
    }

    int size() {
        return labels.size();
    }

    /// Of how many bytes more than [Limits#LABEL_BYTES] for each they are.
    long longLabels() {
        return longLabels(labels.stream().mapToLong(Labels::byteLength).sum(), labels.size());
    }

    static long longLabels(long bytes, int series) {
        return Math.max(0, bytes - (long) series * Limits.LABEL_BYTES);
    }

    Run run(int first, int size) {
        return new Run(this, first, size);
    }

    List<Labels> labels() {
        return labels;
    }

    /// Writes the content of a LABELS stream.
    static byte[] encode(List<Labels> labels) {
        return new LabelEncoder().encode(labels);
    }

    /// Reads the content of a LABELS stream.
    static LabelBlock decode(ByteSource source) {
        return new LabelBlock(new LabelDecoder(source).decode());
    }
}
