package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Target;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/// Restores [Hours] by the restorer of production. Some lives have little time, some little
/// patience: who is stopped goes on in the next.
record Restoring(Wish wish, Mistake mistake) implements Program {
    static final String TENANT = "local";

    static Restoring of(Wish wish) {
        return new Restoring(wish, Mistake.NONE);
    }

    Restoring by(Mistake other) {
        return new Restoring(wish, other);
    }

    @Override
    public void run(Actor me) {
        Brought brought = new Brought(me.world(), wish);
        Calls calls = new Calls(me, brought::mayGo);
        Listener listener = new Listener(me);
        try {
            Restored restored = restore(me, calls, listener);
            told(brought, calls, restored);
        } catch (DamagedVault e) {
            listener.requirePinned(e.key());
            throw new Transient("it expired before it was pinned", e);
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof Error error) { // of the thread that writes
                throw error;
            }
            throw e;
        }
    }

    private Restored restore(Actor me, Calls calls, Listener listener) {
        World world = me.world();
        RandomGenerator random = me.surroundings().random();
        boolean hurried = !world.isCalm() && random.nextInt(3) == 0;
        Instant until = hurried ? world.now().plusSeconds(1 + random.nextInt(60)) : Instant.MAX;
        Target target = mistake.target(me, wish, calls);
        return new Restorer(
                        me.vault(),
                        target,
                        new Restorer.Surroundings(
                                mistake.clock(world.clock()),
                                mistake.pause(me, pause(me)),
                                until,
                                listener))
                .run(TENANT, mistake.wish(wish).manifest());
    }

    /// Others go on meanwhile.
    private static Pause pause(Actor me) {
        return time -> {
            Duration half = time.dividedBy(2);
            me.world().passes(half);
            if (me.step("waits").kills()) {
                throw me.death();
            }
            me.world().passes(time.minus(half));
        };
    }

    private final class Listener implements Watcher {
        private final Actor me;
        private final Hearing hearing;
        private OptionalInt pinned = OptionalInt.empty();

        Listener(Actor me) {
            this.me = me;
            this.hearing = new Hearing(me.world(), wish);
        }

        @Override
        public void enters(String phase) {
            if (phase.equals("replay")) {
                pinned = OptionalInt.of(wish.expected(me.world()).size());
            }
            if (phase.equals("report")) { // it lets go of it then
                requirePinned(phase);
            }
            mistake.enters(me, wish, phase);
        }

        @Override
        public void brought(long doneMs, double share, Outcome soFar) {
            hearing.brought();
        }

        /// Nothing has expired since it began to read.
        void requirePinned(String where) {
            int left = wish.expected(me.world()).size();
            Rule.PINNED.require(
                    pinned.orElse(left) == left, "it expires while it is read: " + where);
        }
    }

    private void told(Brought brought, Calls calls, Restored restored) {
        String why = restored.state() + " " + restored.notes();
        switch (restored.state()) {
            case DONE -> brought.requireWhole();
            case PARTIAL -> brought.requireNamed(restored);
            case REFUSED -> Rule.TOLD.require(calls.writes() == 0, why);
            case UNVERIFIED, ACCEPTED -> Rule.TOLD.require(false, why);
            case FAILED, CANCELLED, RUNNING -> throw new Transient(why);
        }
    }
}
