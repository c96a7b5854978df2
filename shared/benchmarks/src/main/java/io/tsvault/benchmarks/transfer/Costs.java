package io.tsvault.benchmarks.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What the same work cost, round by round.
final class Costs {
    private final String name;
    private final List<Cost> rounds = new ArrayList<>();

    Costs(String name) {
        this.name = name;
    }

    void add(Cost round) {
        rounds.add(round);
    }

    /// The medians.
    void print() {
        double samples = median(Cost::samples);
        System.out.printf(
                Locale.ROOT,
                "%-34s %,.0f samples  wall %.2f s  server %.3f us/sample  client %.3f us/sample%n",
                name,
                samples,
                median(Cost::wallSeconds),
                1e6 * median(Cost::serverSeconds) / samples,
                1e6 * median(Cost::clientSeconds) / samples);
    }

    double median(ToDoubleFunction<Cost> what) {
        double[] sorted = rounds.stream().mapToDouble(what).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
