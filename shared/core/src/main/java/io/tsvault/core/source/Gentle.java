package io.tsvault.core.source;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.Pause;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Reads a source without being a burden to it: no more samples in a second than allowed, and a
/// rest before each reading once it takes the server much longer to begin its answers than it took
/// at best. What is slow is busy with something else, or with us.
public final class Gentle extends Relay {
    /// So many times as slow as at best is slow.
    private static final int SLOW = 5;

    private static final Duration NOTABLE = Duration.ofMillis(500);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    private final Source source;
    private final long samplesPerSecond;
    private final Clock clock;
    private final Pause pause;
    private final Instant begun;
    private Duration best = Duration.ofDays(1);
    private Duration rest = Duration.ZERO;
    private long samples;

    /// @param samplesPerSecond on the average since now; 0 for no limit
    public Gentle(Source source, long samplesPerSecond, Clock clock, Pause pause) {
        if (samplesPerSecond < 0) {
            throw new IllegalArgumentException(samplesPerSecond + " samples per second");
        }
        this.source = source;
        this.samplesPerSecond = samplesPerSecond;
        this.clock = clock;
        this.pause = pause;
        this.begun = clock.instant();
    }

    @Override
    protected Source source() {
        return source;
    }

    @Override
    public Reading read(Mode mode, Selector selector, TimeRange range) {
        if (rest.isPositive()) {
            pause.take(rest);
        }
        Instant asked = clock.instant();
        Reading reading = source.read(mode, selector, range);
        try {
            boolean _ = reading.hasNext(); // now it has begun
            learn(Duration.between(asked, clock.instant()));
            return new Paced(reading);
        } catch (RuntimeException | Error e) {
            reading.close();
            throw e;
        }
    }

    private void learn(Duration latency) {
        best = latency.compareTo(best) < 0 ? latency : best;
        boolean slow =
                latency.compareTo(NOTABLE) > 0 && latency.compareTo(best.multipliedBy(SLOW)) > 0;
        Duration wanted = slow ? latency : Duration.ZERO;
        rest = wanted.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : wanted;
    }

    /// How long it is until so many samples may have come.
    private Duration early() {
        Duration due = Duration.ofMillis(1000 * samples / samplesPerSecond);
        return Duration.between(clock.instant(), begun.plus(due));
    }

    private final class Paced implements Reading {
        private final Reading reading;

        Paced(Reading reading) {
            this.reading = reading;
        }

        @Override
        public boolean hasNext() {
            return reading.hasNext();
        }

        @Override
        public Series next() {
            Series series = reading.next();
            samples += series.size();
            if (samplesPerSecond > 0 && early().isPositive()) {
                pause.take(early());
            }
            return series;
        }

        @Override
        public Observed observed() {
            return reading.observed();
        }

        @Override
        public void close() {
            reading.close();
        }
    }
}
