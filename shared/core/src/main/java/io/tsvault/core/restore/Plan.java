package io.tsvault.core.restore;

import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a restore will do, settled once: which stretches of time are brought in, in which order.
///
/// @param widthMs of a window, which is proven before the next one of its partition is begun
/// @param partitions one after the other is safe for any target; side by side only for those that
///     take samples in any order, and then there are several
/// @param heads of the logs that it was made from, by stream: what came later is not restored
record Plan(long widthMs, List<TimeRange> partitions, List<String> heads) {
    private static final int FORMAT = 1;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /// The windows of chunks; a wider window would not lie in one.
    private static final Duration WIDEST = Duration.ofHours(2);

    /// Copies the lists.
    Plan {
        partitions = List.copyOf(partitions);
        heads = List.copyOf(heads);
    }

    /// Computed from what the target can, never from hope.
    ///
    /// @param range of the samples as they are in the vault
    static Plan of(TimeRange range, Standing standing, List<String> heads) {
        Standing.Order order = standing.order();
        if (order.any()) {
            return new Plan(WIDEST.toMillis(), range.cut(DAY_MS), heads);
        }
        Duration reach = order.reach();
        boolean days = order.window().compareTo(range.length()) >= 0;
        return new Plan(
                dividing(reach.compareTo(WIDEST) < 0 ? reach : WIDEST),
                days ? range.cut(DAY_MS) : List.of(range),
                heads);
    }

    /// The widest window not wider than this that two hours can be divided by.
    private static long dividing(Duration width) {
        long parts = Math.ceilDiv(WIDEST.toMillis(), Math.max(1, width.toMillis()));
        while (WIDEST.toMillis() % parts != 0) {
            parts++;
        }
        return WIDEST.toMillis() / parts;
    }

    /// The windows of a partition, oldest first.
    List<TimeRange> windows(TimeRange partition) {
        return partition.cut(widthMs);
    }

    byte[] toBytes() {
        List<Json> ranges = new ArrayList<>();
        for (TimeRange partition : partitions) {
            ranges.add(
                    Json.object()
                            .with("startMs", partition.startMs())
                            .with("endMs", partition.endMs()));
        }
        return Json.object()
                .with("format", FORMAT)
                .with("widthMs", widthMs)
                .with("partitions", Json.of(ranges))
                .with("heads", heads)
                .toBytes();
    }

    static Plan read(byte[] bytes) {
        return Fields.read(
                Json.parse(bytes, "the plan"),
                Unknown.IGNORED,
                fields ->
                        new Plan(
                                fields.whole("widthMs", 1, WIDEST.toMillis()),
                                fields.list(
                                        "partitions",
                                        range ->
                                                new TimeRange(
                                                        range.whole("startMs"),
                                                        range.whole("endMs"))),
                                fields.texts("heads")));
    }
}
