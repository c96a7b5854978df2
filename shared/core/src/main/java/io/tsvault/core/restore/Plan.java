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
/// @param decided about what the target had when it was made
record Plan(long widthMs, List<TimeRange> partitions, List<String> heads, Decided decided) {
    private static final int FORMAT = 1;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /// The windows of chunks; a wider window would not lie in one.
    private static final Duration WIDEST = Duration.ofHours(2);

    /// What was decided before the first write, and is not asked again.
    ///
    /// @param leftMs from here on all is left to the target, which has its own samples of the same
    ///     series from then on; [Long#MAX_VALUE] for nothing
    /// @param left samples of the backup that are left out so
    /// @param before the stream that keeps what the target had; empty if that was not asked for
    record Decided(long leftMs, long left, String before) {
        static final Decided NOTHING = new Decided(Long.MAX_VALUE, 0, "");
    }

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
            return new Plan(WIDEST.toMillis(), range.cut(DAY_MS), heads, Decided.NOTHING);
        }
        Duration reach = order.reach();
        boolean days = order.window().compareTo(range.length()) >= 0;
        return new Plan(
                dividing(reach.compareTo(WIDEST) < 0 ? reach : WIDEST),
                days ? range.cut(DAY_MS) : List.of(range),
                heads,
                Decided.NOTHING);
    }

    /// The widest window not wider than this that two hours can be divided by.
    private static long dividing(Duration width) {
        long parts = Math.ceilDiv(WIDEST.toMillis(), Math.max(1, width.toMillis()));
        while (WIDEST.toMillis() % parts != 0) {
            parts++;
        }
        return WIDEST.toMillis() / parts;
    }

    /// What of it lies before an instant, if anything does.
    ///
    /// @param samples of the backup that are left out so
    Plan until(long endMs, long samples) {
        List<TimeRange> shorter =
                partitions.stream()
                        .filter(range -> range.startMs() < endMs)
                        .map(
                                range ->
                                        new TimeRange(
                                                range.startMs(), Math.min(endMs, range.endMs())))
                        .toList();
        return new Plan(widthMs, shorter, heads, new Decided(endMs, samples, decided.before()));
    }

    /// Of a restore that goes on with what is backed up later.
    static Plan endless(long startMs, List<String> heads) {
        TimeRange range = new TimeRange(startMs, Long.MAX_VALUE);
        return new Plan(WIDEST.toMillis(), List.of(range), heads, Decided.NOTHING);
    }

    /// How many partitions can be brought at once: several only where no order can be lost.
    int atOnce(Standing now, int asked) {
        Standing.Order order = now.order();
        boolean any = order.any() || order.window().compareTo(range().length()) >= 0;
        return any ? Math.clamp(asked, 1, partitions.size()) : 1;
    }

    /// With what the target had kept in this stream.
    Plan keptIn(String stream) {
        return new Plan(
                widthMs, partitions, heads, new Decided(decided.leftMs(), decided.left(), stream));
    }

    /// All of the time that is brought in.
    TimeRange range() {
        return new TimeRange(partitions.getFirst().startMs(), partitions.getLast().endMs());
    }

    /// All windows, oldest first.
    List<TimeRange> windows() {
        return partitions.stream().flatMap(range -> windows(range).stream()).toList();
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
                .with("leftMs", decided.leftMs())
                .with("left", decided.left())
                .with("before", decided.before())
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
                                fields.texts("heads"),
                                decided(fields)));
    }

    private static Decided decided(Fields fields) {
        return fields.has("leftMs")
                ? new Decided(fields.whole("leftMs"), fields.count("left"), fields.text("before"))
                : Decided.NOTHING;
    }
}
