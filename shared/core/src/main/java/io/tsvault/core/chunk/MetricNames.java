package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Metric names, each as the one label that carries it: compared by bytes, as labels are.
final class MetricNames {
    private static final byte[] NAME = Labels.METRIC_NAME.getBytes(StandardCharsets.UTF_8);

    private MetricNames() {}

    static Labels labels(byte[] name) {
        return name.length == 0 ? Labels.NONE : Labels.ofBytes(NAME, name);
    }

    /// The metric name of a series; no label when it has none.
    static Labels of(Labels series) {
        return of(series.bytes());
    }

    /// The same for canonical labels of a series behind one of the metric `before`.
    static Labels of(byte[] canonical, Labels before) {
        int length = before.byteLength();
        boolean same =
                length > 0
                        && length <= canonical.length
                        && Arrays.equals(before.bytes(), 0, length, canonical, 0, length);
        return same ? before : of(canonical);
    }

    private static Labels of(byte[] canonical) {
        ByteSource strings = new ByteSource(canonical, 0);
        while (strings.remaining() > 0) {
            byte[] name = strings.block();
            byte[] value = strings.block();
            if (Arrays.equals(name, NAME)) {
                return labels(value);
            }
        }
        return Labels.NONE;
    }
}
