package io.tsvault.core.vault.sim;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.Event.Amend;
import io.tsvault.core.vault.record.Event.Commit;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.OfSlice;
import io.tsvault.core.vault.record.Event.Part;
import io.tsvault.core.vault.record.Event.WithChunks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// What the records say of slices, by the rules of the design and by no code of production.
final class Ledger {
    /// A settled slice.
    ///
    /// @param revisions the keys of each
    private record Kept(TimeRange slice, boolean expired, List<List<String>> revisions) {}

    private record Piece(Part part, List<String> keys) {}

    private final NavigableMap<Long, Kept> slices = new TreeMap<>();
    private final NavigableMap<Long, Piece> pieces = new TreeMap<>();
    private final Map<String, TimeRange> pins = new HashMap<>();
    private final List<Long> watermarks = new ArrayList<>();

    /// Each key that a record has ever named, and as which revision of its slice.
    private final Map<String, Integer> named = new HashMap<>();

    Ledger() {}

    Ledger(Ledger ledger) {
        slices.putAll(ledger.slices);
        pieces.putAll(ledger.pieces);
        pins.putAll(ledger.pins);
        watermarks.addAll(ledger.watermarks);
        named.putAll(ledger.named);
    }

    static List<String> keys(WithChunks event) {
        return event.chunks().stream().map(chunk -> Keys.chunk(event.slice(), chunk)).toList();
    }

    boolean isSettled(TimeRange slice) {
        return slices.values().stream().anyMatch(kept -> kept.slice().meets(slice));
    }

    boolean isExpired(TimeRange slice) {
        return slices.values().stream()
                .anyMatch(kept -> kept.expired() && kept.slice().meets(slice));
    }

    void commit(long seq, Commit commit) {
        requireUnsettled(seq, commit);
        List<String> keys = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (long number : commit.parts()) {
            Piece piece = pieces.remove(number);
            boolean belongs = piece != null && piece.part().slice().equals(commit.slice());
            Rule.PARTS.require(belongs, seq + " takes " + number);
            if (piece != null) {
                taken.add(piece.part().part());
                keys.addAll(piece.keys());
            }
        }
        for (Piece left : pieces.values()) {
            boolean forgotten =
                    !taken.isEmpty()
                            && left.part().slice().equals(commit.slice())
                            && !taken.contains(left.part().part());
            Rule.PARTS.require(!forgotten, seq + " forgets " + left.part().part());
        }
        pieces.values().removeIf(left -> left.part().slice().equals(commit.slice()));
        keys.addAll(name(keys(commit), 1));
        put(new Kept(commit.slice(), false, List.of(keys)));
    }

    void part(long seq, Part part) {
        requireUnsettled(seq, part);
        pieces.put(seq, new Piece(part, name(keys(part), 1)));
    }

    void settle(long seq, OfSlice event, int revisions) {
        requireUnsettled(seq, event);
        put(new Kept(event.slice(), false, revisions == 0 ? List.of() : List.of(List.of())));
    }

    void amend(long seq, Amend amend) {
        Kept old = slices.get(amend.slice().startMs());
        boolean live = old != null && old.slice().equals(amend.slice()) && !old.expired();
        Rule.AMEND.require(live, seq + " amends " + amend.slice());
        if (old != null) {
            List<List<String>> revisions = new ArrayList<>(old.revisions());
            revisions.add(name(keys(amend), old.revisions().size() + 1));
            put(new Kept(old.slice(), false, revisions));
        }
    }

    void expire(long seq, Expire expire) {
        for (TimeRange range : expire.ranges()) {
            for (Kept kept : List.copyOf(slices.values())) {
                if (isWithin(kept.slice(), range)) {
                    boolean pinned =
                            pins.values().stream().anyMatch(pin -> pin.meets(kept.slice()));
                    Rule.PINNED.require(!pinned, seq + " lets go of " + kept.slice());
                    put(new Kept(kept.slice(), true, List.of()));
                }
            }
            pieces.values().removeIf(piece -> isWithin(piece.part().slice(), range));
        }
    }

    private static boolean isWithin(TimeRange slice, TimeRange range) {
        return range.startMs() <= slice.startMs() && slice.endMs() <= range.endMs();
    }

    void pin(String holder, TimeRange range) {
        pins.put(holder, range);
    }

    void unpin(String holder) {
        pins.remove(holder);
    }

    private void requireUnsettled(long seq, OfSlice event) {
        Rule.ONE_COMMIT.require(!isSettled(event.slice()), seq + " settles " + event.slice());
    }

    private void put(Kept kept) {
        slices.put(kept.slice().startMs(), kept);
    }

    private List<String> name(List<String> keys, int revision) {
        keys.forEach(key -> named.put(key, revision));
        return keys;
    }

    /// 0 when no record ever named it.
    int revision(String key) {
        return named.getOrDefault(key, 0);
    }

    Set<String> live() {
        Set<String> live = new HashSet<>();
        slices.values().forEach(kept -> kept.revisions().forEach(live::addAll));
        pieces.values().forEach(piece -> live.addAll(piece.keys()));
        return live;
    }

    /// After each record.
    void mark() {
        long end = Slices.ORIGIN_MS;
        for (Kept kept : slices.values()) {
            if (kept.slice().startMs() == end) {
                end = kept.slice().endMs();
            }
        }
        long before = watermarks.isEmpty() ? Slices.ORIGIN_MS : watermarks.getLast();
        Rule.WATERMARK.require(end >= before, "from " + before + " to " + end);
        watermarks.add(end);
    }

    /// After this record.
    long watermarkMs(long seq) {
        return seq == 0 ? Slices.ORIGIN_MS : watermarks.get((int) seq - 1);
    }
}
