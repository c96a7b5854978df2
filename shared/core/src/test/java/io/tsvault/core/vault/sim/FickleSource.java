package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.MemorySource;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Relay;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// The server of a [Chronicle], as one actor meets it: before each call time may pass, and the call
/// may go wrong in any of the ways that servers have. How often, the seed of the plan says.
final class FickleSource extends Relay {
    /// What goes wrong with a reading; the other calls only fail.
    enum Mood {
        FAILS,
        /// It breaks off behind some series.
        BREAKS_OFF,
        GIVES_LITTLE,
        /// A sample is missing, and it says so.
        WARNS,
        /// A sample is missing; only a count tells.
        KEEPS_SILENT
    }

    private static final double[] RATES = {0, 0.03, 0.1, 0.25};

    private final Actor me;
    private final List<Mood> moods;
    private final Chronicle chronicle;
    private final RandomGenerator random;
    private final double rate;

    FickleSource(Actor me, List<Mood> moods) {
        Plan plan = me.world().plan();
        this.me = me;
        this.moods = moods;
        this.chronicle = Chronicle.of(plan);
        this.random = me.surroundings().random();
        this.rate = RATES[(int) Math.floorMod(plan.seed(), (long) RATES.length)];
    }

    private boolean isUnwell() {
        return !me.world().isCalm() && random.nextDouble() < rate;
    }

    /// For any call but a reading.
    @Override
    protected MemorySource source() {
        if (isUnwell()) {
            me.world().passes(Duration.ofMinutes(random.nextInt(60)));
        }
        MemorySource server = chronicle.at(me.world().now());
        return isUnwell() ? failing(server) : server;
    }

    private MemorySource failing(MemorySource server) {
        me.world().trace().add(me.name() + ": the source fails");
        return server.failNext(1, () -> new Transient("the source fails"));
    }

    private MemorySource read() {
        MemorySource server = source();
        if (!isUnwell()) {
            return server;
        }
        Mood mood = moods.get(random.nextInt(moods.size()));
        me.world().trace().add(me.name() + ": the source " + mood);
        return switch (mood) {
            case FAILS -> failing(server);
            case BREAKS_OFF -> server.cutAfter(random.nextInt(3), () -> new Transient("cut"));
            case GIVES_LITTLE -> server.limit(1 + random.nextInt(3));
            case WARNS -> withoutOne().warn("one did not answer");
            case KEEPS_SILENT -> withoutOne();
        };
    }

    /// What came late is never left out, or a reading that is not counted could hide it for good.
    private MemorySource withoutOne() {
        int lost = random.nextInt(3);
        return chronicle.at(
                me.world().now(),
                sample -> sample.late() || Math.floorMod(sample.ms() + lost, 3) != 0);
    }

    @Override
    public Reading read(Mode mode, Selector selector, TimeRange range) {
        return read().read(mode, selector, range);
    }

    @Override
    public void close() {}
}
