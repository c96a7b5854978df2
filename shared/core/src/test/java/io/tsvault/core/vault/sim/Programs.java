package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCheck;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Promotable;
import io.tsvault.core.vault.VaultCopy;
import io.tsvault.core.vault.VaultRepair;
import io.tsvault.core.vault.VaultRepair.Mend;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Event.Empty;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Unpin;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.retention.Collector;
import io.tsvault.core.vault.retention.Retention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What actors do, by the production use cases.
final class Programs {
    private Programs() {}

    /// Records that one slice is empty, and that another is lost.
    static void settleWithout(Actor me, int empty, int gap) {
        StreamLog log = me.log();
        settle(me, log, Slices.slice(empty), true);
        settle(me, log, Slices.slice(gap), false);
    }

    private static void settle(Actor me, StreamLog log, TimeRange slice, boolean empty) {
        log.append(
                        state ->
                                state.isUnsettled(slice)
                                        ? Optional.of(
                                                empty
                                                        ? new Empty(slice, Slices.CAPTURE)
                                                        : new Gap(slice, "lost"))
                                        : Optional.empty())
                .ifPresent(me.audit()::toldAppended);
    }

    /// Lets go of all but the newest slices.
    static void expire(Actor me, int last) {
        Retention retention = new Retention(Optional.empty(), last);
        me.log()
                .append(state -> retention.plan(state, me.world().now()).event(true))
                .ifPresent(me.audit()::toldAppended);
    }

    /// Deletes all that nobody names, however young.
    static void collect(Actor me) {
        StreamLog log = me.log();
        Collector collector = new Collector(log, Duration.ZERO, me.world().now());
        collector.sweep(collector.plan());
    }

    static void expireAndCollect(Actor me) {
        expire(me, 1);
        collect(me);
    }

    /// Pins the first slices, reads them, and lets go of them.
    static void restore(Actor me, int slices) {
        StreamLog log = me.log();
        List<Settled> plan = pin(me, log, slices);
        read(log, plan);
        unpin(me, log);
    }

    static List<Settled> pin(Actor me, StreamLog log, int slices) {
        List<Settled> plan = new ArrayList<>();
        TimeRange range = Slices.until(slices);
        log.append(
                        state -> {
                            plan.clear();
                            state.slices().stream()
                                    .filter(settled -> settled.slice().endMs() <= range.endMs())
                                    .forEach(plan::add);
                            return Optional.of(new Pin(me.name(), range, "a restore"));
                        })
                .ifPresent(me.audit()::toldAppended);
        return plan;
    }

    static void read(StreamLog log, List<Settled> plan) {
        for (Settled settled : plan) {
            for (ChunkRef chunk : settled.chunks()) {
                read(log, settled.slice(), chunk);
            }
        }
    }

    private static void read(StreamLog log, TimeRange slice, ChunkRef chunk) {
        try {
            byte[] bytes = log.open(slice, chunk).read(0, (int) chunk.summary().bytes());
            Rule.PINNED.require(Head.hash(bytes).equals(chunk.sha256()), "other bytes");
        } catch (DamagedVault e) {
            throw new Rule.Broken(Rule.PINNED, "a restore reads " + e.key(), e);
        }
    }

    static void unpin(Actor me, StreamLog log) {
        log.append(_ -> Optional.of(new Unpin(me.name()))).ifPresent(me.audit()::toldAppended);
    }

    /// Makes a copy of the vault, or brings it up to date.
    static void copy(Actor me) {
        Place copy = me.world().copy();
        VaultCopy.Copied copied = VaultCopy.copy(me.vault(), me.store(copy));
        for (Problem damaged : copied.unread()) {
            Rule.SOUND.require(me.audit().mayBeMissed(damaged.key()), damaged.toString());
        }
        for (Problem lost : copied.lost()) {
            boolean live = me.audit().ledger().live().contains(lost.key());
            Rule.COPY.require(!live || me.audit().mayBeMissed(lost.key()), lost.toString());
        }
    }

    /// Copies, until somebody has promoted the copy.
    static void copyWhileItIsOne(Actor me) {
        try {
            copy(me);
        } catch (Permanent e) {
            boolean promoted = me.world().copy().disk().has("promoted.json");
            Rule.SOUND.require(promoted, me.name() + ": " + e);
        }
    }

    /// Makes a copy, loses something, and brings it back from there.
    static void repair(Actor me) {
        copyAndRot(me);
        Set<String> dead = me.audit().dead();
        VaultRepair repair = new VaultRepair(me.vault(), me.vault(me.world().copy()));
        List<Mend> mends = repair.plan();
        mends.forEach(mend -> requireLost(me, mend.key(), dead));
        Rule.MENDED.require(repair.unread().isEmpty(), repair.unread().toString());
        for (Problem lost : repair.mend(mends)) {
            Rule.MENDED.require(me.audit().dead().contains(lost.key()), lost.toString());
        }
    }

    /// @param dead the keys that were dead before anybody looked
    static void requireLost(Actor me, String key, Set<String> dead) {
        Rule.MENDED.require(me.audit().mayBeMissed(key) && !dead.contains(key), key);
    }

    static void copyAndRot(Actor me) {
        try {
            if (!me.world().isRotten()) {
                copy(me);
                me.world().rot();
            }
        } catch (DamagedVault e) {
            Rule.SOUND.require(me.audit().mayBeMissed(e.key()), e.toString());
        }
    }

    /// Makes a vault, or finds that there is one, and keeps a slice in it.
    static void found(Actor me) {
        Place main = me.world().main();
        try {
            String id = Vault.init(me.store(main), me.surroundings()).id();
            byte[] vault = main.disk().read("vault.json").orElseThrow();
            Rule.TOLD.require(Audit.id(vault).equals(id), "made the vault " + id);
        } catch (Permanent e) {
            Rule.SOUND.require(main.disk().has("vault.json"), e.toString());
        }
        new Exporter(1).run(me);
    }

    /// Promotes the copy, if there is one, and exports to it.
    static void promote(Actor me, int slices) {
        Place place = me.world().copy();
        if (place.disk().has("vault.json") && isPromoted(me, place)) {
            new Exporter(slices) {
                @Override
                Place place(World world) {
                    return place;
                }
            }.run(me);
        }
    }

    /// It may have been promoted already, also by a request of an earlier life that came late. One
    /// with chunks that wait for their records is not promoted; another doubt is put aside.
    private static boolean isPromoted(Actor me, Place place) {
        try {
            Vault vault = me.vault(place);
            Promotable promotable = new VaultCheck(vault, 0).promotable();
            boolean waits =
                    promotable.doubts().stream().anyMatch(doubt -> doubt.key().endsWith(".chunk"));
            if (waits) {
                requireBehind(me, place, promotable.doubts().toString());
            } else {
                vault.promote(promotable);
            }
            return !waits;
        } catch (Permanent e) {
            Rule.SOUND.require(place.disk().has("promoted.json"), e.toString());
            return true;
        } catch (DamagedVault e) {
            requireBehind(me, place, e.toString());
            return false;
        }
    }

    private static void requireBehind(Actor me, Place copy, String why) {
        long records = me.world().main().disk().audit().records();
        boolean behind = copy.disk().audit().records() < records;
        Rule.SOUND.require(behind || !me.world().isCalm(), why); // it was, a step ago
    }
}
