package io.tsvault.core.restore;

import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes no more samples in a second than it was told, on the average since it began.
final class Paced implements Target {
    private final Target target;
    private final long samplesPerSecond;
    private final Clock clock;
    private final Pause pause;
    private final Instant begun;
    private long written;

    private Paced(Target target, long samplesPerSecond, Clock clock, Pause pause) {
        this.target = target;
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
        return target.write(batch);
    }

    private synchronized Duration wait(List<Series> batch) {
        Duration due = Duration.ofMillis(1000 * written / samplesPerSecond);
        for (Series series : batch) {
            written += series.size();
        }
        return Duration.between(clock.instant(), begun.plus(due));
    }

    @Override
    public Standing probe() {
        return target.probe();
    }

    @Override
    public Outcome describe(List<Metadata> metadata) {
        return target.describe(metadata);
    }

    @Override
    public Source readBack() {
        return target.readBack();
    }

    @Override
    public Optional<Mode> readMode() {
        return target.readMode();
    }

    @Override
    public void delete(Selector selector, TimeRange range) {
        target.delete(selector, range);
    }

    @Override
    public void close() {
        target.close();
    }
}
