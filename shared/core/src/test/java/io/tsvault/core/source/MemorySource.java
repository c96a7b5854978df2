package io.tsvault.core.source;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading.Observed;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A source that is a list of series, and that does what tests want it to. It reads in every way,
/// and each way loses what it would lose elsewhere.
public final class MemorySource implements Source {
    private final List<Series> series = new ArrayList<>();
    private final List<Metadata> metadata = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Deque<Supplier<RuntimeException>> failures = new ArrayDeque<>();
    private Abilities abilities =
            new Abilities(
                    "memory", "1", "", Instant.EPOCH, List.of(Way.values()), List.<String>of());
    private OptionalInt failsAt = OptionalInt.empty();
    private Supplier<RuntimeException> failsWith = IllegalStateException::new;
    private OptionalInt cutAfter = OptionalInt.empty();
    private Supplier<RuntimeException> cut = IllegalStateException::new;
    private long limit = Long.MAX_VALUE;
    private int calls;
    private boolean reading;

    /// One that holds these series, whose names and samples may come in pieces.
    public MemorySource(List<Series> series) {
        series.forEach(this::add);
    }

    /// Holds this too from now on.
    public MemorySource add(Series more) {
        series.add(more);
        return this;
    }

    /// Forgets every sample before this instant, as retention does.
    public MemorySource forgetBefore(Instant oldest) {
        TimeRange kept = new TimeRange(oldest.toEpochMilli(), Long.MAX_VALUE);
        series.replaceAll(one -> Seen.within(one, kept));
        return this;
    }

    /// Forgets every series of this metric.
    public MemorySource forget(String metric) {
        series.removeIf(one -> metric(one).equals(metric));
        return this;
    }

    /// Knows this of a metric.
    public MemorySource add(Metadata more) {
        metadata.add(more);
        return this;
    }

    /// Is this from now on: another product, identity or clock, say.
    public MemorySource is(Abilities other) {
        abilities = other;
        return this;
    }

    /// Says that its clock shows this.
    public MemorySource clock(Instant now) {
        return is(abilities.at(now));
    }

    /// Fails the next calls, whatever they are.
    public MemorySource failNext(int times, Supplier<RuntimeException> failure) {
        for (int i = 0; i < times; i++) {
            failures.add(failure);
        }
        return this;
    }

    /// Fails once, after so many calls from now on that go well.
    public MemorySource failAfter(int good, Supplier<RuntimeException> failure) {
        failsAt = OptionalInt.of(calls + good + 1);
        failsWith = failure;
        return this;
    }

    /// Lets every reading break off behind so many series, until [#heal].
    public MemorySource cutAfter(int parts, Supplier<RuntimeException> failure) {
        cutAfter = OptionalInt.of(parts);
        cut = failure;
        return this;
    }

    /// Says [TooMuch] to readings of more samples than this.
    public MemorySource limit(long samples) {
        limit = samples;
        return this;
    }

    /// Says this behind every reading, until [#heal].
    public MemorySource warn(String warning) {
        warnings.add(warning);
        return this;
    }

    /// Ends all that was wrong with it.
    public MemorySource heal() {
        failures.clear();
        failsAt = OptionalInt.empty();
        cutAfter = OptionalInt.empty();
        limit = Long.MAX_VALUE;
        warnings.clear();
        return this;
    }

    /// How often it was asked anything.
    public int calls() {
        return calls;
    }

    @Override
    public Abilities probe() {
        begin();
        return abilities;
    }

    @Override
    public Reading read(Mode mode, Selector selector, TimeRange range) {
        begin();
        Source.requireOneWindow(range);
        if (!abilities.ways().contains(mode.way())) {
            throw new Permanent("this source cannot be read by " + mode.way());
        }
        Iterator<Series> answer = answer(mode, selector, range);
        reading = true;
        return new Reading() {
            private int given;

            @Override
            public boolean hasNext() {
                breakAt(given);
                return answer.hasNext();
            }

            @Override
            public Series next() {
                breakAt(given++);
                return answer.next();
            }

            @Override
            public Observed observed() {
                return new Observed(0, 0, warnings);
            }

            @Override
            public void close() {
                reading = false;
            }
        };
    }

    private Iterator<Series> answer(Mode mode, Selector selector, TimeRange range) {
        SortedMap<Labels, Series> answer = new TreeMap<>();
        long samples = 0;
        for (Series whole : whole(selector)) {
            Series seen = Seen.by(mode, whole, range);
            samples += Seen.size(seen);
            if (Seen.size(seen) > 0) {
                answer.put(seen.labels(), seen);
            }
        }
        if (samples > limit) {
            throw new TooMuch(samples + " samples, at most " + limit);
        }
        return answer.values().iterator();
    }

    private void breakAt(int given) {
        if (cutAfter.isPresent() && given >= cutAfter.getAsInt()) {
            throw cut.get();
        }
    }

    @Override
    public SortedMap<String, Long> count(Selector selector, TimeRange range) {
        begin();
        SortedMap<String, Long> counts = new TreeMap<>();
        for (Series one : whole(selector)) {
            long count = Seen.size(Seen.withoutMarkers(Seen.within(one, range)));
            if (count > 0) {
                counts.merge(metric(one), count, Long::sum);
            }
        }
        return counts;
    }

    @Override
    public void countSeries(
            String metric, Selector selector, TimeRange range, ObjLongConsumer<Labels> each) {
        begin();
        for (Series one : whole(selector)) {
            long count = Seen.size(Seen.withoutMarkers(Seen.within(one, range)));
            if (count > 0 && metric(one).equals(metric)) {
                each.accept(one.labels(), count);
            }
        }
    }

    @Override
    public List<String> labels(Selector selector, TimeRange range) {
        begin();
        return there(selector, range)
                .flatMap(labels -> IntStream.range(0, labels.size()).mapToObj(labels::name))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<String> values(String label, Selector selector, TimeRange range) {
        begin();
        return there(selector, range)
                .flatMap(labels -> labels.get(label).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<Labels> there(Selector selector, TimeRange range) {
        return whole(selector).stream()
                .filter(one -> Seen.size(Seen.within(one, range)) > 0)
                .map(Series::labels);
    }

    @Override
    public Optional<Instant> oldest(Selector selector) {
        begin();
        return whole(selector).stream()
                .flatMap(
                        one ->
                                Stream.concat(
                                        first(one.samples()),
                                        one.histograms().size() == 0
                                                ? Stream.of()
                                                : Stream.of(one.histograms().timestampMs(0))))
                .min(Long::compare)
                .map(Instant::ofEpochMilli);
    }

    private static Stream<Long> first(Samples samples) {
        return samples.size() == 0 ? Stream.of() : Stream.of(samples.timestampMs(0));
    }

    @Override
    public List<Metadata> metadata() {
        begin();
        return metadata.stream().sorted().toList();
    }

    @Override
    public void close() {}

    private void begin() {
        if (reading) {
            throw new IllegalStateException("a reading is open: close it before the next call");
        }
        calls++;
        Supplier<RuntimeException> failure = failures.poll();
        if (failure != null) {
            throw failure.get();
        }
        if (failsAt.isPresent() && failsAt.getAsInt() == calls) {
            throw failsWith.get();
        }
    }

    /// Every series that is meant, each of its pieces.
    private List<Series> whole(Selector selector) {
        SortedMap<Labels, Series> whole = new TreeMap<>();
        series.stream()
                .filter(piece -> selector.matches(piece.labels()))
                .forEach(piece -> whole.merge(piece.labels(), piece, Seen::joined));
        return List.copyOf(whole.values());
    }

    private static String metric(Series series) {
        return series.labels().get(Labels.METRIC_NAME).orElse("");
    }
}
