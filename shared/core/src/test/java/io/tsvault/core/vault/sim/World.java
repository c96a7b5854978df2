package io.tsvault.core.vault.sim;

import io.tsvault.core.vault.VaultCheck;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// One run: its actors, its stores, its time. Only one actor runs at any time.
final class World {
    private static final Duration STEP = Duration.ofMillis(5);
    private static final Duration STALE = Duration.ofHours(7);

    /// More than any run needs: a program that goes round in circles is broken.
    private static final long MOST_STEPS = 20_000;

    private record Late(long step, Runnable effect) {}

    private final Plan plan;
    private final Place main;
    private final Place copy;
    private final Server target;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private Instant now = Instant.ofEpochMilli(Slices.ORIGIN_MS).plus(Duration.ofDays(1));
    private Optional<Throwable> failure = Optional.empty();
    private long steps;
    private boolean calm;
    private boolean rotten;

    /// Time goes on from where the past has ended.
    World(Scenario scenario, Plan plan, Disk past) {
        this.plan = plan;
        this.main = place(scenario, past);
        main.disk().newest().filter(now::isBefore).ifPresent(newest -> now = newest);
        this.copy = place(scenario, main.disk().forCopy());
        this.target = new Server(this, scenario.stage().target());
        scenario.programs().forEach((name, program) -> actors.add(new Actor(this, name, program)));
    }

    private Place place(Scenario scenario, Disk disk) {
        return new Place(disk, scenario.medium().on(this, () -> disk), scenario.client());
    }

    Plan plan() {
        return plan;
    }

    Place main() {
        return main;
    }

    /// For a copy of the vault; empty at first.
    Place copy() {
        return copy;
    }

    /// For restores.
    Server target() {
        return target;
    }

    Instant now() {
        return now;
    }

    long steps() {
        return steps;
    }

    List<Actor> actors() {
        return actors;
    }

    List<String> trace() {
        return trace;
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    /// Runs all actors to their ends, then everything once more undisturbed.
    void run() {
        runOnce();
        calm = true;
        late.forEach(arriving -> arriving.effect().run());
        late.clear();
        actors.forEach(Actor::liveInPeace);
        audit();
    }

    /// Runs all actors to their ends.
    void runOnce() {
        if (actors.size() == 1) {
            actors.getFirst().live();
        } else {
            runInTurns();
        }
    }

    void audit() {
        main.disk().audited();
        copy.disk().audited();
    }

    /// What production itself finds, when it is asked to verify all of it.
    void verify() {
        calm = true;
        Actor verifier = new Actor(this, "verifier", _ -> {});
        VaultCheck.Report report = new VaultCheck(verifier.vault(), 1).check("prod");
        Rule.SOUND.require(report.problems().isEmpty(), report.problems().toString());
    }

    /// Once in a run, some of the vault is lost that the copy has: a chunk, the bytes of another,
    /// and a record that a page holds.
    void rot() {
        List<String> lost =
                main.disk().audit().ledger().live().stream()
                        .filter(copy.disk()::has)
                        .filter(main.disk()::has)
                        .sorted()
                        .toList();
        if (rotten || lost.isEmpty()) {
            return;
        }
        rotten = true;
        trace.add("the disk rots");
        main.disk().rot(lost.getFirst(), Optional.empty());
        if (lost.size() > 1) {
            main.disk().rot(lost.getLast(), Optional.of(new byte[] {1}));
        }
        if (copy.disk().audit().records() > 32) {
            main.disk().rot(Keys.record(7), Optional.empty());
        }
    }

    /// Does nothing go wrong any more?
    boolean isCalm() {
        return calm;
    }

    boolean isRotten() {
        return rotten;
    }

    private void runInTurns() {
        CountDownLatch over = new CountDownLatch(actors.size());
        actors.forEach(actor -> Thread.ofVirtual().start(() -> live(actor, over)));
        plan.next(actors, actors.getFirst()).turn.release();
        try {
            over.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        failure.ifPresent(World::rethrow);
    }

    private static void rethrow(Throwable failure) {
        switch (failure) {
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    private void live(Actor actor, CountDownLatch over) {
        actor.turn.acquireUninterruptibly();
        try {
            if (!isOver()) {
                actor.live();
            }
        } catch (Throwable e) {
            failure = failure.or(() -> Optional.of(e));
        } finally {
            actor.end();
            next(actor).ifPresent(next -> next.turn.release());
            over.countDown();
        }
    }

    boolean isOver() {
        return failure.isPresent();
    }

    /// An actor is about to make a request.
    void step(Actor actor, String what) {
        stepAtOnce(actor, what);
        if (calm) {
            return;
        }
        Actor next = next(actor).orElseThrow();
        if (next != actor) {
            next.turn.release();
            actor.turn.acquireUninterruptibly();
            actor.requireGoingOn();
        }
    }

    /// Nobody else comes in between.
    void stepAtOnce(Actor actor, String what) {
        trace.add(actor.name() + ": " + what);
        Rule.DONE.require(++steps < MOST_STEPS, "an end");
        passes(STEP);
        arrive();
    }

    private Optional<Actor> next(Actor current) {
        List<Actor> left = actors.stream().filter(actor -> !actor.isDone()).toList();
        if (left.size() <= 1) {
            return left.stream().findFirst();
        }
        List<Actor> ready = left.stream().filter(actor -> !actor.isAsleep(steps)).toList();
        return Optional.of(
                ready.isEmpty()
                        ? left.stream()
                                .min(Comparator.comparingLong(Actor::asleepUntil))
                                .orElseThrow()
                        : plan.next(ready, current));
    }

    Fault fault(Actor actor) {
        Fault fault = calm ? Fault.NONE : plan.fault(actor, actor.nextRequest());
        if (fault != Fault.NONE) {
            trace.add(actor.name() + ": " + fault);
        }
        return fault;
    }

    /// It arrives after some steps, or at the latest when all actors are done.
    void later(Runnable effect) {
        late.add(new Late(steps + plan.delay(), effect));
    }

    /// Hours pass, too.
    long sleepUntil() {
        passes(STALE);
        return steps + plan.delay();
    }

    private void arrive() {
        for (Late arriving : List.copyOf(late)) {
            if (arriving.step() <= steps) {
                late.remove(arriving);
                trace.add("late: arrives");
                arriving.effect().run();
            }
        }
    }
}
