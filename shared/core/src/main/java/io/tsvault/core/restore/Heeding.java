package io.tsvault.core.restore;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Detour;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Target;

import java.time.Clock;
import java.util.List;

/// Changes nothing for a job that is not wanted any more, or that another process goes on with: it
/// hears of both before the request.
final class Heeding extends Detour {
    private final Job job;
    private final Clock clock;

    Heeding(Target target, Job job, Clock clock) {
        super(target);
        this.job = job;
        this.clock = clock;
    }

    @Override
    public Outcome write(List<Series> batch) {
        job.heed(clock.instant());
        return super.write(batch);
    }

    @Override
    public void delete(Selector selector, TimeRange range) {
        job.heed(clock.instant());
        super.delete(selector, range);
    }
}
