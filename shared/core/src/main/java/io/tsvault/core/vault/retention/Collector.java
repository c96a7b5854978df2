package io.tsvault.core.vault.retention;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamObjects;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Event.SweepDone;
import io.tsvault.core.vault.record.Event.SweepPlan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Deletes what no record names.
public final class Collector {
    private static final int KEYS_PER_PLAN = 2000;
    private static final int MOST_PERCENT = 10;

    private final StreamLog log;
    private final StreamObjects objects;
    private final Instant youngest;

    /// What was there when it was looked at last.
    private Set<String> stored = Set.of();

    /// What of it is dead, and came back: a write that was given up came late.
    private Set<String> returned = Set.of();

    /// @param grace what is younger is left alone: its record may be about to come. Nothing depends
    ///     on it but the work of those who would have to read their slices again
    public Collector(StreamLog log, Duration grace, Instant now) {
        this.log = log;
        this.objects = log.objects();
        this.youngest = now.minus(grace);
    }

    /// What would be deleted.
    ///
    /// @param garbage that no record names
    /// @param unfinished keys of sweeps that were begun
    /// @param bytes of the garbage
    /// @param missing chunks that records name: what has their bytes is no garbage
    /// @param doubts why a person has to insist; empty for an ordinary sweep
    public record Sweep(
            List<StoredObject> garbage,
            List<String> unfinished,
            long bytes,
            List<Problem> missing,
            List<String> doubts) {
        /// Copies the lists.
        public Sweep {
            garbage = List.copyOf(garbage);
            unfinished = List.copyOf(unfinished);
            missing = List.copyOf(missing);
            doubts = List.copyOf(doubts);
        }
    }

    /// What was deleted.
    ///
    /// @param objects how many; of two who sweep at once, who ends a sweep counts what is in it
    /// @param kept what may not be deleted, as it is locked; its sweep stays unfinished
    public record Swept(int objects, List<Problem> kept) {
        /// Copies the list.
        public Swept {
            kept = List.copyOf(kept);
        }
    }

    /// Looks, and changes nothing.
    ///
    /// @throws DamagedVault when the end of the log is gone: what it named is no garbage
    public Sweep plan() {
        log.refresh();
        List<StoredObject> there = objects.list();
        objects.lostEnd(there)
                .ifPresent(
                        lost -> {
                            throw new DamagedVault(lost.key(), lost.what());
                        });
        List<Problem> missing = objects.missing(there);
        Set<String> unfinished =
                log.state().unfinishedSweeps().values().stream()
                        .flatMap(plan -> plan.keys().stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        stored = there.stream().map(StoredObject::key).collect(Collectors.toSet());
        returned =
                stored.stream().filter(log.state()::isDead).collect(Collectors.toUnmodifiableSet());
        Set<String> sought = hashes(missing);
        List<StoredObject> garbage =
                there.stream()
                        .filter(object -> !objects.isNamed(object.key()))
                        .filter(object -> !unfinished.contains(object.key()))
                        .filter(object -> !object.created().isAfter(youngest))
                        .filter(object -> !has(object.key(), sought))
                        .toList();
        List<String> doubts = doubts(garbage, there);
        if (!missing.isEmpty() && !garbage.isEmpty()) {
            doubts.addFirst("chunks that records name are missing: bring them back first");
        }
        return new Sweep(garbage, List.copyOf(unfinished), bytes(garbage), missing, doubts);
    }

    private static Set<String> hashes(List<Problem> missing) {
        return missing.stream()
                .flatMap(problem -> ObjectKey.promised(problem.key()).stream())
                .collect(Collectors.toSet());
    }

    private static boolean has(String key, Set<String> sought) {
        return ObjectKey.promised(key).filter(sought::contains).isPresent();
    }

    /// Pages are replaced by larger ones, and are no data: chunks are measured against chunks.
    private List<String> doubts(List<StoredObject> garbage, List<StoredObject> there) {
        List<String> doubts = new ArrayList<>();
        long going = bytes(objects.chunks(garbage));
        long all = bytes(objects.chunks(there));
        if (going * 100 > all * MOST_PERCENT) {
            doubts.add("%d %% of the stored bytes would go".formatted(going * 100 / all));
        }
        int unsettled = objects.unsettled(garbage).size();
        if (unsettled > 0) {
            doubts.add(
                    "slices that nothing has settled have %,d of the objects: records may be"
                                    .formatted(unsettled)
                            + " missing; compare the head with one that was written down");
        }
        int overtaken = new Overtaken(log.name(), log.state()).slices(garbage);
        if (overtaken > 0) {
            doubts.add(
                    "%,d slices were captured, and kept by others long after: records may have been"
                                    .formatted(overtaken)
                            + " lost, and these chunks be what they named");
        }
        return doubts;
    }

    private static long bytes(List<StoredObject> objects) {
        return objects.stream().mapToLong(StoredObject::bytes).sum();
    }

    /// Deletes, after it has said so in the log.
    public Swept sweep(Sweep sweep) {
        Map<String, Problem> kept = new LinkedHashMap<>();
        int deleted = finish(kept);
        List<String> keys = sweep.garbage().stream().map(StoredObject::key).toList();
        for (int from = 0; from < keys.size(); from += KEYS_PER_PLAN) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + KEYS_PER_PLAN));
            log.append(_ -> planOf(some));
            deleted += finish(kept);
        }
        return new Swept(deleted, List.copyOf(kept.values()));
    }

    /// Of those that nobody named meanwhile, or planned to sweep.
    private Optional<SweepPlan> planOf(List<String> keys) {
        List<String> garbage =
                keys.stream()
                        .filter(key -> !objects.isNamed(key))
                        .filter(key -> !log.state().isDead(key) || returned.contains(key))
                        .toList();
        return garbage.isEmpty() ? Optional.empty() : Optional.of(new SweepPlan(garbage));
    }

    /// Whoever planned it. What was found to be locked is not tried again.
    private int finish(Map<String, Problem> kept) {
        int deleted = 0;
        for (var sweep : new ArrayList<>(log.state().unfinishedSweeps().entrySet())) {
            List<String> keys = sweep.getValue().keys();
            if (Collections.disjoint(keys, kept.keySet())) {
                deleted += finish(sweep.getKey(), keys, kept);
            }
        }
        return deleted;
    }

    private int finish(long plan, List<String> keys, Map<String, Problem> kept) {
        List<Problem> locked = objects.delete(keys);
        locked.forEach(problem -> kept.put(problem.key(), problem));
        if (locked.isEmpty() && !isEndedHere(plan)) {
            return 0;
        }
        return (int)
                keys.stream().filter(key -> stored.contains(key) && !kept.containsKey(key)).count();
    }

    private boolean isEndedHere(long plan) {
        return log.append(
                        state ->
                                state.unfinishedSweeps().containsKey(plan)
                                        ? Optional.of(new SweepDone(plan))
                                        : Optional.empty())
                .isPresent();
    }
}
