package io.tsvault.core.replay;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Outcome.Reason;
import io.tsvault.core.target.Outcome.Refused;
import io.tsvault.core.target.Outcome.Stored;
import io.tsvault.core.target.Outcome.Throttled;
import io.tsvault.core.target.Outcome.Unknown;
import io.tsvault.core.target.Target;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Sends batches one after the other, while the next are made. Stops at the first of which nobody
/// knows whether it arrived, and at the first failure. A batch that is refused is halved until the
/// samples that are to blame are found; all others arrive.
final class Lane implements AutoCloseable {
    /// Made, and not yet sent.
    private static final int WAITING = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration MOST_PAUSE = Duration.ofMinutes(1);

    private final Target target;
    private final Clock clock;
    private final Pause pause;
    private final Consumer<DeadLetter> refused;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final Semaphore room = new Semaphore(WAITING);
    private Future<?> last = CompletableFuture.completedFuture("");
    private volatile String doubt = "";
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable Refused blame;
    private volatile boolean closed;
    private final AtomicLong sent = new AtomicLong();

    Lane(Target target, Clock clock, Pause pause, Consumer<DeadLetter> refused) {
        this.target = target;
        this.clock = clock;
        this.pause = pause;
        this.refused = refused;
    }

    /// Sends this after what was given before; waits while there is too much of it.
    void send(List<Series> batch) {
        room.acquireUninterruptibly();
        last =
                thread.submit(
                        () -> {
                            try {
                                write(batch);
                            } catch (RuntimeException e) {
                                failure = e;
                            } finally {
                                room.release();
                            }
                        });
        requireWell();
    }

    private void requireWell() {
        RuntimeException first = failure;
        if (first != null) {
            throw first;
        }
    }

    /// Waits until everything is sent.
    ///
    /// @throws RuntimeException that sending ended in
    void finish() {
        try {
            last.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Transient("interrupted while it was sending", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        requireWell();
    }

    /// Why it stopped: nobody knows whether a batch arrived; empty while all is well.
    String doubt() {
        return doubt;
    }

    /// Why the target did not take some of a batch, without a word of which.
    Optional<Refused> blame() {
        return Optional.ofNullable(blame);
    }

    /// Samples that the target says it has taken.
    long sent() {
        return sent.get();
    }

    private void write(List<Series> batch) {
        Instant giveUp = clock.instant().plus(PATIENCE);
        while (doubt.isEmpty() && failure == null && !closed) {
            switch (target.write(batch)) {
                case Stored() -> {
                    sent.addAndGet(batch.stream().mapToLong(Series::size).sum());
                    return;
                }
                case Refused refusal -> {
                    refused(batch, refusal);
                    return;
                }
                case Throttled(var time, var message) -> {
                    Duration wait = time.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : time;
                    if (clock.instant().plus(wait).isAfter(giveUp)) {
                        letter(batch, Reason.LIMIT, message);
                        return;
                    }
                    pause.take(wait);
                }
                case Unknown(var message) -> doubt = message;
            }
        }
    }

    /// Halves what is refused: by series, then by time.
    private void refused(List<Series> batch, Refused refusal) {
        if (refusal.restStored()) {
            sent.addAndGet(batch.stream().mapToLong(Series::size).sum());
            blame = refusal;
            return;
        }
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            write(batch.subList(0, half));
            write(batch.subList(half, batch.size()));
            return;
        }
        Series only = batch.getFirst();
        int size = only.size();
        if (size == 1) {
            letter(batch, refusal.reason(), refusal.message());
            return;
        }
        long middleMs = middleMs(only);
        write(List.of(part(only, Long.MIN_VALUE, middleMs)));
        write(List.of(part(only, middleMs, Long.MAX_VALUE)));
    }

    /// A time with about as many samples before it as from it on, and some of both.
    private static long middleMs(Series series) {
        Samples samples = series.samples();
        Histograms histograms = series.histograms();
        if (samples.size() > 1) {
            return samples.timestampMs(samples.size() / 2);
        }
        if (histograms.size() > 1) {
            return histograms.timestampMs(histograms.size() / 2);
        }
        return Math.max(samples.timestampMs(0), histograms.timestampMs(0));
    }

    private static Series part(Series series, long fromMs, long toMs) {
        TimeRange range = new TimeRange(fromMs, toMs);
        return new Series(
                series.labels(), series.samples().within(range), series.histograms().within(range));
    }

    private void letter(List<Series> batch, Reason reason, String message) {
        batch.forEach(series -> refused.accept(new DeadLetter(series, reason, message)));
    }

    /// Nothing is sent any more.
    @Override
    public void close() {
        closed = true;
        thread.close();
    }
}
