package io.tsvault.core.export;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Settled;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The slices that are due: aligned to their width, ended, and not settled. Holds the stretches
/// between settled slices, not the slices, so that years cost nothing.
final class Due {
    /// One in so many slices is the newest one.
    static final int NEWEST_EVERY = 4;

    static final Due NOTHING = new Due(1, 0);

    private final long widthMs;
    private final Deque<TimeRange> stretches = new ArrayDeque<>();
    private int taken;

    private Due(long widthMs, int taken) {
        this.widthMs = widthMs;
        this.taken = taken;
    }

    /// What is due of a stream.
    ///
    /// @param originMs where its history begins
    /// @param asked only what is in it
    static Due of(Route route, long originMs, Instant now, TimeRange asked) {
        long horizonMs = now.minus(route.config().settle()).toEpochMilli();
        long endMs = Math.min(horizonMs, asked.endMs());
        long askedMs = asked.startMs();
        long startMs =
                askedMs == Long.MIN_VALUE ? originMs : Math.max(originMs, route.aligned(askedMs));
        if (startMs >= endMs) {
            return NOTHING;
        }
        StreamState state = route.log().state();
        TimeRange range = new TimeRange(startMs, endMs);
        return of(state, route.config().slice(), range, turn(route, endMs));
    }

    /// The first slice of all is the oldest: the next run begins its history there.
    private static int turn(Route route, long endMs) {
        StreamLog log = route.log();
        return log.state().earliestMs().isEmpty()
                ? 0
                : turn(log.name().id(), log.head().seq(), route.aligned(endMs));
    }

    /// Runs begin anywhere between two turns of the newest slice: both what was recorded and the
    /// time move that on, so that short runs meet each.
    static int turn(String stream, long records, long newestMs) {
        return Lot.of(stream, records + newestMs * 31, NEWEST_EVERY);
    }

    /// @param range from where the history begins to where slices have settled
    /// @param taken how many were taken since the newest one was: a run of one slice has its turn
    ///     to take that, too
    static Due of(StreamState state, Duration width, TimeRange range, int taken) {
        Due due = new Due(width.toMillis(), taken);
        long from = range.startMs();
        for (Settled settled : state.slices()) {
            due.add(from, Math.min(settled.slice().startMs(), range.endMs()), false);
            from = Math.max(from, settled.slice().endMs());
        }
        due.add(from, range.endMs(), true);
        return due;
    }

    /// @param open is nothing settled behind it? Then only whole slices count
    private void add(long fromMs, long toMs, boolean open) {
        long endMs = open ? Math.floorDiv(toMs, widthMs) * widthMs : toMs;
        if (fromMs < endMs) {
            stretches.add(new TimeRange(fromMs, endMs));
        }
    }

    /// How many there are.
    long size() {
        return stretches.stream().mapToLong(this::slices).sum();
    }

    /// How long they are.
    long lengthMs() {
        return stretches.stream().mapToLong(stretch -> stretch.length().toMillis()).sum();
    }

    /// From the first to the last one; there must be some.
    TimeRange span() {
        return new TimeRange(stretches.getFirst().startMs(), stretches.getLast().endMs());
    }

    private long slices(TimeRange stretch) {
        return Math.ceilDiv(stretch.endMs(), widthMs) - Math.floorDiv(stretch.startMs(), widthMs);
    }

    /// Takes the next one.
    Optional<TimeRange> next() {
        if (stretches.isEmpty()) {
            return Optional.empty();
        }
        taken++;
        return Optional.of(taken % NEWEST_EVERY == 0 ? newest() : oldest());
    }

    /// Where the row of slices ends that are due and begins with this one, which was taken.
    long reachMs(TimeRange slice) {
        TimeRange first = stretches.peekFirst();
        return first != null && first.startMs() == slice.endMs() ? first.endMs() : slice.endMs();
    }

    /// Leaves out what has been settled of the row behind the slice that was taken.
    void skip(TimeRange settled) {
        TimeRange first = stretches.peekFirst();
        if (first != null
                && settled.startMs() < first.startMs()
                && first.startMs() < settled.endMs()) {
            stretches.removeFirst();
            if (settled.endMs() < first.endMs()) {
                stretches.addFirst(new TimeRange(settled.endMs(), first.endMs()));
            }
        }
    }

    private TimeRange oldest() {
        TimeRange stretch = stretches.removeFirst();
        long startMs = stretch.startMs();
        long endMs = Math.min(stretch.endMs(), Math.floorDiv(startMs, widthMs) * widthMs + widthMs);
        if (endMs < stretch.endMs()) {
            stretches.addFirst(new TimeRange(endMs, stretch.endMs()));
        }
        return new TimeRange(startMs, endMs);
    }

    private TimeRange newest() {
        TimeRange stretch = stretches.removeLast();
        long endMs = stretch.endMs();
        long startMs = Math.max(stretch.startMs(), Math.floorDiv(endMs - 1, widthMs) * widthMs);
        if (startMs > stretch.startMs()) {
            stretches.addLast(new TimeRange(stretch.startMs(), startMs));
        }
        return new TimeRange(startMs, endMs);
    }
}
