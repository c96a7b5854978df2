package io.tsvault.core.export;

import io.tsvault.core.export.Exported.Problem;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Exporter.Surroundings;
import io.tsvault.core.export.SliceCapture.Taken;
import io.tsvault.core.export.SliceCapture.Turn;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One run of an export: its slices, one after the other, and what came of them.
final class ExportRun {
    private static final int MOST_TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    /// So many failed tries are recorded between two slices that succeed; more would tell nothing.
    private static final int MOST_ATTEMPTS = 3;

    private final StreamLog log;
    private final Surroundings around;
    private final List<TimeRange> gaps = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long committed;
    private long partial;
    private long empty;
    private long amended;
    private Amount amount = Amount.NOTHING;
    private long series;
    private long left;
    private String mode = "";
    private Optional<Long> originMs = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private Duration slowest = Duration.ZERO;

    ExportRun(StreamLog log, Surroundings around) {
        this.log = log;
        this.around = around;
    }

    void warnings(List<String> more) {
        more.forEach(around.progress()::warns);
        warnings.addAll(more);
    }

    void ends(Problem.Kind kind, String message) {
        problem = Optional.of(new Problem(kind, message));
    }

    /// Captures what is due, then reads again what is old enough.
    void on(Line line, Order order) {
        mode = line.mode().toString();
        originMs = Optional.of(line.originMs());
        Due due = due(line, order);
        left = due.size();
        if (left > 0) {
            captureAll(new SliceCapture(line), due, order);
        }
        rereadAll(line, order);
    }

    Due due(Line line, Order order) {
        long widthMs = line.config().slice().toMillis();
        Instant now = earlier(around.clock().instant(), line.abilities().clock());
        long horizonMs = now.minus(line.config().settle()).toEpochMilli();
        long endMs = Math.min(horizonMs, order.range().endMs());
        long startMs =
                Math.max(
                        line.originMs(),
                        order.range().startMs() == Long.MIN_VALUE
                                ? Long.MIN_VALUE
                                : Math.floorDiv(order.range().startMs(), widthMs) * widthMs);
        if (startMs >= endMs) {
            return Due.NOTHING;
        }
        TimeRange range = new TimeRange(startMs, endMs);
        return Due.of(log.state(), line.config().slice(), range, turn(endMs / widthMs));
    }

    /// The first slice of all is the oldest: the next run begins its history there.
    private int turn(long newest) {
        return log.state().earliestMs().isEmpty()
                ? 0
                : turn(log.name().id(), log.head().seq(), newest);
    }

    /// Runs begin anywhere between two turns of the newest slice: both what was recorded and the
    /// time move that on, so that short runs meet each.
    static int turn(String stream, long records, long newest) {
        return Lot.of(stream, records + (newest << 32), Due.NEWEST_EVERY);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private void captureAll(SliceCapture capture, Due due, Order order) {
        long done = 0;
        for (Optional<TimeRange> next = due.next(); next.isPresent(); next = due.next()) {
            if (!fits(order)) {
                if (problem.isEmpty()) {
                    ends(Problem.Kind.TIME, "no time for another slice; the next run goes on");
                }
                return;
            }
            Turn turn = new Turn(next.get(), due.reachMs(next.get()));
            around.progress().begins(turn.slice(), done, left);
            Instant begun = around.clock().instant();
            Optional<Taken> taken = takes(capture, turn, order);
            if (taken.isPresent()) {
                long before = due.size();
                due.skip(taken.get().settled());
                long settled = 1 + before - due.size();
                done += settled;
                left -= settled;
            }
            Duration took = Duration.between(begun, around.clock().instant());
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
    }

    /// One slice that is in doubt does not keep the others from being kept.
    private Optional<Taken> takes(SliceCapture capture, Turn turn, Order order) {
        try {
            Taken taken = persistently(capture, turn, order);
            count(taken);
            return Optional.of(taken);
        } catch (Doubt e) {
            doubts(e);
            return Optional.empty();
        }
    }

    /// Nobody knows how long the next one takes; half as long again as the slowest is a fair guess.
    private boolean fits(Order order) {
        Duration needed = slowest.multipliedBy(3).dividedBy(2);
        return isInTime(needed, order);
    }

    /// Will it be in time when it takes so long?
    private boolean isInTime(Duration time, Order order) {
        return order.until().equals(Instant.MAX)
                || around.clock().instant().plus(time).isBefore(order.until());
    }

    private void count(Taken taken) {
        switch (taken.result()) {
            case COMMITTED -> committed++;
            case PARTIAL -> {
                committed++;
                partial++;
            }
            case EMPTY -> empty++;
            case GAP -> gaps.add(taken.settled());
            case THERE -> {}
        }
        amount = amount.plus(taken.amount());
        series = Math.max(series, taken.amount().series());
        String word = taken.result().name().toLowerCase(Locale.ROOT);
        around.progress().ends(taken.settled(), word, taken.amount().bytes());
    }

    /// Tries a slice a few times, then leaves it to the next run.
    private Taken persistently(SliceCapture capture, Turn turn, Order order) {
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            try {
                return capture.take(turn);
            } catch (Transient e) {
                Duration wait = e.askedWait().filter(asked -> !asked.isZero()).orElse(pause);
                if (tries == MOST_TRIES || !isTimeFor(wait, order)) {
                    attempt(turn.slice(), e);
                    throw e;
                }
                around.pause().take(wait);
            } catch (Doubt e) {
                if (!e.isUnsound() || tries == MOST_TRIES || !isTimeFor(pause, order)) {
                    attempt(turn.slice(), e);
                    throw e;
                }
                around.pause().take(pause);
            } catch (Permanent e) {
                attempt(turn.slice(), e);
                throw e;
            }
            pause = pause.multipliedBy(2);
        }
    }

    private boolean isTimeFor(Duration pause, Order order) {
        return pause.compareTo(Duration.ofMinutes(5)) <= 0 && isInTime(pause, order);
    }

    private void attempt(TimeRange slice, RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean unsound = failure instanceof Doubt doubt && doubt.isUnsound();
        log.append(
                state ->
                        (unsound || state.failures() < MOST_ATTEMPTS) && state.isUnsettled(slice)
                                ? Optional.of(new Attempt(slice, message, unsound))
                                : Optional.empty());
    }

    private void rereadAll(Line line, Order order) {
        SliceCapture capture = new SliceCapture(line);
        Reread reread = new Reread(line, capture);
        List<TimeRange> same = new ArrayList<>();
        try {
            for (Settled settled : reread.due(around.clock().instant())) {
                if (!fits(order)) {
                    return;
                }
                rereads(reread, line, settled, same);
            }
        } finally {
            if (!same.isEmpty()) {
                log.append(_ -> Optional.of(new Event.Reread(same)));
            }
        }
    }

    /// One slice that is in doubt does not keep the others from being read again.
    private void rereads(Reread reread, Line line, Settled settled, List<TimeRange> same) {
        try {
            switch (reread.again(settled)) {
                case SAME -> same.add(settled.slice());
                case AMENDED -> amended++;
                case LESS -> {
                    same.add(settled.slice());
                    warnings(
                            List.of(
                                    line.name(settled.slice())
                                            + ": the source has less now than was kept; what was"
                                            + " kept stays"));
                }
            }
        } catch (Doubt e) {
            doubts(e);
        }
    }

    private void doubts(Doubt doubt) {
        String message = String.valueOf(doubt.getMessage());
        around.progress().warns(message);
        if (problem.isEmpty()) {
            ends(doubt.isUnsound() ? Problem.Kind.PERSON : Problem.Kind.LATER, message);
        }
    }

    Exported result() {
        return new Exported(
                committed,
                partial,
                empty,
                gaps,
                amended,
                amount.samples(),
                series,
                amount.bytes(),
                mode,
                left,
                originMs.filter(_ -> !log.state().slices().isEmpty())
                        .map(ms -> log.state().watermarkMs(ms)),
                warnings,
                problem);
    }
}
