package io.tsvault.lab.generator;

import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One pass through the time of a fleet. It holds one signal per series and the scrapes of one step
/// per target; samples exist only while they are handed out.
final class Run {
    private final Schedule schedule;
    private final List<Target> targets;
    private final List<RunningSeries> series;
    private int steps;

    /// Of the series that are `wanted`. The others cost a plan, but no samples.
    Run(Fleet fleet, Predicate<RunningSeries> wanted) {
        this.schedule = fleet.schedule();
        this.targets = Plan.targets(fleet);
        this.series =
                targets.stream()
                        .flatMap(target -> target.series().stream())
                        .filter(wanted)
                        .sorted(Comparator.comparing(RunningSeries::labels))
                        .toList();
    }

    /// Everything, in one step.
    Stream<Series> whole() {
        return until(Long.MAX_VALUE);
    }

    /// Moves on to just before `endMs`: the series, in label order, with their samples since the
    /// step before; only those that have any. Must be read before the next step.
    Stream<Series> until(long endMs) {
        series.forEach(RunningSeries::next); // what was left unread of the step before
        targets.forEach(target -> target.moveTo(endMs));
        int step = ++steps;
        return series.stream().map(one -> next(one, step)).filter(one -> one.samples().size() > 0);
    }

    private Series next(RunningSeries one, int step) {
        if (step != steps) {
            throw new IllegalStateException(
                    "the run has moved on: read a window before you ask for the next");
        }
        return one.next();
    }

    /// Steps of `width`, on a grid that begins with the schedule. Steps without scrapes are left
    /// out: in most cases those just before the start and behind the end.
    Stream<Window> windows(Duration width) {
        long widthMs = width.toMillis();
        long before = Math.ceilDiv(Clock.MAX_LAG_MS, widthMs);
        long firstMs = schedule.startMs() - before * widthMs;
        long latestMs = schedule.endMs() + Clock.MAX_LATE_MS;
        return Stream.iterate(firstMs, startMs -> startMs < latestMs, startMs -> startMs + widthMs)
                .map(startMs -> new TimeRange(startMs, startMs + widthMs))
                .map(range -> new Window(range, until(range.endMs())))
                .filter(window -> targets.stream().anyMatch(t -> !t.scrapes().isEmpty()));
    }
}
