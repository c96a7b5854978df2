package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.MemorySource;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Relay;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Outcome.Stored;
import io.tsvault.core.target.Outcome.Throttled;
import io.tsvault.core.target.Outcome.Unknown;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.sim.Hours.Place;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The way of one actor to the target. Each call is a step, and anything may become of it:
///
/// | fault | a write | a look | a delete |
/// |---|---|---|---|
/// | `OWN_412` | is dropped with a yes | breaks off | is done, and fails |
/// | `CONFLICT` | is put off | breaks off | fails |
/// | `ANSWER_LOST` | is done, and nobody knows | breaks off | is done, and fails |
/// | `REQUEST_LOST` | nobody knows | fails | fails |
/// | `LATE` | nobody knows; it comes within 30 s | fails | fails; it comes within 30 s |
/// | `DIES_AFTER` | it comes within 30 s | | it comes within 30 s |
final class Calls implements Target {
    private final Actor me;
    private final Server server;
    private final Predicate<Place> mayGo;
    private int writes;

    /// @param mayGo what of that which the target had may be deleted
    Calls(Actor me, Predicate<Place> mayGo) {
        this.me = me;
        this.server = me.world().target();
        this.mayGo = mayGo;
    }

    int writes() {
        return writes;
    }

    @Override
    public Standing probe() {
        return switch (me.step("probe")) {
            case NONE, STALE, OWN_412 -> server.standing();
            case DIES_BEFORE, DIES_AFTER -> throw me.death();
            case REQUEST_LOST, ANSWER_LOST, CONFLICT, LATE, LATE_THEN_OUTAGE ->
                    throw new Transient("the target does not answer");
        };
    }

    @Override
    public Outcome write(List<Series> batch) {
        writes++;
        return switch (me.stepAtOnce("write " + batch.size())) {
            case NONE, STALE -> server.write(batch);
            case DIES_BEFORE -> throw me.death();
            case DIES_AFTER -> {
                server.takeLater(batch);
                throw me.death();
            }
            case REQUEST_LOST -> new Unknown("connection reset");
            case ANSWER_LOST -> {
                Outcome _ = server.write(batch);
                yield new Unknown("timeout");
            }
            case OWN_412 -> server.drop();
            case CONFLICT -> new Throttled(Duration.ofSeconds(2), "slow down");
            case LATE, LATE_THEN_OUTAGE -> {
                server.takeLater(batch);
                yield new Unknown("timeout");
            }
        };
    }

    @Override
    public Outcome describe(List<Metadata> metadata) {
        return new Stored();
    }

    @Override
    public Source readBack() {
        return new Relay() {
            @Override
            protected MemorySource source() {
                return switch (me.step("look")) {
                    case NONE, STALE -> server.source();
                    case DIES_BEFORE, DIES_AFTER -> throw me.death();
                    case REQUEST_LOST, LATE, LATE_THEN_OUTAGE ->
                            throw new Transient("the target does not answer");
                    case ANSWER_LOST, OWN_412, CONFLICT ->
                            server.source()
                                    .cutAfter(
                                            me.world().plan().delay() % 2,
                                            () -> new Transient("cut"));
                };
            }

            @Override
            public Reading read(Mode mode, Selector selector, TimeRange range) {
                return source().read(mode, selector, range);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<Mode> readMode() {
        return Optional.of(Mode.of(Way.REMOTE_READ));
    }

    @Override
    public void delete(Selector selector, TimeRange range) {
        Runnable effect = () -> server.delete(selector, range, mayGo);
        switch (me.step("delete " + selector)) {
            case NONE, STALE -> effect.run();
            case DIES_BEFORE -> throw me.death();
            case DIES_AFTER -> {
                server.later(_ -> effect.run());
                throw me.death();
            }
            case REQUEST_LOST, CONFLICT -> throw new Transient("connection reset");
            case ANSWER_LOST, OWN_412 -> {
                effect.run();
                throw new Transient("timeout");
            }
            case LATE, LATE_THEN_OUTAGE -> {
                server.later(_ -> effect.run());
                throw new Transient("timeout");
            }
        }
    }

    @Override
    public void close() {}
}
