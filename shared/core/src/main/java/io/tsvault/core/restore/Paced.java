package io.tsvault.core.restore;

import io.tsvault.core.series.Series;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Detour;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Target;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Writes no more samples in a second than it was told, on the average since it began.
final class Paced extends Detour {
    private final long samplesPerSecond;
    private final Clock clock;
    private final Pause pause;
    private final Instant begun;
    private long written;

    private Paced(Target target, long samplesPerSecond, Clock clock, Pause pause) {
        super(target);
        this.samplesPerSecond = samplesPerSecond;
        this.clock = clock;
        this.pause = pause;
        this.begun = clock.instant();
    }

    /// @param samplesPerSecond 0 for no limit
    static Target of(Target target, long samplesPerSecond, Clock clock, Pause pause) {
        return samplesPerSecond == 0 ? target : new Paced(target, samplesPerSecond, clock, pause);
    }

    @Override
    public Outcome write(List<Series> batch) {
        Duration wait = wait(batch);
        if (wait.isPositive()) {
            pause.take(wait);
        }
        return super.write(batch);
    }

    private synchronized Duration wait(List<Series> batch) {
        Duration due = Duration.ofMillis(1000 * written / samplesPerSecond);
        for (Series series : batch) {
            written += series.size();
        }
        return Duration.between(clock.instant(), begun.plus(due));
    }
}
