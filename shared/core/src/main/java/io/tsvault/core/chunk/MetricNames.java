package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;

import java.nio.charset.StandardCharsets;

/// Metric names, each as the one label that carries it: compared by bytes, as labels are.
final class MetricNames {
    private static final byte[] NAME = Labels.METRIC_NAME.getBytes(StandardCharsets.UTF_8);

    private MetricNames() {}

    static Labels labels(byte[] name) {
        return name.length == 0 ? Labels.NONE : Labels.ofBytes(NAME, name);
    }

    /// The metric name of a series; no label when it has none.
    static Labels of(Labels series) {
        ByteSource strings = new ByteSource(series.bytes(), 0);
        while (strings.remaining() > 0) {
            byte[] name = strings.block();
            byte[] value = strings.block();
            if (java.util.Arrays.equals(name, NAME)) {
                return labels(value);
            }
        }
        return Labels.NONE;
    }
}
