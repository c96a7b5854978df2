package io.tsvault.core.vault;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Accepted;
import io.tsvault.core.vault.record.Event.Amend;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;
import io.tsvault.core.vault.record.Event.Cancel;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.core.vault.record.Event.Commit;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.Event.Empty;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.GapAck;
import io.tsvault.core.vault.record.Event.OfSlice;
import io.tsvault.core.vault.record.Event.Part;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Planned;
import io.tsvault.core.vault.record.Event.Report;
import io.tsvault.core.vault.record.Event.Reread;
import io.tsvault.core.vault.record.Event.Resume;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Event.SweepDone;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.Event.Unpin;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a stream has, as its records tell. Grows with each record that is read; for one thread.
public final class StreamState {
    /// What became of a slice.
    public enum Status {
        COMMITTED,
        /// Committed, but the source gave less than all.
        PARTIAL,
        EMPTY,
        GAP,
        EXPIRED
    }

    /// The samples of a slice, as they were read at one time.
    ///
    /// @param seq of the record
    /// @param chunks empty when there was nothing
    /// @param capture how they were had
    public record Revision(long seq, long writtenMs, List<ChunkRef> chunks, Capture capture) {}

    /// Tries that fail, one after the other.
    ///
    /// @param last of them
    /// @param sinceMs when the first was recorded
    /// @param lastMs when the last was recorded
    public record Trouble(Attempt last, long sinceMs, long lastMs) {}

    /// A slice that is settled.
    ///
    /// @param seq of the record that settled it
    /// @param revisions oldest first; the newest one counts; none for a gap, or once expired
    /// @param acknowledged a gap that a person has seen
    public record Settled(
            TimeRange slice,
            Status status,
            long seq,
            List<Revision> revisions,
            boolean acknowledged) {
        /// The chunks that count.
        public List<ChunkRef> chunks() {
            return revisions.isEmpty() ? List.of() : revisions.getLast().chunks();
        }
    }

    /// A source that contradicts itself so often will go on to.
    private static final int MOST_UNSOUND = 3;

    private final LogName log;
    private final NavigableMap<Long, Settled> slices = new TreeMap<>();
    private final SortedMap<Long, Part> parts = new TreeMap<>();
    private final Set<String> dead = new HashSet<>();
    private final SortedMap<Long, SweepPlan> unfinished = new TreeMap<>();
    private final Map<String, Pin> pins = new HashMap<>();
    private final Set<Long> reread = new HashSet<>();
    private final NavigableMap<Long, Unsound> unsound = new TreeMap<>();
    private final NavigableSet<Long> contradictions = new TreeSet<>();
    private final NavigableMap<Long, Long> tried = new TreeMap<>();
    private int failures;
    private Optional<Trouble> trouble = Optional.empty();
    private Optional<Capture> newest = Optional.empty();
    private OptionalLong earliestMs = OptionalLong.empty();

    StreamState(LogName log) {
        this.log = log;
    }

    /// A slice that no try could keep, for what came was not sound.
    ///
    /// @param problem of the last try
    public record Unsound(TimeRange slice, int tries, String problem) {}

    /// The slice that halts the stream until a person has looked, if one does.
    public Optional<Unsound> halt() {
        return unsound.values().stream().filter(one -> one.tries() >= MOST_UNSOUND).findFirst();
    }

    /// The numbers of the records of tries to which the source gave what was not sound.
    public NavigableSet<Long> contradictions() {
        return Collections.unmodifiableNavigableSet(contradictions);
    }

    /// All settled slices in the order of time.
    public SequencedCollection<Settled> slices() {
        return Collections.unmodifiableSequencedCollection(slices.sequencedValues());
    }

    /// What became of a slice; empty while it is not settled.
    public Optional<Settled> slice(TimeRange slice) {
        return Optional.ofNullable(slices.get(slice.startMs()))
                .filter(settled -> settled.slice().equals(slice));
    }

    /// The end of the longest row of settled slices that begins at `originMs`.
    public long watermarkMs(long originMs) {
        long end = originMs;
        for (Settled settled : slices.tailMap(originMs, true).values()) {
            if (settled.slice().startMs() != end) {
                return end;
            }
            end = settled.slice().endMs();
        }
        return end;
    }

    /// The parts of a slice that are kept and not yet committed, by the number of their records.
    public SortedMap<Long, Part> parts(TimeRange slice) {
        SortedMap<Long, Part> found = new TreeMap<>();
        parts.forEach(
                (seq, part) -> {
                    if (part.slice().equals(slice)) {
                        found.put(seq, part);
                    }
                });
        return found;
    }

    /// Who needs what, by the name of the holder.
    public Map<String, Pin> pins() {
        return Collections.unmodifiableMap(pins);
    }

    /// How many tries have failed since a slice was last settled.
    public int failures() {
        return failures;
    }

    /// When the last try to keep the unsettled slice that begins there failed; empty when none did.
    OptionalLong triedMs(long startMs) {
        Long ms = tried.get(startMs);
        return ms == null ? OptionalLong.empty() : OptionalLong.of(ms);
    }

    /// What has failed last, until its slice is settled; what was about no slice, until any is.
    public Optional<Trouble> trouble() {
        return trouble;
    }

    /// Where the first slice begins that any record tells of, a failed try included.
    public OptionalLong earliestMs() {
        return earliestMs;
    }

    /// How the slice that was kept last was had.
    public Optional<Capture> newestCapture() {
        return newest;
    }

    /// Was this slice read again, and was it the same?
    public boolean wasReread(TimeRange slice) {
        return reread.contains(slice.startMs());
    }

    /// The sweeps that were planned and are not known to be done, by the number of their records.
    public SortedMap<Long, SweepPlan> unfinishedSweeps() {
        return Collections.unmodifiableSortedMap(unfinished);
    }

    /// Was this key ever planned to be deleted? Then no record may name it any more.
    public boolean isDead(String key) {
        return dead.contains(key);
    }

    /// Is the key of this chunk dead?
    boolean isDead(TimeRange slice, ChunkRef chunk) {
        return !dead.isEmpty() && isDead(key(slice, chunk));
    }

    /// The number of the live record that names this chunk.
    Optional<Long> naming(String chunk) {
        for (Settled settled : slices.values()) {
            for (Revision revision : settled.revisions()) {
                if (has(settled.slice(), revision.chunks(), chunk)) {
                    return Optional.of(revision.seq());
                }
            }
        }
        return parts.entrySet().stream()
                .filter(part -> has(part.getValue().slice(), part.getValue().chunks(), chunk))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean has(TimeRange slice, List<ChunkRef> chunks, String key) {
        return chunks.stream().anyMatch(chunk -> key(slice, chunk).equals(key));
    }

    /// The keys of all chunks that a live record names, all revisions included.
    public SortedMap<String, ChunkRef> liveChunks() {
        SortedMap<String, ChunkRef> live = new TreeMap<>();
        for (Settled settled : slices.values()) {
            for (Revision revision : settled.revisions()) {
                revision.chunks().forEach(chunk -> live.put(key(settled.slice(), chunk), chunk));
            }
        }
        for (Part part : parts.values()) {
            part.chunks().forEach(chunk -> live.put(key(part.slice(), chunk), chunk));
        }
        return live;
    }

    /// Where this stream has this chunk.
    String key(TimeRange slice, ChunkRef chunk) {
        return ObjectKey.chunk(log, slice, chunk);
    }

    /// Is this such a key as this stream has chunks and pages under?
    boolean isChunkOrPage(String key) {
        return ObjectKey.isChunkOrPage(log, key);
    }

    /// Takes one more record, of which [StreamRules] found that it can follow.
    void take(Entry entry) {
        if (entry.event() instanceof OfSlice about && !about.slice().equals(TimeRange.ALL)) {
            long startMs = about.slice().startMs();
            earliestMs = OptionalLong.of(Math.min(startMs, earliestMs.orElse(startMs)));
        }
        switch (entry.event()) {
            case Commit commit -> commit(commit, entry);
            case Part part -> parts.put(entry.seq(), part);
            case Empty empty ->
                    settle(
                            empty.slice(),
                            Status.EMPTY,
                            List.of(revision(entry, List.of(), empty.capture())),
                            entry);
            case Gap gap -> settle(gap.slice(), Status.GAP, List.of(), entry);
            case GapAck ack -> acknowledge(settled(ack.slice()));
            case Amend amend -> amend(amend, entry);
            case Reread(var again) -> again.forEach(slice -> reread.add(slice.startMs()));
            case Attempt attempt -> fail(attempt, entry);
            case Resume _ -> {
                unsound.clear();
                trouble = Optional.empty();
            }
            case Expire expire -> expire.ranges().forEach(range -> expire(range, entry));
            case SweepPlan plan -> {
                dead.addAll(plan.keys());
                unfinished.put(entry.seq(), plan);
            }
            case SweepDone done -> unfinished.remove(done.plan());
            case Pin pin -> pins.put(pin.holder(), pin);
            case Unpin unpin -> pins.remove(unpin.holder());
            case State _, Config _, Accepted _, Planned _, Cancel _, Report _ -> {}
        }
    }

    private void commit(Commit commit, Entry entry) {
        Map<Long, Part> kept = parts(commit.slice());
        List<ChunkRef> chunks = new ArrayList<>();
        commit.parts().stream().map(kept::get).map(Part::chunks).forEach(chunks::addAll);
        chunks.addAll(commit.chunks());
        settle(
                commit.slice(),
                commit.whole() ? Status.COMMITTED : Status.PARTIAL,
                List.of(revision(entry, chunks, commit.capture())),
                entry);
        parts.keySet().removeAll(kept.keySet());
    }

    private void acknowledge(Settled gap) {
        put(new Settled(gap.slice(), gap.status(), gap.seq(), gap.revisions(), true));
    }

    private void amend(Amend amend, Entry entry) {
        Settled old = settled(amend.slice());
        List<Revision> revisions = new ArrayList<>(old.revisions());
        revisions.add(revision(entry, amend.chunks(), amend.capture()));
        Status status = old.status() == Status.PARTIAL ? Status.PARTIAL : Status.COMMITTED;
        put(new Settled(old.slice(), status, old.seq(), List.copyOf(revisions), false));
    }

    private void expire(TimeRange range, Entry entry) {
        for (Settled settled : within(range)) {
            put(new Settled(settled.slice(), Status.EXPIRED, entry.seq(), List.of(), false));
        }
        parts.values().removeIf(part -> isWithin(part.slice(), range));
    }

    /// The settled slices that lie in this range, whole.
    List<Settled> within(TimeRange range) {
        return slices.tailMap(range.startMs(), true).values().stream()
                .takeWhile(settled -> settled.slice().startMs() < range.endMs())
                .filter(settled -> isWithin(settled.slice(), range))
                .toList();
    }

    private static boolean isWithin(TimeRange slice, TimeRange range) {
        return slice.startMs() >= range.startMs() && slice.endMs() <= range.endMs();
    }

    /// Does a pin reach into this slice?
    public boolean isPinned(TimeRange slice) {
        return pins.values().stream().anyMatch(pin -> pin.range().meets(slice));
    }

    /// Would a slice settled now be the only one at its time?
    public boolean isUnsettled(TimeRange slice) {
        Map.Entry<Long, Settled> before = slices.lowerEntry(slice.endMs());
        return before == null || before.getValue().slice().endMs() <= slice.startMs();
    }

    private void settle(TimeRange slice, Status status, List<Revision> revisions, Entry entry) {
        failures = 0;
        unsound.subMap(slice.startMs(), slice.endMs()).clear();
        tried.subMap(slice.startMs(), slice.endMs()).clear();
        put(new Settled(slice, status, entry.seq(), revisions, false));
        trouble =
                trouble.filter(
                        t -> {
                            TimeRange about = t.last().slice();
                            return !about.equals(TimeRange.ALL) && isUnsettled(about);
                        });
    }

    private void fail(Attempt attempt, Entry entry) {
        failures++;
        long nowMs = entry.writtenMs();
        tried.put(attempt.slice().startMs(), nowMs);
        long sinceMs = trouble.map(Trouble::sinceMs).orElse(nowMs);
        trouble = Optional.of(new Trouble(attempt, sinceMs, nowMs));
        if (attempt.outlook() == Outlook.UNSOUND) {
            contradictions.add(entry.seq());
            TimeRange slice = attempt.slice();
            unsound.merge(
                    slice.startMs(),
                    new Unsound(slice, 1, attempt.problem()),
                    (before, now) -> new Unsound(slice, before.tries() + 1, now.problem()));
        }
    }

    private void put(Settled settled) {
        slices.put(settled.slice().startMs(), settled);
    }

    private Settled settled(TimeRange slice) {
        return slice(slice).orElseThrow();
    }

    /// Captures that are alike are kept once.
    private Revision revision(Entry entry, List<ChunkRef> chunks, Capture capture) {
        Capture shared = newest.filter(capture::equals).orElse(capture);
        newest = Optional.of(shared);
        return new Revision(entry.seq(), entry.writtenMs(), List.copyOf(chunks), shared);
    }
}
