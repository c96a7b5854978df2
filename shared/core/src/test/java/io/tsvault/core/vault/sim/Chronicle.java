package io.tsvault.core.vault.sim;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.MemorySource;
import io.tsvault.core.source.Way;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a server has: a function of the number of a slice, and of what its clock shows.
///
/// | slice | |
/// |---|---|
/// | 1 | nothing of the stream, only of another metric |
/// | 2 | nothing: the server was down |
/// | others | four series with numbers, odd NaNs, a stale marker; two samples come late |
///
/// @param retention after which a sample is forgotten
record Chronicle(Duration retention) {
    /// So many slices are looked at.
    static final int SLICES = 5;

    static final Duration SETTLE = Duration.ofMinutes(10);
    static final Duration REREAD = Duration.ofHours(20);

    private static final int NOTHING_OF_OURS = 1;
    private static final int NOTHING = 2;
    private static final long WIDTH_MS = Duration.ofHours(6).toMillis();
    private static final long WINDOW_MS = Duration.ofHours(2).toMillis();
    private static final long INTERVAL_MS = Duration.ofMinutes(7).toMillis();
    private static final long ODD_NAN = 0x7ff80000_deadbeefL;
    private static final Duration FOR_EVER = Duration.ofDays(10_000);
    private static final List<Sample> OURS =
            IntStream.range(0, SLICES).boxed().flatMap(number -> ours(number).stream()).toList();

    /// A sample of the stream.
    ///
    /// @param comesMs when the server has it
    /// @param late is it there only after the slice has settled?
    record Sample(int slice, Labels labels, long ms, long bits, long comesMs, boolean late) {}

    /// The server of this run: every second one forgets, some of them soon.
    static Chronicle of(Plan plan) {
        return new Chronicle(
                switch ((int) Math.floorMod(plan.seed() / 7, 4L)) {
                    case 1 -> Duration.ofHours(31);
                    case 3 -> Duration.ofHours(90);
                    default -> FOR_EVER;
                });
    }

    static TimeRange slice(int number) {
        long startMs = Slices.ORIGIN_MS + (number * WIDTH_MS);
        return new TimeRange(startMs, startMs + WIDTH_MS);
    }

    /// All samples of the stream that there ever are.
    List<Sample> ours() {
        return OURS;
    }

    boolean isForgotten(long ms, Instant now) {
        return ms < now.minus(retention).toEpochMilli();
    }

    /// Is there anything of this slice that is not forgotten, were it of another stream?
    boolean hasAnything(int number, Instant now) {
        return Stream.concat(
                        OURS.stream().filter(sample -> sample.slice() == number).map(Sample::ms),
                        others(now).filter(slice(number)::contains))
                .anyMatch(ms -> !isForgotten(ms, now));
    }

    /// The server at this time.
    MemorySource at(Instant now) {
        return at(now, _ -> true);
    }

    /// The server at this time, as it answers if it has only these samples of the stream.
    MemorySource at(Instant now, Predicate<Sample> some) {
        MemorySource server = new MemorySource(List.of());
        SortedMap<Labels, Samples.Builder> series = new TreeMap<>();
        OURS.stream()
                .filter(sample -> sample.comesMs() <= now.toEpochMilli())
                .filter(sample -> !isForgotten(sample.ms(), now))
                .filter(some)
                .forEach(
                        sample ->
                                series.computeIfAbsent(sample.labels(), _ -> Samples.builder())
                                        .addBits(sample.ms(), sample.bits()));
        Samples.Builder others = Samples.builder();
        others(now).filter(ms -> !isForgotten(ms, now)).forEach(ms -> others.add(ms, 1));
        series.put(Labels.of("__name__", "other", "job", "c"), others);
        series.forEach((labels, samples) -> server.add(new Series(labels, samples.build())));
        return server.is(
                new Abilities("memory", "1", "", now, List.of(Way.values()), List.<String>of()));
    }

    private static List<Sample> ours(int number) {
        List<Sample> samples = new ArrayList<>();
        if (number != NOTHING_OF_OURS && number != NOTHING) {
            long startMs = slice(number).startMs() + (number % 2 * WINDOW_MS);
            long endMs = slice(number).endMs();
            long lateMs = endMs + SETTLE.toMillis() + (number * Duration.ofHours(4).toMillis());
            long tooLateMs = endMs + REREAD.toMillis() + INTERVAL_MS;
            Labels a = Labels.of("__name__", "up", "job", "a");
            Labels b = Labels.of("__name__", "up", "job", "b");
            Labels work = Labels.of("__name__", "work", "job", "a");
            Labels zeal = Labels.of("__name__", "zeal", "job", "a");
            samples.add(onTime(number, a, startMs, number));
            samples.add(onTime(number, b, startMs + 1, -0.0));
            samples.add(new Sample(number, work, startMs, ODD_NAN + number, startMs, false));
            samples.add(onTime(number, a, startMs + INTERVAL_MS, number + 0.1));
            samples.add(late(number, b, startMs + INTERVAL_MS, lateMs));
            samples.add(late(number, work, startMs + INTERVAL_MS, tooLateMs));
            samples.add(onTime(number, zeal, endMs - 1, 7));
            samples.add(late(number, zeal, endMs - INTERVAL_MS, lateMs + 1));
            long markerMs = startMs + (2 * INTERVAL_MS);
            samples.add(new Sample(number, a, markerMs, Samples.STALE_MARKER, markerMs, false));
            samples.sort((one, other) -> Long.compare(one.ms(), other.ms()));
        }
        return samples;
    }

    private static Sample onTime(int number, Labels labels, long ms, double value) {
        return new Sample(number, labels, ms, Double.doubleToRawLongBits(value), ms, false);
    }

    private static Sample late(int number, Labels labels, long ms, long comesMs) {
        return new Sample(
                number, labels, ms, Double.doubleToRawLongBits((double) ms), comesMs, true);
    }

    /// Of another metric there is a sample for each slice, but for that in which all was down.
    private static Stream<Long> others(Instant now) {
        return Stream.iterate(0, number -> number + 1)
                .map(number -> slice(number).startMs() + 1)
                .takeWhile(ms -> ms <= now.toEpochMilli())
                .filter(ms -> !slice(NOTHING).contains(ms));
    }
}
