package io.tsvault.core.chunk;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Walks the wanted series of some row groups of one window, in label order. Reads neighbouring
/// groups together, and decodes them one at a time.
final class WindowCursor implements Iterator<Series> {
    /// Two groups with no more than this between them are read together: about what a request
    /// costs.
    private static final int GAP = 64 << 10;

    /// At most so many bytes are read together.
    private static final int RUN = 1 << 20;

    private static final List<Series> NO_SERIES = List.of();

    private final ChunkReader reader;
    private final List<RowGroup> groups;
    private final Selector selector;
    private final TimeRange range;
    private int nextGroup;
    private Iterator<Series> decoded = NO_SERIES.iterator();
    private @Nullable ByteSource run;
    private @Nullable Series next;

    WindowCursor(ChunkReader reader, List<RowGroup> groups, Selector selector, TimeRange range) {
        this.reader = reader;
        this.selector = selector;
        this.range = range;
        this.groups = groups.stream().filter(this::mayHold).toList();
        next = wanted();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Series next() {
        Series whole = next;
        if (whole == null) {
            throw new NoSuchElementException("no more series");
        }
        List<Series> parts = new ArrayList<>(1);
        parts.add(whole);
        next = wanted();
        while (next != null && next.labels().equals(whole.labels())) {
            parts.add(next);
            next = wanted();
        }
        return Parts.joined(parts);
    }

    /// The next series with samples in the range, or null behind the last.
    private @Nullable Series wanted() {
        while (true) {
            while (decoded.hasNext()) {
                Series series = decoded.next();
                if (selector.matches(series.labels())) {
                    Series inside = within(series);
                    if (inside.samples().size() + inside.histograms().size() > 0) {
                        return inside;
                    }
                }
            }
            if (nextGroup == groups.size()) {
                return null;
            }
            RowGroup group = groups.get(nextGroup);
            ByteSource bytes = bytes(group.extent());
            nextGroup++;
            decoded =
                    reader.unlessDamaged(group, NO_SERIES, () -> reader.decode(group, bytes))
                            .iterator();
        }
    }

    private Series within(Series series) {
        return new Series(
                series.labels(), series.samples().within(range), series.histograms().within(range));
    }

    private boolean mayHold(RowGroup group) {
        for (Matcher matcher : selector.matchers()) {
            if (matcher.op() == Matcher.Op.EQUAL && matcher.name().equals(Labels.METRIC_NAME)) {
                Labels metric =
                        MetricNames.labels(matcher.value().getBytes(StandardCharsets.UTF_8));
                if (metric.compareTo(group.metrics().min()) < 0
                        || metric.compareTo(group.metrics().max()) > 0) {
                    return false;
                }
            }
        }
        return reader.unlessDamaged(
                group, false, () -> reader.names(group).labels().anyMatch(selector::matches));
    }

    private ByteSource bytes(Extent wanted) {
        ByteSource current = run;
        if (current == null || wanted.end() > current.end()) {
            current = reader.read(runFrom(wanted));
            run = current;
        }
        return current.at(wanted);
    }

    /// The next group, and those behind it that are worth reading with it.
    private Extent runFrom(Extent first) {
        long end = first.end();
        for (int i = nextGroup + 1; i < groups.size(); i++) {
            Extent more = groups.get(i).extent();
            if (more.offset() - end > GAP || more.end() - first.offset() > RUN) {
                break;
            }
            end = more.end();
        }
        return new Extent(first.offset(), (int) (end - first.offset()));
    }
}
