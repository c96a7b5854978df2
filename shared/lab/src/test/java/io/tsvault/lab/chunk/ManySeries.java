package io.tsvault.lab.chunk;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A million series with twenty samples each, in label order, made one at a time: 1,000 counters of
/// 1,000 instances, each with a phase of its own, for five minutes.
final class ManySeries {
    static final int METRICS = 1_000;
    static final int INSTANCES = 1_000;
    static final int SAMPLES = 20;

    private static final long START_MS = 1_795_132_800_000L; // 2026-11-20T00:00:00Z
    private static final long INTERVAL_MS = 15_000;
    private static final long ODD = 0x9e3779b97f4a7c15L;

    private ManySeries() {}

    static Stream<Series> all() {
        return IntStream.range(0, METRICS * INSTANCES)
                .mapToObj(i -> series(i / INSTANCES, i % INSTANCES));
    }

    private static Series series(int metric, int instance) {
        Labels labels =
                Labels.of(
                        "__name__", "metric_" + (METRICS + metric) + "_total",
                        "instance", "node-" + (INSTANCES + instance) + ":9100",
                        "job", "node");
        long chance = (metric * ODD) ^ (instance * Long.reverse(ODD));
        double value = (chance >>> 40) & 0xffff;
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < SAMPLES; i++) {
            chance = Long.rotateLeft(chance * ODD, 31) + i;
            value += chance & 15;
            samples.add(START_MS + 15L * instance + i * INTERVAL_MS, value);
        }
        return new Series(labels, samples.build());
    }
}
