package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Json;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.Event.WithChunks;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
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
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/// Sees every change of a disk that concerns one stream, and asserts every [Rule] at once. What is
/// of another stream is none of its business; its own keys it knows as those of [Keys#LOG].
final class Audit {
    private static final int STATE_EVERY = 32;

    private final LogName log;

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

    /// What was lost without a request, and the SHA-256 that belongs there.
    private final Map<String, String> rotten = new HashMap<>();

    /// Of the vault that is there; empty before.
    private String vault = "";

    /// Of an empty disk.
    Audit(LogName log) {
        this(log, null, new Ledger());
    }

    private Audit(LogName log, @Nullable Audit original, Ledger ledger) {
        this.log = log;
        this.original = original;
        this.ledger = ledger;
    }

    /// Of an empty disk, on which a copy of another is going to be made.
    Audit ofCopy() {
        return new Audit(log, this, new Ledger());
    }

    /// One that has seen the same.
    Audit copy() {
        Audit copy = new Audit(log, null, new Ledger(ledger));
        copy.stored.putAll(stored);
        copy.records.addAll(records);
        copy.hashes.addAll(hashes);
        copy.dead.addAll(dead);
        copy.pages.addAll(pages);
        copy.vault = vault;
        sweeps.forEach((plan, keys) -> copy.sweeps.put(plan, new HashSet<>(keys)));
        return copy;
    }

    LogName log() {
        return log;
    }

    private boolean concerns(String key) {
        return !key.startsWith("streams/") || key.startsWith(log.path() + "/");
    }

    private String own(String key) {
        return key.startsWith(log.path() + "/")
                ? Keys.LOG.path() + key.substring(log.path().length())
                : key;
    }

    private List<String> own(List<String> keys) {
        return keys.stream().map(this::own).toList();
    }

    Ledger ledger() {
        return ledger;
    }

    long records() {
        return records.size();
    }

    void put(String changed, byte[] bytes) {
        if (concerns(changed)) {
            putOwn(own(changed), bytes);
        }
    }

    private void putOwn(String key, byte[] bytes) {
        Rule.CREATED_ONCE.require(!stored.containsKey(key), key + " is written over");
        String sha256 = Head.hash(bytes);
        stored.put(key, sha256);
        if (key.equals("vault.json")) {
            vault = id(bytes);
        }
        if (rotten.containsKey(key)) {
            Rule.MENDED.require(sha256.equals(rotten.get(key)), key + " has other bytes");
        } else if (key.startsWith(Keys.RECORDS)) {
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

    static String id(byte[] vault) {
        Json json = Json.parse(vault, "vault.json");
        return Fields.read(json, Fields.Unknown.IGNORED, f -> f.text("vault"));
    }

    /// The disk has other bytes, or none, and nobody asked for it. A request to remove them may
    /// come late, and then remove what was mended: it can be lost again, until it is mended again.
    void rots(String changed, Optional<byte[]> now) {
        if (!concerns(changed)) {
            return;
        }
        String key = own(changed);
        rotten.putIfAbsent(key, stored.remove(key));
        now.ifPresent(bytes -> stored.put(key, Head.hash(bytes)));
    }

    /// Did it rot, or is it dead by now?
    boolean mayBeMissed(String key) {
        return rotten.containsKey(key) || dead.contains(key);
    }

    /// The keys of all sweeps until now.
    Set<String> dead() {
        return Set.copyOf(dead);
    }

    void removed(String changed) {
        if (concerns(changed)) {
            removedOwn(own(changed));
        }
    }

    private void removedOwn(String key) {
        stored.remove(key);
        sweeps.values().forEach(keys -> keys.remove(key));
        if (rotten.containsKey(key)) {
            return;
        }
        Rule.NO_HOLE.require(!key.startsWith(Keys.RECORDS), key + " is deleted");
        Rule.CHUNK.require(!ledger.live().contains(key), key + " is deleted");
        Rule.STATE.require(!pages.contains(key), key + " is deleted");
        Rule.PLANNED.require(dead.contains(key), key + " is deleted");
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
        boolean inPlace = entry.seq() == seq && entry.log().equals(log);
        Rule.CHAIN.require(inPlace, key + " says it is " + entry.seq() + " of " + entry.log());
        Rule.CHAIN.require(entry.vault().equals(vault), key + " is of another vault");
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
            case Event.GapAck _, Event.Attempt _, Event.Reread _, Event.Resume _ -> {}
            case Event.Config _,
                    Event.Accepted _,
                    Event.Planned _,
                    Event.Cancel _,
                    Event.Report _ ->
                    Rule.CHAIN.require(false, seq + " is of another log");
        }
    }

    /// In a copy, what the original lost meanwhile may be missing.
    private void requireThere(long seq, String key) {
        Rule.DEAD.require(!dead.contains(key), seq + " names " + key);
        Rule.CHUNK.require(stored.containsKey(key) || isExcused(key), seq + " names " + key);
    }

    private boolean isExcused(String key) {
        return original != null
                && original.ledger.revision(key) > 0
                && !original.ledger.live().contains(key);
    }

    private void plan(long seq, SweepPlan plan) {
        Set<String> live = ledger.live();
        for (String key : own(plan.keys())) {
            boolean free = !live.contains(key) && !pages.contains(key);
            Rule.DEAD.require(free, seq + " would delete " + key);
        }
        Set<String> there = new HashSet<>(own(plan.keys()));
        there.retainAll(stored.keySet());
        sweeps.put(seq, there);
        dead.addAll(own(plan.keys()));
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
        for (String key : own(keys)) {
            Rule.TOLD.require(ledger.revision(key) == revision, "recorded: " + key);
        }
        Rule.TOLD.require(!keys.isEmpty() || ledger.isSettled(slice), "recorded: " + slice);
    }

    /// Somebody was told that another was first.
    void toldLost(List<String> keys) {
        own(keys).forEach(key -> Rule.TOLD.require(ledger.revision(key) == 0, "lost: " + key));
    }

    /// Somebody was told that the collector took some of these chunks.
    void toldSwept(List<String> keys) {
        Rule.TOLD.require(own(keys).stream().anyMatch(dead::contains), "swept: " + keys);
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
        disk.list("", "").stream()
                .filter(object -> concerns(object.key()))
                .forEach(
                        object ->
                                there.put(
                                        own(object.key()),
                                        Head.hash(disk.read(object.key()).orElseThrow())));
        Rule.CREATED_ONCE.require(there.equals(stored), "the disk is another one");
        for (int i = 0; i < hashes.size(); i++) {
            String now = there.getOrDefault(Keys.record(i + 1L), "");
            Rule.NO_HOLE.require(now.equals(hashes.get(i)), "record " + (i + 1));
        }
        for (String key : ledger.live()) {
            Rule.CHUNK.require(Keys.sha256(key).equals(there.get(key)) || isExcused(key), key);
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
