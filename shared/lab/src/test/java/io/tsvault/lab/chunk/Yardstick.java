package io.tsvault.lab.chunk;

import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.Schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A fleet that sizes are stated for, and the sizes: seed 42, every 15 s from 2026-11-20T00:00:00Z,
/// in one chunk.
///
/// @param mostBytesPerSample what is promised, with room for small changes; `size` has none
record Yardstick(Shape shape, Size size, double mostBytesPerSample) {
    static final Yardstick PUBLIC_1_DAY =
            new Yardstick(
                    new Shape(Recipe.PUBLIC_1, 10, Duration.ofHours(24)),
                    new Size(21_916_800, 11_683_443, 42_087_621),
                    0.58);

    static final Yardstick PUBLIC_1_TWO_HOURS =
            new Yardstick(
                    new Shape(Recipe.PUBLIC_1, 40, Duration.ofHours(2)),
                    new Size(7_305_359, 4_115_402, 14_213_314),
                    0.61);

    static final Yardstick PUBLIC_2_DAY =
            new Yardstick(
                    new Shape(Recipe.PUBLIC_2, 10, Duration.ofHours(24)),
                    new Size(22_176_000, 11_868_518, 43_355_651),
                    0.58);

    static final Yardstick PUBLIC_2_TWO_HOURS =
            new Yardstick(
                    new Shape(Recipe.PUBLIC_2, 40, Duration.ofHours(2)),
                    new Size(7_391_759, 4_180_665, 14_677_348),
                    0.61);

    static final List<Yardstick> ALL =
            List.of(PUBLIC_1_DAY, PUBLIC_1_TWO_HOURS, PUBLIC_2_DAY, PUBLIC_2_TWO_HOURS);

    /// @param targets see [Fleet]
    record Shape(Recipe recipe, int targets, Duration length) {}

    /// @param samples in it
    /// @param bytes of the chunk, within half a percent
    /// @param xorBytes of the same samples in XOR chunks of 120, without labels and index
    record Size(long samples, long bytes, long xorBytes) {}

    /// The schedule begins with a window of chunks: the fleet's windows are theirs.
    Fleet fleet() {
        Instant start = Instant.parse("2026-11-20T00:00:00Z");
        Schedule schedule = new Schedule(start, Duration.ofSeconds(15), shape.length());
        return new Fleet(shape.recipe(), 42, shape.targets(), schedule);
    }

    @Override
    public String toString() {
        return "%s, %d targets, %d h"
                .formatted(shape.recipe(), shape.targets(), shape.length().toHours());
    }
}
