package io.tsvault.core.vault.sim;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.MemorySource;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Outcome.Reason;
import io.tsvault.core.target.Outcome.Refused;
import io.tsvault.core.target.Outcome.Stored;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.sim.Hours.Place;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a target really has. What it takes it can lose until it has flushed it, and what it was
/// asked late it does late; where two values meet it takes the newer, so that nobody gets away with
/// a conflict that he sends. Watches what no restore may do.
final class Server {
    private final World world;
    private final Kind kind;
    private final NavigableMap<Labels, NavigableMap<Long, Point>> series = new TreeMap<>();
    private final List<Late> late = new ArrayList<>();
    private Instant started;
    private int drops;

    private record Point(long bits, Instant since, boolean had) {}

    private record Late(Instant due, Consumer<Instant> effect) {}

    Server(World world, Kind kind) {
        this.world = world;
        this.kind = kind;
        this.started = world.now();
        kind.has()
                .samples()
                .forEach((place, bits) -> put(place, new Point(bits, Instant.MIN, true)));
    }

    Kind kind() {
        return kind;
    }

    Standing standing() {
        arrive();
        OptionalLong head = head();
        return new Standing(
                "sim",
                "1",
                "",
                world.now(),
                kind.order(),
                head,
                Optional.empty(),
                kind.keepsDuplicates(),
                0,
                kind.flush(),
                OptionalLong.of(Long.MAX_VALUE),
                false,
                Optional.of(started),
                List.of());
    }

    Instant started() {
        return started;
    }

    private OptionalLong head() {
        return series.values().stream().mapToLong(NavigableMap::lastKey).max();
    }

    /// Loses what is not flushed, and what is under way.
    void restart() {
        arrive();
        late.clear();
        series.values().forEach(points -> points.values().removeIf(point -> !isSafe(point)));
        series.values().removeIf(NavigableMap::isEmpty);
        started = world.now();
    }

    private boolean isSafe(Point point) {
        return point.had() || !point.since().plus(kind.flush()).isAfter(world.now());
    }

    /// Has it this, so that no restart can take it?
    boolean isSafe(Place place) {
        Point point = points(place.labels()).get(place.ms());
        return point != null && isSafe(point);
    }

    /// What it has there.
    Optional<Long> bits(Place place) {
        return Optional.ofNullable(points(place.labels()).get(place.ms())).map(Point::bits);
    }

    private NavigableMap<Long, Point> points(Labels labels) {
        return series.getOrDefault(labels, new TreeMap<>());
    }

    /// Says yes, and stores nothing.
    Outcome drop() {
        drops++;
        return new Stored();
    }

    /// How often it has said yes, and stored nothing.
    int drops() {
        return drops;
    }

    /// Takes this in a while, and tells nobody; one that keeps the rest does so series by series.
    void takeLater(List<Series> batch) {
        if (kind.keepsRest()) {
            batch.forEach(one -> later(then -> take(List.of(one), then)));
        } else {
            later(then -> take(batch, then));
        }
    }

    /// Does this in a while.
    void later(Consumer<Instant> effect) {
        int delay = world.plan().delay();
        int soon = delay % Kind.WORKS_AT_MOST_S;
        int seconds = delay % 2 == 0 ? soon : Kind.WORKS_AT_MOST_S - 1 - soon;
        late.add(new Late(world.now().plusSeconds(seconds), effect));
    }

    /// All that is late arrives.
    void settle() {
        List.copyOf(late).forEach(one -> one.effect().accept(one.due()));
        late.clear();
    }

    private void arrive() {
        late.sort(Comparator.comparing(Late::due));
        while (!late.isEmpty() && !late.getFirst().due().isAfter(world.now())) {
            world.trace().add("late: something arrives at the target");
            Late first = late.removeFirst();
            first.effect().accept(first.due());
        }
    }

    Outcome write(List<Series> batch) {
        arrive();
        return take(batch, world.now());
    }

    private Outcome take(List<Series> batch, Instant now) {
        OptionalLong head = head();
        Optional<Reason> blame = Optional.empty();
        List<Place> good = new ArrayList<>();
        List<Point> points = new ArrayList<>();
        for (Series one : batch) {
            for (int i = 0; i < one.samples().size(); i++) {
                Place place = new Place(one.labels(), one.samples().timestampMs(i));
                Point point = new Point(one.samples().valueBits(i), now, false);
                Optional<Reason> reason = reason(place, point, head);
                if (reason.isPresent()) {
                    blame = reason;
                } else {
                    good.add(place);
                    points.add(point);
                }
            }
        }
        boolean taken = blame.isEmpty() || kind.keepsRest();
        for (int i = 0; taken && i < good.size(); i++) {
            put(good.get(i), points.get(i));
        }
        return blame.<Outcome>map(reason -> new Refused(reason, "not that", kind.keepsRest()))
                .orElseGet(Stored::new);
    }

    private Optional<Reason> reason(Place place, Point point, OptionalLong head) {
        if (kind.has().isPoison(place)) {
            return Optional.of(Reason.INVALID);
        }
        if (kind.order().any() || head.isEmpty()) {
            return Optional.empty();
        }
        NavigableMap<Long, Point> there = points(place.labels());
        if (place.ms() < head.getAsLong() - kind.order().inOrder().toMillis()) {
            return Optional.of(Reason.OUT_OF_BOUNDS);
        }
        if (there.isEmpty() || place.ms() > there.lastKey()) {
            return Optional.empty();
        }
        return place.ms() < there.lastKey()
                ? Optional.of(Reason.OUT_OF_ORDER)
                : there.lastEntry().getValue().bits() == point.bits()
                        ? Optional.empty()
                        : Optional.of(Reason.DUPLICATE);
    }

    private void put(Place place, Point point) {
        NavigableMap<Long, Point> there =
                series.computeIfAbsent(place.labels(), _ -> new TreeMap<>());
        Point before = there.get(place.ms());
        if (before == null) {
            there.put(place.ms(), point);
            return;
        }
        Rule.ONCE.require(!kind.keepsDuplicates(), place + " is there twice");
        Rule.UNTOUCHED.require(!before.had() || before.bits() == point.bits(), "lost: " + place);
        if (before.bits() != point.bits()) {
            there.put(place.ms(), point);
        }
    }

    /// @param mayGo what of that which it had may be deleted
    void delete(Selector selector, TimeRange range, Predicate<Place> mayGo) {
        series.forEach(
                (labels, points) -> {
                    if (selector.matches(labels)) {
                        points.forEach(
                                (ms, point) ->
                                        Rule.UNTOUCHED.require(
                                                !point.had()
                                                        || !range.contains(ms)
                                                        || mayGo.test(new Place(labels, ms)),
                                                "deleted: " + labels + " at " + ms));
                        points.keySet().removeIf(range::contains);
                    }
                });
        series.values().removeIf(NavigableMap::isEmpty);
    }

    /// For one reading.
    MemorySource source() {
        arrive();
        List<Series> all = new ArrayList<>();
        series.forEach(
                (labels, points) -> {
                    Samples.Builder samples = Samples.builder();
                    points.forEach((ms, point) -> samples.addBits(ms, point.bits()));
                    all.add(new Series(labels, samples.build()));
                });
        return new MemorySource(all).clock(world.now());
    }

    /// What a target is like.
    ///
    /// @param flush how long it can lose what it took
    /// @param keepsRest of a batch that it refuses
    /// @param has before anything is restored
    record Kind(
            Standing.Order order,
            Duration flush,
            boolean keepsDuplicates,
            boolean keepsRest,
            Had has) {
        /// Nobody gets an answer later than this.
        private static final int WORKS_AT_MOST_S = 30;

        private static final Standing.Order IN_ORDER =
                new Standing.Order(false, Duration.ZERO, Duration.ofHours(1));

        /// Takes samples in the order of time, and forgets the newest when it crashes.
        static final Kind HEAD =
                new Kind(IN_ORDER, Duration.ofSeconds(5), false, false, Had.NOTHING);

        /// Takes samples in any order.
        static final Kind ANY =
                new Kind(Standing.Order.ANY, Duration.ofSeconds(10), false, false, Had.NOTHING);

        /// Has a sample twice if it is sent twice.
        static final Kind KEEPER =
                new Kind(Standing.Order.ANY, Duration.ofSeconds(10), true, true, Had.NOTHING);

        Kind keepingRest() {
            return new Kind(order, flush, keepsDuplicates, true, has);
        }

        Kind having(Had other) {
            return new Kind(order, flush, keepsDuplicates, keepsRest, other);
        }
    }
}
