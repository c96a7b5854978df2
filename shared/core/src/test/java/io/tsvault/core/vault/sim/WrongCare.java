package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamObjects;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.VaultCopy;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.SweepDone;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.Head;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Mistakes in expiry, collection, restore and copying.
final class WrongCare {
    private static final Scenario LONG = Scenarios.COLLECT.after(40, 3);
    private static final Scenario AMENDED = Scenarios.GC_AMEND.with("amender", new Amender(1));

    private WrongCare() {}

    static Map<String, Scenario> all() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.putAll(collections());
        all.putAll(expiries());
        all.putAll(restores());
        all.putAll(copies());
        all.putAll(repairs());
        all.putAll(foundings());
        return all;
    }

    private static Map<String, Scenario> repairs() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("a repair brings back all that the copy has", repair(WrongCare::mendsAll));
        all.put("a repair writes over what is whole", repair(WrongCare::mendsWhole));
        all.put("a repair takes what is there for whole", repair(WrongCare::mendsMissing));
        return all;
    }

    private static Map<String, Scenario> foundings() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put(
                "a vault is made, and what is there not read back",
                Scenarios.TWO_FOUNDERS.through(CarelessClients.Mine::new));
        all.put(
                "a vault is made where a look found nothing",
                Scenarios.TWO_FOUNDERS
                        .on(BrokenStores.Overwriting::new)
                        .through(BrokenStores.LooksFirst::new));
        return all;
    }

    private static Map<String, Scenario> collections() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("garbage is deleted without a plan", collect(WrongCare::withoutPlan));
        all.put("deletes come before their plan", collect(WrongCare::deletesFirst));
        all.put("SWEEP_DONE comes before the deletes", collect(WrongCare::doneFirst));
        all.put(
                "a plan is not decided again",
                Scenarios.GC_EXPORT.with("collector", WrongCare::plansOnce));
        all.put(
                "chunks of parts are garbage",
                Scenarios.GC_PARTS.with("collector", me -> sweep(me, WrongCare::isInNoSlice)));
        all.put(
                "old revisions are garbage",
                AMENDED.with("collector", me -> sweep(me, WrongCare::isNotNewest)));
        all.put(
                "pages are garbage",
                LONG.with("collector", me -> sweep(me, (_, key) -> key.startsWith(Keys.PAGES))));
        all.put(
                "chunks of another stream are garbage",
                Scenarios.TWO_STREAMS.with("collector", WrongCare::sweepsBoth));
        all.put("records before a STATE are garbage", LONG.with("collector", WrongCare::compacts));
        all.put(
                "a sweep that was cut off is left",
                Scenarios.COLLECT.with("collector", WrongCare::finishesOnlyItsOwn));
        all.put(
                "a sweep is finished before it is planned by all",
                Scenarios.TWO_COLLECTORS.with("two", WrongCare::doneOfOthers));
        return all;
    }

    private static Map<String, Scenario> expiries() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("pins do not hold expiry", expire(me -> expireAll(me, false)));
        all.put("pins are looked at once", expire(me -> expireAll(me, true)));
        all.put(
                "a range reaches over a pin",
                Scenarios.EXPIRE.after(4, 4).with("expirer", WrongCare::holdThenExpireInOneRange));
        return all;
    }

    private static Map<String, Scenario> restores() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put(
                "a restore reads without a pin",
                restore(
                        me -> {
                            StreamLog log = me.log();
                            Programs.read(log, List.copyOf(log.state().slices()));
                        }));
        all.put(
                "a restore plans before its pin",
                restore(
                        me -> {
                            StreamLog log = me.log();
                            List<Settled> plan = List.copyOf(log.state().slices());
                            Programs.pin(me, log, 2);
                            Programs.read(log, plan.subList(0, 2));
                            Programs.unpin(me, log);
                        }));
        all.put(
                "a restore lets go before it reads",
                restore(
                        me -> {
                            StreamLog log = me.log();
                            List<Settled> plan = Programs.pin(me, log, 2);
                            Programs.unpin(me, log);
                            Programs.read(log, plan);
                        }));
        all.put(
                "a restore pins too little",
                restore(
                        me -> {
                            StreamLog log = me.log();
                            Programs.pin(me, log, 1);
                            Programs.read(log, log.state().slices().stream().limit(2).toList());
                            Programs.unpin(me, log);
                        }));
        all.put("a restore trusts the pin it finds", restore(WrongCare::trustsPin));
        return all;
    }

    private static Map<String, Scenario> copies() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("a copy takes records before chunks", copy(me -> copies(me, true, 1)));
        all.put("a copy takes the newest record first", copy(me -> copies(me, true, -1)));
        all.put("a copy bears no mark", copy(me -> copies(me, false, 1)));
        all.put("a copy is written to", Scenarios.COPY.with("exporter", WrongCare::writesToCopy));
        all.put(
                "copying goes on over what was promoted",
                Scenarios.COPY_PROMOTE.with("copier", WrongCare::copiesOn));
        return all;
    }

    private static Scenario repair(Program program) {
        return Scenarios.GC_REPAIR.with("repairer", program);
    }

    private static Scenario collect(Program program) {
        return Scenarios.COLLECT.with(
                "collector",
                me -> {
                    Programs.expire(me, 1);
                    program.run(me);
                });
    }

    private static Scenario expire(Program program) {
        return Scenarios.GC_RESTORE.with("collector", program);
    }

    private static Scenario restore(Program program) {
        return Scenarios.GC_RESTORE.with("reader", program);
    }

    private static Scenario copy(Program program) {
        return Scenarios.COPY.with("copier", program);
    }

    private static List<String> garbage(StreamLog log) {
        StreamObjects objects = log.objects();
        return objects.list().stream()
                .map(StoredObject::key)
                .filter(key -> !objects.isNamed(key))
                .toList();
    }

    private static void withoutPlan(Actor me) {
        new Forger(me).delete(garbage(me.log()));
    }

    private static void deletesFirst(Actor me) {
        StreamLog log = me.log();
        List<String> keys = garbage(log);
        new Forger(me).delete(keys);
        log.append(_ -> Optional.of(new SweepPlan(keys)));
    }

    private static void doneFirst(Actor me) {
        StreamLog log = me.log();
        List<String> keys = garbage(log);
        Optional<Entry> plan = log.append(_ -> Optional.of(new SweepPlan(keys)));
        plan.ifPresent(entry -> log.append(_ -> Optional.of(new SweepDone(entry.seq()))));
        log.objects().delete(keys);
    }

    private static void plansOnce(Actor me) {
        StreamLog log = me.log();
        planAndDelete(me, log, garbage(log));
    }

    private static void planAndDelete(Actor me, StreamLog log, List<String> keys) {
        if (!keys.isEmpty()) {
            long plan =
                    new Forger(me)
                            .insist(log, _ -> Optional.of(new SweepPlan(keys)))
                            .orElseThrow()
                            .seq();
            log.objects().delete(keys);
            new Forger(me).insist(log, _ -> Optional.of(new SweepDone(plan)));
        }
    }

    private interface Garbage {
        boolean is(StreamState state, String key);
    }

    private static void sweep(Actor me, Garbage garbage) {
        StreamLog log = me.log();
        List<String> keys =
                log.objects().list().stream()
                        .map(StoredObject::key)
                        .filter(key -> garbage.is(log.state(), key))
                        .toList();
        planAndDelete(me, log, keys);
    }

    private static boolean isInNoSlice(StreamState state, String key) {
        return isNotNewest(state, key);
    }

    private static boolean isNotNewest(StreamState state, String key) {
        return key.startsWith(Keys.CHUNKS)
                && state.slices().stream()
                        .flatMap(
                                settled ->
                                        settled.chunks().stream()
                                                .map(c -> Keys.chunk(settled.slice(), c)))
                        .noneMatch(Predicate.isEqual(key));
    }

    private static void compacts(Actor me) {
        me.log();
        new Forger(me).delete(Stream.of(1L, 2L, 3L).map(Keys::record).toList());
    }

    private static void sweepsBoth(Actor me) {
        StreamLog log = me.log();
        List<String> keys =
                new Forger(me)
                        .store().list("streams/", "", 1000).stream()
                                .map(StoredObject::key)
                                .filter(key -> key.endsWith(".chunk"))
                                .filter(key -> !log.state().liveChunks().containsKey(key))
                                .toList();
        planAndDelete(me, log, keys);
    }

    private static void finishesOnlyItsOwn(Actor me) {
        Programs.expire(me, 1);
        StreamLog log = me.log();
        planAndDelete(me, log, garbage(log));
    }

    /// Takes the word of a plan for its deed.
    private static void doneOfOthers(Actor me) {
        StreamLog log = me.log();
        for (long plan : List.copyOf(log.state().unfinishedSweeps().keySet())) {
            log.append(
                    state ->
                            state.unfinishedSweeps().containsKey(plan)
                                    ? Optional.of(new SweepDone(plan))
                                    : Optional.empty());
        }
    }

    private static void expireAll(Actor me, boolean looksOnce) {
        StreamLog log = me.log();
        List<TimeRange> ranges =
                log.state().slices().stream()
                        .map(Settled::slice)
                        .filter(slice -> !looksOnce || !log.state().isPinned(slice))
                        .toList();
        new Forger(me).insist(log, _ -> Optional.of(new Expire(ranges, "all")));
        Programs.collect(me);
    }

    private static void holdThenExpireInOneRange(Actor me) {
        StreamLog log = me.log();
        new Forger(me).insist(log, _ -> Optional.of(new Pin("court", Slices.slice(1), "")));
        new Forger(me)
                .insist(log, _ -> Optional.of(new Expire(List.of(Slices.until(3)), "last 1")));
    }

    private static void trustsPin(Actor me) {
        StreamLog log = me.log();
        boolean pinned = log.state().pins().containsKey(me.name());
        List<Settled> plan =
                pinned ? log.state().slices().stream().limit(2).toList() : Programs.pin(me, log, 2);
        Programs.read(log, plan);
        Programs.unpin(me, log);
    }

    /// @param order 1 for the oldest record first, -1 for the newest
    private static void copies(Actor me, boolean marked, int order) {
        Forger from = new Forger(me);
        Forger to = forgerOfCopy(me, from, marked);
        long records = me.audit().records();
        for (long i = 1; i <= records; i++) {
            long seq = order > 0 ? i : records + 1 - i;
            to.store().create(Keys.record(seq), from.record(seq));
        }
    }

    private static Forger forgerOfCopy(Actor me, Forger from, boolean marked) {
        Place copy = me.world().copy();
        byte[] vault = from.store().read("vault.json", 1 << 16).orElseThrow();
        if (marked) {
            me.store(copy).create("replica.json", vault);
        }
        me.store(copy).create("vault.json", vault);
        return new Forger(me, copy);
    }

    private static void copiesOn(Actor me) {
        try {
            VaultCopy.copy(me.vault(), new CarelessClients.Mine(me.store(me.world().copy())));
        } catch (Permanent e) {
            Rule.SOUND.require(me.world().copy().disk().has("promoted.json"), e.toString());
        }
    }

    private static void writesToCopy(Actor me) {
        Programs.copy(me);
        Place copy = me.world().copy();
        Head head = me.log(copy).head();
        new Forger(me, copy).append(head.seq() + 1, head, new Expire(List.of(), ""));
    }

    private static void mendsAll(Actor me) {
        Programs.copyAndRot(me);
        Set<String> dead = me.audit().dead();
        Forger main = new Forger(me);
        Forger copy = new Forger(me, me.world().copy());
        for (StoredObject object : copy.store().list(Keys.CHUNKS, "", 1000)) {
            if (main.store().read(object.key(), 0, 1).isEmpty()) {
                Programs.requireLost(me, object.key(), dead);
                main.store().create(object.key(), copy.read(object.key()));
            }
        }
    }

    private static void mendsWhole(Actor me) {
        Programs.copyAndRot(me);
        Forger main = new Forger(me);
        Forger copy = new Forger(me, me.world().copy());
        for (String key : me.log().state().liveChunks().keySet()) {
            if (me.world().copy().disk().has(key)) {
                main.delete(List.of(key));
                main.store().create(key, copy.read(key));
            }
        }
    }

    private static void mendsMissing(Actor me) {
        Programs.copyAndRot(me);
        Forger main = new Forger(me);
        Forger copy = new Forger(me, me.world().copy());
        for (String key : me.log().state().liveChunks().keySet()) {
            if (main.store().read(key, 0, 1).isEmpty()) {
                main.store().create(key, copy.read(key));
            }
        }
    }
}
