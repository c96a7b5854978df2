package io.tsvault.core.chunk;

import io.tsvault.core.chunk.SeriesPlan.Found;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/// Walks the wanted series of all windows in label order, each with its samples of every window.
///
/// That is against the order of the file, so the file is gone through several times, each time for
/// as many series as may be held, however long the chunk is:
///
/// ```text
///              window 0   window 1   window 2 ...
///  series a      -------------------------->   1st time
///  series b      -------------------------->
///  series c      -------------------------->   2nd time
/// ```
///
/// When the series of one time turn out too long, the greatest are left to the next; when one alone
/// is too long, it comes in several parts.
final class SeriesCursor implements Iterator<Series> {
    /// What a series, or a part of one, takes besides its samples, in values of 16 bytes.
    private static final int OBJECTS = 12;

    private static final int VALUE_BYTES = 16;

    private final ChunkReader reader;
    private final Wanted wanted;
    private final SeriesPlan plan;
    private List<Found> found = List.of();
    private ReadAhead groups;
    private int next;
    private long window;
    private WindowOrder order = new WindowOrder();
    private Labels from = Labels.NONE;
    private @Nullable Labels below = Labels.NONE;
    private NavigableMap<Labels, List<Series>> parts = new TreeMap<>();
    private long held;
    private NavigableMap<Labels, List<Series>> ready = new TreeMap<>();

    /// Reads nothing before it is asked for the first series.
    SeriesCursor(ChunkReader reader, SeriesPlan plan, Wanted wanted) {
        this.reader = reader;
        this.plan = plan;
        this.wanted = wanted;
        groups = new ReadAhead(reader, List.of());
    }

    /// What a series takes of [Limits#HELD_VALUES] before it has samples.
    static int held(Labels labels) {
        return OBJECTS + labels.byteLength() / VALUE_BYTES;
    }

    private static long held(Series part) {
        return OBJECTS + (long) Parts.values(part);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty()) {
            if (!groups.hasNext()) {
                Labels least = below;
                if (least == null) {
                    return false;
                }
                begin(least);
            }
            advance();
        }
        return true;
    }

    @Override
    public Series next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more series");
        }
        return Parts.joined(ready.pollFirstEntry().getValue());
    }

    /// Goes to the front of the file, for the series from this one on.
    private void begin(Labels least) {
        from = least;
        SeriesPlan.Groups planned = plan.next(from);
        found = planned.found();
        below = planned.below();
        groups = new ReadAhead(reader, found.stream().map(Found::group).toList());
        next = 0;
        window = Long.MIN_VALUE;
    }

    /// Takes series from groups until there is no more of them, or more than may be held.
    private void advance() {
        boolean full = false;
        while (groups.hasNext() && !full) {
            decoded().forEach(this::hold);
            full = isFull();
        }
        ready = parts;
        parts = new TreeMap<>();
        held = 0;
    }

    private List<Series> decoded() {
        RowGroup group = groups.peek();
        if (Limits.window(group.times().minMs()) != window) {
            window = Limits.window(group.times().minMs());
            order = new WindowOrder();
        }
        ByteSource bytes = groups.bytes();
        next++;
        List<Series> decoded =
                reader.unlessDamaged(
                        group, List.of(), () -> order.require(group, reader.decode(group, bytes)));
        if (decoded.isEmpty()) {
            plan.lose(group);
        }
        return decoded;
    }

    private void hold(Series series) {
        Labels labels = series.labels();
        if (labels.compareTo(from) < 0 || isLeft(labels) || !wanted.matches(labels)) {
            return;
        }
        Series inside = wanted.within(series);
        if (Parts.isEmpty(inside)) {
            return;
        }
        List<Series> before = parts.get(labels);
        if (before == null) {
            before = new ArrayList<>();
            parts.put(labels, before);
            held += held(labels);
        }
        Labels shared = before.isEmpty() ? labels : before.getFirst().labels();
        before.add(new Series(shared, copy(inside.samples()), inside.histograms()));
        held += held(inside);
    }

    private boolean isLeft(Labels labels) {
        return below != null && labels.compareTo(below) >= 0;
    }

    /// Of its own: a part of a decoded group would hold all of it.
    private static Samples copy(Samples samples) {
        long[] timestampsMs = new long[samples.size()];
        long[] bits = new long[samples.size()];
        samples.copyTimestamps(timestampsMs, 0);
        samples.copyValueBits(bits, 0);
        return Samples.view(timestampsMs, 0, bits, 0, bits.length);
    }

    /// Leaves the greatest series to the next time, as long as too much is held.
    ///
    /// @return whether only the least series is left, and still too long
    private boolean isFull() {
        while (held > Limits.HELD_VALUES) {
            Map.Entry<Labels, List<Series>> last = parts.lastEntry();
            Labels greatest = last.getKey();
            if (parts.size() == 1 && !mayHaveLess(greatest)) {
                from = greatest;
                return true;
            }
            below = greatest;
            parts.remove(greatest);
            held -= held(greatest);
            held -= last.getValue().stream().mapToLong(SeriesCursor::held).sum();
        }
        return false;
    }

    /// May a group that was not yet decoded have a series that comes before this one?
    private boolean mayHaveLess(Labels series) {
        return found.subList(next, found.size()).stream()
                .anyMatch(group -> group.first().compareTo(series) < 0);
    }
}
