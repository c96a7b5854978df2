package io.tsvault.prometheus;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What there is, in numbers: counts, names and the begin.
final class History {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    /// VictoriaMetrics has an index by day, and asks it for as much as forty days.
    private static final long STRIDE = 39 * DAY;

    private static final Duration FAR_AHEAD = Duration.ofDays(366);

    private static final Duration FAR = Duration.ofDays(20 * 366L);

    /// Has two points where a range has both its ends, and one where its start is no part of it.
    private static final String ENDS = "count_over_time(vector(1)[1m:1m])";

    private static final Pattern OLD = Pattern.compile("[0-2]\\.");
    private static final long ENDS_MS = Duration.ofMinutes(1).toMillis();

    private final Api api;
    private final Supplier<Abilities> server;
    private final Abreast abreast;

    /// @param server what it is, where it cannot tell by answering
    /// @param abreast how metrics are asked for
    History(Api api, Supplier<Abilities> server, Abreast abreast) {
        this.api = api;
        this.abreast = abreast;
        this.server = server;
    }

    List<String> metrics(Selector selector, TimeRange range) {
        return values(Labels.METRIC_NAME, selector, range);
    }

    List<String> values(String label, Selector selector, TimeRange range) {
        return api.labelValues(label, PromQl.of(selector), indexed(range)).stream()
                .sorted()
                .toList();
    }

    List<String> labels(Selector selector, TimeRange range) {
        return api.labelNames(PromQl.of(selector), indexed(range)).stream().sorted().toList();
    }

    /// Prometheus holds a range against the times of what came in order: names whose samples came
    /// out of order, and are in no block yet, it tells only with those of the newest samples.
    private TimeRange indexed(TimeRange range) {
        long newestMs = server.get().clock().plus(FAR_AHEAD).toEpochMilli();
        return server.get().product().equals("prometheus") && newestMs > range.endMs()
                ? new TimeRange(range.startMs(), newestMs)
                : range;
    }

    SortedMap<String, Long> count(Selector selector, TimeRange range) {
        ConcurrentMap<String, Long> counts = new ConcurrentHashMap<>();
        List<String> metrics = metrics(selector, range);
        if (!metrics.isEmpty()) {
            String length = counted(range);
            abreast.each(
                    metrics,
                    metric -> {
                        String over = PromQl.of(metric, selector) + length;
                        api.value("sum(count_over_time(" + over + "))", range.endMs() - 1)
                                .ifPresent(count -> counts.put(metric, (long) count));
                    });
        }
        return new TreeMap<>(counts);
    }

    /// The name of the metric, which such an answer leaves out, is put back.
    void countSeries(
            String metric, Selector selector, TimeRange range, ObjLongConsumer<Labels> each) {
        String over = PromQl.of(metric, selector) + counted(range);
        Tallies tallies = new Tallies(metric, each);
        Api.requireSilence(
                api.query("count_over_time(" + over + ")", range.endMs() - 1, tallies::read));
    }

    /// What a range is long that has its samples and no other.
    private String counted(TimeRange range) {
        long lengthMs = range.length().toMillis() - (isClosed() ? 1 : 0);
        if (lengthMs == 0) {
            throw new IllegalArgumentException(
                    "this server cannot count the samples of one millisecond: give two");
        }
        return "[" + lengthMs + "ms]";
    }

    private boolean isClosed() {
        try {
            return api.value(ENDS, ENDS_MS).orElse(0) > 1;
        } catch (Permanent _) {
            return OLD.matcher(server.get().version()).lookingAt();
        }
    }

    /// Series lists tell exactly when a server holds them against the times of chunks, as
    /// Prometheus does: they are searched by halves.
    Optional<Instant> oldest(Selector selector, Instant now) {
        String match = PromQl.of(selector);
        long high = Math.floorDiv(now.toEpochMilli(), HOUR) + 1;
        if (!api.hasSeries(match, new TimeRange(0, (high + 1) * HOUR))) {
            return Optional.empty();
        }
        long low = 0;
        while (low < high) {
            long middle = (low + high) / 2;
            if (api.hasSeries(match, new TimeRange(0, (middle + 1) * HOUR))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return Optional.of(Instant.ofEpochMilli(low * HOUR));
    }

    /// Where an index knows days only: the oldest stretch with series, its first day, and there the
    /// first hour with samples.
    Optional<Instant> oldestByDays(Selector selector, Instant now) {
        String match = PromQl.of(selector);
        long end = (Math.floorDiv(now.toEpochMilli(), DAY) + 1) * DAY;
        long far = now.minus(FAR).toEpochMilli();
        OptionalLong oldest = OptionalLong.empty();
        for (long start = end - STRIDE; start > far; start -= STRIDE) {
            if (api.hasSeries(match, new TimeRange(start, start + STRIDE))) {
                oldest = OptionalLong.of(start);
            }
        }
        if (oldest.isEmpty()) {
            return Optional.empty();
        }
        long day = oldest.getAsLong();
        long last = day + STRIDE - DAY;
        while (day < last && !api.hasSeries(match, new TimeRange(day, day + DAY))) {
            day += DAY;
        }
        return Optional.of(Instant.ofEpochMilli(firstHour(match, day)));
    }

    private long firstHour(String match, long day) {
        long[] first = {Long.MAX_VALUE};
        Vector points = new Vector((ms, _) -> first[0] = Math.min(first[0], ms));
        String promQl = "count(count_over_time(" + match + "[1h]))";
        TimeRange hours = new TimeRange(day + HOUR, day + DAY + 1);
        Api.requireSilence(api.queryRange(promQl, hours, Duration.ofMillis(HOUR), points::read));
        return first[0] == Long.MAX_VALUE ? day : first[0] - HOUR;
    }
}
