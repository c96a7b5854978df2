package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.Parallel;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/// Runs a program, and begins it again when it died or gave up.
final class Actor {
    /// The program died.
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;

        Death() {
            super("dead", null, false, false);
        }
    }

    private static final int LIVES = 4;

    /// A create is tried so often before its program gives up.
    private static final int OUTAGE = 8;

    private final World world;
    private final String name;
    private final Program program;
    private final Random random;
    private final List<String> chunks = new ArrayList<>();

    /// Holds the thread of this actor while others go on.
    final Semaphore turn = new Semaphore(0);

    private final List<String> asked = new ArrayList<>();
    private int requests;
    private int outage;
    private long asleepUntil;
    private LogName stream = Keys.LOG;
    private boolean dead;
    private boolean done;

    Actor(World world, String name, Program program) {
        this.world = world;
        this.name = name;
        this.program = program;
        this.random = new Random(world.plan().seed() * 31 + name.hashCode());
    }

    World world() {
        return world;
    }

    String name() {
        return name;
    }

    /// How many requests it has made, before the end that is undisturbed.
    int requests() {
        return requests;
    }

    int nextRequest() {
        return requests++;
    }

    /// What it asked for, request by request.
    List<String> asked() {
        return asked;
    }

    void end() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    boolean isAsleep(long step) {
        return step < asleepUntil;
    }

    long asleepUntil() {
        return asleepUntil;
    }

    /// From birth to the end of the last life.
    void live() {
        for (int life = 0; life < LIVES && !done; life++) {
            done = run();
        }
        done = true;
    }

    /// Once more, undisturbed.
    void liveInPeace() {
        Rule.DONE.require(run(), name + " gave up without a reason");
    }

    private boolean run() {
        dead = false;
        outage = 0;
        try {
            program.run(this);
            return true;
        } catch (Death | Transient _) {
            return world.isOver();
        } catch (RuntimeException e) {
            throw new Rule.Broken(Rule.SOUND, name + ": " + e, e);
        }
    }

    /// Before each request: others may go on meanwhile.
    Fault step(String what) {
        return step(what, world::step);
    }

    /// Of what happened since it last looked around nobody can know before such a request.
    Fault stepAtOnce(String what) {
        return step(what, world::stepAtOnce);
    }

    private Fault step(String what, BiConsumer<Actor, String> step) {
        if (dead) {
            throw new Death();
        }
        step.accept(this, what);
        asked.add(what);
        Fault fault = world.fault(this);
        if (what.startsWith("create " + stream.path() + "/chunks/")) {
            chunks.add(what.substring("create ".length()));
        }
        if (fault == Fault.LATE_THEN_OUTAGE) {
            outage = OUTAGE;
        } else if (outage > 0 && !fault.kills()) {
            outage--;
            fault = Fault.REQUEST_LOST;
        }
        if (fault == Fault.STALE) {
            asleepUntil = world.sleepUntil();
            step.accept(this, "wakes");
        }
        return fault;
    }

    Error death() {
        dead = true;
        return new Death();
    }

    /// Dies if the run is over.
    void requireGoingOn() {
        if (world.isOver()) {
            throw death();
        }
    }

    Surroundings surroundings() {
        return new Surroundings(
                world.clock(), random, world::passes, Parallel.IN_ORDER, "sim " + name);
    }

    ObjectStore store(Place place) {
        return place.client().wrap(new Requests(this, place.medium()));
    }

    Vault vault() {
        return vault(world.main());
    }

    Vault vault(Place place) {
        return Vault.open(store(place), surroundings());
    }

    /// Opens the log of its stream.
    StreamLog log() {
        return log(world.main());
    }

    StreamLog log(Place place) {
        Vault vault = vault(place);
        long told = audit(place).records();
        StreamLog log = vault.stream(stream.id());
        Rule.FRESH.require(log.head().seq() >= told, log.head() + " of " + told);
        claimWatermark(place, log, log.state().watermarkMs(Slices.ORIGIN_MS));
        return log;
    }

    /// Says to a person how far the backup is.
    void claimWatermark(Place place, StreamLog log, long claimedMs) {
        long trueMs = audit(place).ledger().watermarkMs(log.head().seq());
        Rule.WATERMARK.require(claimedMs == trueMs, claimedMs + " is said to be " + trueMs);
    }

    Audit audit() {
        return audit(world.main());
    }

    /// Of the stream that it works on.
    Audit audit(Place place) {
        return place.disk().audit(stream);
    }

    /// From now on it works on this stream.
    void turnTo(LogName other) {
        stream = other;
    }

    /// From now on, the chunks that it creates are of a new attempt.
    void beginAttempt() {
        chunks.clear();
    }

    /// The keys of the chunks of this attempt.
    List<String> chunks() {
        return chunks.stream().distinct().toList();
    }
}
