package io.tsvault.core.target;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.MemorySource;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;
import io.tsvault.core.target.Outcome.Reason;
import io.tsvault.core.target.Outcome.Refused;
import io.tsvault.core.target.Outcome.Stored;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A target in memory: a Prometheus of one head, until it is told to be something else, or to do
/// what servers do on bad days.
public final class MemoryTarget implements Target {
    private final NavigableMap<Labels, NavigableMap<Long, Point>> series = new TreeMap<>();
    private final List<Metadata> described = new ArrayList<>();
    private final List<String> looks = new ArrayList<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private Predicate<Series> drops = _ -> false;
    private boolean keepsRest;
    private Standing.Order order = new Standing.Order(false, Duration.ZERO, Duration.ofHours(1));
    private Instant clock = Instant.EPOCH;
    private String identity = "";
    private long headMs = Long.MIN_VALUE;
    private Optional<Duration> retention = Optional.empty();
    private Duration flush = Duration.ZERO;
    private Optional<Instant> started = Optional.empty();
    private OptionalLong replaces = OptionalLong.of(Long.MAX_VALUE);
    private boolean late;
    private boolean readable = true;
    private int digits;
    private Predicate<Labels> keeps = _ -> false;
    private int writes;
    private long doubled;

    private record Point(long bits, Optional<Histogram> histogram) {}

    /// What goes wrong with the next write.
    public enum Fault {
        /// It is stored, and nobody is told.
        ANSWER_LOST,
        /// It is not stored, and nobody is told.
        REQUEST_LOST,
        /// It wants to be left alone for a second.
        THROTTLED,
        /// It says yes, and stores nothing.
        DROPPED,
        /// A person has to mend its settings.
        FORBIDDEN,
        NONE
    }

    /// Takes samples in this order.
    public MemoryTarget order(Standing.Order other) {
        order = other;
        return this;
    }

    /// Its clock shows this.
    public MemoryTarget clock(Instant now) {
        clock = now;
        return this;
    }

    /// It is this one.
    public MemoryTarget identity(String other) {
        identity = other;
        return this;
    }

    /// It says that it keeps samples this long.
    public MemoryTarget retention(Duration kept) {
        retention = Optional.of(kept);
        return this;
    }

    /// It says that it can lose for so long what it took.
    public MemoryTarget flushing(Duration wait) {
        flush = wait;
        return this;
    }

    /// It says that it was started then.
    public MemoryTarget started(Instant time) {
        started = Optional.of(time);
        return this;
    }

    /// The next writes go wrong, one after the other.
    public MemoryTarget next(Fault... more) {
        faults.addAll(List.of(more));
        return this;
    }

    /// Says yes to such series, and stores nothing.
    public MemoryTarget dropping(Predicate<Series> which) {
        drops = which;
        return this;
    }

    /// Of a batch that it refuses it keeps what is good.
    public MemoryTarget keepingRest() {
        keepsRest = true;
        return this;
    }

    /// Does it say that it holds in memory what came out of order?
    public MemoryTarget holdingLate(boolean now) {
        late = now;
        return this;
    }

    /// What is as old as this can be deleted and written anew.
    public MemoryTarget replacing(OptionalLong beforeMs) {
        replaces = beforeMs;
        return this;
    }

    /// Says yes to the deletion of such series, and deletes nothing.
    public MemoryTarget keeping(Predicate<Labels> which) {
        keeps = which;
        return this;
    }

    /// Keeps decimal numbers of so many digits, and no NaN that is no stale marker.
    public MemoryTarget decimal(int kept) {
        digits = kept;
        return this;
    }

    /// Cannot be read.
    public MemoryTarget unreadable() {
        readable = false;
        return this;
    }

    /// Has this, however old it is.
    public MemoryTarget holding(Series one) {
        put(one);
        return this;
    }

    /// How many requests came.
    public int writes() {
        return writes;
    }

    /// How many samples were sent that were there already.
    public long doubled() {
        return doubled;
    }

    /// Everything that is there.
    public synchronized List<Series> all() {
        List<Series> all = new ArrayList<>();
        series.forEach((labels, points) -> all.add(series(labels, points)));
        return all;
    }

    private static Series series(Labels labels, NavigableMap<Long, Point> points) {
        Samples.Builder samples = Samples.builder();
        Histograms.Builder histograms = Histograms.builder();
        points.forEach(
                (ms, point) ->
                        point.histogram()
                                .ifPresentOrElse(
                                        histogram -> histograms.add(ms, histogram),
                                        () -> samples.addBits(ms, point.bits())));
        return new Series(labels, samples.build(), histograms.build());
    }

    @Override
    public Standing probe() {
        return new Standing(
                "memory",
                "1",
                identity,
                clock,
                order,
                headMs == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(headMs),
                retention,
                false,
                digits,
                flush,
                replaces,
                late,
                started,
                List.of());
    }

    @Override
    public synchronized Outcome write(List<Series> batch) {
        writes++;
        Fault fault = faults.isEmpty() ? Fault.NONE : faults.remove();
        return switch (fault) {
            case ANSWER_LOST -> {
                take(batch);
                yield new Outcome.Unknown("the answer was lost");
            }
            case REQUEST_LOST -> new Outcome.Unknown("connection reset");
            case THROTTLED -> new Outcome.Throttled(Duration.ofSeconds(1), "slow down");
            case DROPPED -> new Stored();
            case FORBIDDEN -> throw new Permanent("403 forbidden");
            case NONE -> take(batch);
        };
    }

    private Outcome take(List<Series> batch) {
        return keepsRest ? takeGood(batch) : takeAll(batch);
    }

    private Outcome takeGood(List<Series> batch) {
        Outcome outcome = new Stored();
        for (Series one : batch) {
            for (long ms : points(one).keySet()) {
                TimeRange instant = new TimeRange(ms, ms + 1);
                Series sample =
                        new Series(
                                one.labels(),
                                one.samples().within(instant),
                                one.histograms().within(instant));
                if (takeAll(List.of(sample)) instanceof Refused refused) {
                    outcome = new Refused(refused.reason(), refused.message(), true);
                }
            }
        }
        return outcome;
    }

    /// All or nothing.
    private Outcome takeAll(List<Series> batch) {
        for (Series one : batch) {
            Optional<Refused> refused = refusal(one);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        batch.stream().filter(drops.negate()).forEach(this::put);
        return new Stored();
    }

    private Optional<Refused> refusal(Series one) {
        NavigableMap<Long, Point> there = series.getOrDefault(one.labels(), new TreeMap<>());
        for (var point : points(one).entrySet()) {
            Optional<Reason> reason = reason(there, point.getKey(), point.getValue());
            if (reason.isPresent()) {
                return Optional.of(
                        new Refused(reason.get(), reason.get() + " of " + one.labels(), false));
            }
        }
        return Optional.empty();
    }

    private Optional<Reason> reason(NavigableMap<Long, Point> there, long ms, Point point) {
        boolean late = !there.isEmpty() && ms <= there.lastKey();
        if (late && ms == there.lastKey()) {
            return point.equals(there.get(ms)) ? Optional.empty() : Optional.of(Reason.DUPLICATE);
        }
        if (order.any() || headMs == Long.MIN_VALUE || ms >= headMs - order.window().toMillis()) {
            return late && order.window().isZero() && !order.any()
                    ? Optional.of(Reason.OUT_OF_ORDER)
                    : Optional.empty();
        }
        if (ms < headMs - order.inOrder().toMillis()) {
            return Optional.of(Reason.OUT_OF_BOUNDS);
        }
        return late ? Optional.of(Reason.OUT_OF_ORDER) : Optional.empty();
    }

    private synchronized void put(Series one) {
        NavigableMap<Long, Point> there =
                series.computeIfAbsent(one.labels(), _ -> new TreeMap<>());
        points(one)
                .forEach(
                        (ms, point) -> {
                            if (isKept(point) && there.putIfAbsent(ms, rounded(point)) != null) {
                                doubled++;
                            }
                        });
        if (!there.isEmpty()) {
            headMs = Math.max(headMs, there.lastKey());
        }
    }

    private boolean isKept(Point point) {
        double value = Double.longBitsToDouble(point.bits());
        return digits == 0 || !Double.isNaN(value) || point.bits() == Samples.STALE_MARKER;
    }

    private Point rounded(Point point) {
        double value = Double.longBitsToDouble(point.bits());
        if (digits == 0 || !Double.isFinite(value)) {
            return point;
        }
        double kept = new BigDecimal(value).round(new MathContext(digits)).doubleValue();
        return new Point(Double.doubleToRawLongBits(kept), point.histogram());
    }

    private static NavigableMap<Long, Point> points(Series one) {
        NavigableMap<Long, Point> points = new TreeMap<>();
        for (int i = 0; i < one.samples().size(); i++) {
            Point point = new Point(one.samples().valueBits(i), Optional.empty());
            points.put(one.samples().timestampMs(i), point);
        }
        for (int i = 0; i < one.histograms().size(); i++) {
            Point point = new Point(0, Optional.of(one.histograms().histogram(i)));
            points.put(one.histograms().timestampMs(i), point);
        }
        return points;
    }

    @Override
    public synchronized Outcome describe(List<Metadata> metadata) {
        described.addAll(metadata);
        return new Stored();
    }

    /// What it was told about metrics.
    public synchronized List<Metadata> described() {
        return List.copyOf(described);
    }

    /// What was read from it, in order.
    public synchronized List<String> looks() {
        return List.copyOf(looks);
    }

    synchronized void looked(Selector selector, TimeRange range) {
        looks.add(selector + " " + range);
    }

    @Override
    public Source readBack() {
        return new Mirror(this);
    }

    @Override
    public Optional<Mode> readMode() {
        return readable ? Optional.of(Mode.of(Way.REMOTE_READ)) : Optional.empty();
    }

    @Override
    public synchronized void delete(Selector selector, TimeRange range) {
        series.forEach(
                (labels, points) -> {
                    if (selector.matches(labels) && !keeps.test(labels)) {
                        points.keySet().removeIf(range::contains);
                    }
                });
        series.values().removeIf(NavigableMap::isEmpty);
    }

    @Override
    public void close() {}

    /// What is there at the moment of each call.
    MemorySource source() {
        return new MemorySource(all()).clock(clock);
    }
}
