package io.tsvault.core.chunk;

import io.tsvault.core.series.Series;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Walks the wanted series of some row groups of one window, in label order. Decodes one group at a
/// time.
final class WindowCursor implements Iterator<Series> {
    private final ChunkReader reader;
    private final List<RowGroup> candidates;
    private final Wanted wanted;
    private final WindowOrder order = new WindowOrder();
    private @Nullable ReadAhead groups;
    private Iterator<Series> decoded = List.<Series>of().iterator();
    private @Nullable Series next;

    /// Reads nothing before it is asked for the first series.
    WindowCursor(ChunkReader reader, List<RowGroup> candidates, Wanted wanted) {
        this.reader = reader;
        this.candidates = candidates;
        this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
        if (groups == null) {
            groups = new ReadAhead(reader, candidates.stream().filter(this::mayHold).toList());
            next = following(groups);
        }
        return next != null;
    }

    @Override
    public Series next() {
        Series whole = hasNext() ? next : null;
        if (whole == null || groups == null) {
            throw new NoSuchElementException("no more series");
        }
        List<Series> parts = new ArrayList<>(1);
        parts.add(whole);
        long held = Parts.held(whole);
        next = following(groups);
        while (next != null && next.labels().equals(whole.labels())) {
            parts.add(next);
            held += Parts.held(next);
            Parts.requireFew(whole.labels(), held);
            next = following(groups);
        }
        return Parts.joined(parts);
    }

    /// The next series with samples in the range, or null behind the last.
    private @Nullable Series following(ReadAhead from) {
        while (true) {
            while (decoded.hasNext()) {
                Series series = decoded.next();
                if (wanted.matches(series.labels())) {
                    Series inside = wanted.within(series);
                    if (!Parts.isEmpty(inside)) {
                        return inside;
                    }
                }
            }
            if (!from.hasNext()) {
                return null;
            }
            decoded = decoded(from).iterator();
        }
    }

    private List<Series> decoded(ReadAhead from) {
        RowGroup group = from.peek();
        ByteSource bytes = from.bytes();
        return reader.unlessDamaged(
                group, List.of(), () -> order.require(group, reader.decode(group, bytes)));
    }

    private boolean mayHold(RowGroup group) {
        return wanted.mayBeIn(group)
                && reader.unlessDamaged(
                        group, false, () -> reader.names(group).labels().anyMatch(wanted::matches));
    }
}
