package io.tsvault.core.export;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// Divides metrics among the parts of a slice, so that each part is about as much work.
public final class Shards {
    /// A function of a quarter of an hour and half a gigabyte reads so many with ease.
    private static final long SAMPLES_EACH = 20_000_000;

    private Shards() {}

    /// How many parts a slice of so many samples should have.
    public static int fitting(long samples) {
        return (int) Math.max(1, Math.ceilDiv(samples, SAMPLES_EACH));
    }

    /// The names at which `parts` parts begin, but the first. Fewer when there are too few metrics:
    /// one is never divided.
    ///
    /// @param samples of each metric
    public static List<String> bounds(SortedMap<String, Long> samples, int parts) {
        long all = samples.values().stream().mapToLong(Long::longValue).sum();
        List<String> bounds = new ArrayList<>();
        long before = 0;
        for (var metric : samples.entrySet()) {
            boolean full = before * parts >= all * (bounds.size() + 1L);
            if (before > 0 && full && bounds.size() < parts - 1) {
                bounds.add(metric.getKey());
            }
            before += metric.getValue();
        }
        return bounds;
    }
}
