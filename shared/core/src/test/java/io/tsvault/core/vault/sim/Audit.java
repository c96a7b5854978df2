package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.Event.WithChunks;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.UnsupportedVault;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/// Sees every change of a disk, and asserts every [Rule] at once.
final class Audit {
    private static final int STATE_EVERY = 32;

    /// Of the vault that this one is a copy of.
    private final @Nullable Audit original;

    /// SHA-256 of what is there.
    private final Map<String, String> stored = new HashMap<>();

    private final List<byte[]> records = new ArrayList<>();
    private final List<String> hashes = new ArrayList<>();
    private final Ledger ledger;
    private final Set<String> dead = new HashSet<>();

    /// What of each unfinished sweep was there ever since it was planned.
    private final Map<Long, Set<String>> sweeps = new HashMap<>();

    private final Set<String> pages = new HashSet<>();

    /// Of an empty disk.
    Audit() {
        original = null;
        ledger = new Ledger();
    }

    private Audit(Audit original, Ledger ledger) {
        this.original = original;
        this.ledger = ledger;
    }

    /// Of an empty disk, on which a copy of another is going to be made.
    Audit ofCopy() {
        return new Audit(this, new Ledger());
    }

    /// One that has seen the same.
    Audit copy() {
        Audit copy = new Audit(null, new Ledger(ledger), stored, records, hashes);
        copy.dead.addAll(dead);
        copy.pages.addAll(pages);
        sweeps.forEach((plan, keys) -> copy.sweeps.put(plan, new HashSet<>(keys)));
        return copy;
    }

    private Audit(
            @Nullable Audit original,
            Ledger ledger,
            Map<String, String> stored,
            List<byte[]> records,
            List<String> hashes) {
        this.original = original;
        this.ledger = ledger;
        this.stored.putAll(stored);
        this.records.addAll(records);
        this.hashes.addAll(hashes);
    }

    Ledger ledger() {
        return ledger;
    }

    long records() {
        return records.size();
    }

    boolean isDead(String key) {
        return dead.contains(key);
    }

    void put(String key, byte[] bytes) {
        Rule.CREATED_ONCE.require(!stored.containsKey(key), key + " is written over");
        String sha256 = Head.hash(bytes);
        stored.put(key, sha256);
        if (key.startsWith(Keys.RECORDS)) {
            record(key, bytes, sha256);
        } else if (key.startsWith("streams/")) {
            Rule.WHOLE.require(sha256.equals(Keys.sha256(key)), key + " has other bytes");
            if (key.startsWith(Keys.PAGES)) {
                page(key, bytes);
            }
        } else if (original != null && key.equals("vault.json")) {
            Rule.COPY.require(stored.containsKey("replica.json"), "a vault and not yet a copy");
        }
    }

    void removed(String key) {
        stored.remove(key);
        Rule.NO_HOLE.require(!key.startsWith(Keys.RECORDS), key + " is deleted");
        Rule.CHUNK.require(!ledger.live().contains(key), key + " is deleted");
        Rule.STATE.require(!pages.contains(key), key + " is deleted");
        Rule.PLANNED.require(dead.contains(key), key + " is deleted");
        sweeps.values().forEach(keys -> keys.remove(key));
    }

    /// Pages of a copy come before its records.
    private void page(String key, byte[] bytes) {
        String name = key.substring(Keys.PAGES.length());
        int first = Integer.parseInt(name.substring(0, 10));
        int last = Integer.parseInt(name.substring(11, 21));
        byte[] packed = unzipped(bytes);
        boolean equal =
                Arrays.equals(packed, joined(first, last))
                        || (original != null
                                && Arrays.equals(packed, original.joined(first, last)));
        Rule.STATE.require(equal, key + " has other records than the log");
    }

    /// What a page of these records holds; nothing when not all of them are there.
    private byte[] joined(int first, int last) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int seq = first; seq <= last && last <= records.size(); seq++) {
            joined.writeBytes(records.get(seq - 1));
            joined.write('\n');
        }
        return joined.toByteArray();
    }

    private static byte[] unzipped(byte[] bytes) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return zip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void record(String key, byte[] bytes, String sha256) {
        long seq = records.size() + 1L;
        Rule.NO_HOLE.require(key.equals(Keys.record(seq)), key + " is not record " + seq);
        Entry entry = read(bytes, key);
        String previous = hashes.isEmpty() ? Head.NONE.sha256() : hashes.getLast();
        Rule.CHAIN.require(entry.previous().equals(previous), key + " follows on another one");
        boolean inPlace = entry.seq() == seq && entry.log().equals(Keys.LOG);
        Rule.CHAIN.require(inPlace, key + " says it is " + entry.seq() + " of " + entry.log());
        boolean state = entry.event() instanceof Event.State;
        Rule.STATE.require(state == (seq % STATE_EVERY == 0), key + " is a " + entry.kind());
        requireSameAsOriginal(seq, sha256);
        records.add(bytes);
        hashes.add(sha256);
        follow(seq, entry.event());
        ledger.mark();
    }

    private static Entry read(byte[] bytes, String key) {
        try {
            return Entry.read(bytes, key);
        } catch (DamagedVault | UnsupportedVault e) {
            throw new Rule.Broken(Rule.CHAIN, key, e);
        }
    }

    /// A copy that was promoted goes its own way.
    private void requireSameAsOriginal(long seq, String sha256) {
        if (original != null && !stored.containsKey("promoted.json")) {
            boolean same =
                    seq <= original.hashes.size()
                            && original.hashes.get((int) seq - 1).equals(sha256);
            Rule.COPY.require(same, "record " + seq + " is another one");
        }
    }

    private void follow(long seq, Event event) {
        if (event instanceof WithChunks named) {
            Ledger.keys(named).forEach(key -> requireThere(seq, key));
        }
        switch (event) {
            case Event.Commit commit -> ledger.commit(seq, commit);
            case Event.Part part -> ledger.part(seq, part);
            case Event.Empty empty -> ledger.settle(seq, empty, 1);
            case Event.Gap gap -> ledger.settle(seq, gap, 0);
            case Event.Amend amend -> ledger.amend(seq, amend);
            case Event.Expire expire -> ledger.expire(seq, expire);
            case Event.SweepPlan plan -> plan(seq, plan);
            case Event.SweepDone done -> done(seq, done.plan());
            case Event.Pin pin -> ledger.pin(pin.holder(), pin.range());
            case Event.Unpin unpin -> ledger.unpin(unpin.holder());
            case Event.State state -> state(seq, state.pages());
            case Event.GapAck _, Event.Attempt _, Event.Reread _ -> {}
            case Event.Config _,
                    Event.Accepted _,
                    Event.Planned _,
                    Event.Cancel _,
                    Event.Resume _,
                    Event.Report _ ->
                    Rule.CHAIN.require(false, seq + " is of another log");
        }
    }

    /// In a copy, what the original lost meanwhile may be missing.
    private void requireThere(long seq, String key) {
        Rule.DEAD.require(!dead.contains(key), seq + " names " + key);
        boolean excused =
                original != null
                        && original.ledger.revision(key) > 0
                        && !original.ledger.live().contains(key);
        Rule.CHUNK.require(excused || stored.containsKey(key), seq + " names " + key);
    }

    private void plan(long seq, SweepPlan plan) {
        Set<String> live = ledger.live();
        for (String key : plan.keys()) {
            boolean free = !live.contains(key) && !pages.contains(key);
            Rule.DEAD.require(free, seq + " would delete " + key);
        }
        Set<String> there = new HashSet<>(plan.keys());
        there.retainAll(stored.keySet());
        sweeps.put(seq, there);
        dead.addAll(plan.keys());
    }

    private void done(long seq, long plan) {
        Set<String> left = sweeps.remove(plan);
        Rule.SWEPT.require(left != null, seq + " ends no sweep");
        if (left != null && original == null) {
            Rule.SWEPT.require(left.isEmpty(), seq + " leaves " + left);
        }
    }

    private void state(long seq, List<Page> now) {
        pages.clear();
        long next = 1;
        for (Page page : now) {
            String key = Keys.page(page);
            Rule.STATE.require(page.first() == next, seq + " has no page for " + next);
            Rule.STATE.require(stored.containsKey(key) || original != null, seq + " names " + key);
            Rule.STATE.require(!dead.contains(key), seq + " names the dead " + key);
            pages.add(key);
            next = page.last() + 1;
        }
        Rule.STATE.require(next == seq, seq + " has no page for " + next);
    }

    /// Somebody was told that this slice is recorded with these chunks.
    void toldRecorded(TimeRange slice, List<String> keys, int revision) {
        for (String key : keys) {
            Rule.TOLD.require(ledger.revision(key) == revision, "recorded: " + key);
        }
        Rule.TOLD.require(!keys.isEmpty() || ledger.isSettled(slice), "recorded: " + slice);
    }

    /// Somebody was told that another was first.
    void toldLost(List<String> keys) {
        keys.forEach(key -> Rule.TOLD.require(ledger.revision(key) == 0, "lost: " + key));
    }

    /// Somebody was told that the collector took some of these chunks.
    void toldSwept(List<String> keys) {
        Rule.TOLD.require(keys.stream().anyMatch(dead::contains), "swept: " + keys);
        toldLost(keys);
    }

    /// Somebody was told that this was appended.
    void toldAppended(Entry entry) {
        boolean there =
                entry.seq() <= records.size()
                        && Arrays.equals(records.get((int) entry.seq() - 1), entry.toBytes());
        Rule.TOLD.require(there, "appended: " + entry.seq());
    }

    /// Is the disk as it was seen to become, and whole?
    void whole(Disk disk) {
        Map<String, String> there = new HashMap<>();
        disk.list("", "")
                .forEach(
                        object ->
                                there.put(
                                        object.key(),
                                        Head.hash(disk.read(object.key()).orElseThrow())));
        Rule.CREATED_ONCE.require(there.equals(stored), "the disk is another one");
        for (int i = 0; i < hashes.size(); i++) {
            String now = there.getOrDefault(Keys.record(i + 1L), "");
            Rule.NO_HOLE.require(now.equals(hashes.get(i)), "record " + (i + 1));
        }
        for (String key : ledger.live()) {
            Rule.CHUNK.require(there.containsKey(key), key);
        }
    }

    /// The numbers of the plans that are not done.
    Set<Long> unfinishedSweeps() {
        return sweeps.keySet();
    }

    /// What is stored and named by no record.
    List<String> garbage() {
        Set<String> named = ledger.live();
        named.addAll(pages);
        return stored.keySet().stream()
                .filter(key -> key.startsWith(Keys.CHUNKS) || key.startsWith(Keys.PAGES))
                .filter(key -> !named.contains(key))
                .sorted()
                .toList();
    }
}
