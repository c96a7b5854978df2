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

    private static final List<Series> NO_SERIES = List.of();

    private final ChunkReader reader;
    private final List<RowGroup> candidates;
    private final Wanted wanted;
    private List<RowGroup> groups = List.of();
    private int nextGroup;
    private Iterator<Series> decoded = NO_SERIES.iterator();
    private Labels lastLabels = Labels.NONE;
    private long lastMs;
    private boolean begun;
    private boolean hasBefore;
    private @Nullable ByteSource run;
    private @Nullable Series next;

    /// What is asked for.
    ///
    /// @param windows how many are read at a time, and share what may be held
    record Wanted(Selector selector, TimeRange range, int windows) {
        private static final int READ_AHEAD = 1 << 20;

        /// At most so many bytes are read together.
        int readAhead() {
            return READ_AHEAD / windows;
        }

        /// At most so many values are joined to a series.
        int held() {
            return Limits.JOINED_VALUES / windows;
        }
    }

    /// Reads nothing before it is asked for the first series.
    WindowCursor(ChunkReader reader, List<RowGroup> candidates, Wanted wanted) {
        this.reader = reader;
        this.candidates = candidates;
        this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
        if (!begun) {
            begun = true;
            groups = candidates.stream().filter(this::mayHold).toList();
            next = wanted();
        }
        return next != null;
    }

    @Override
    public Series next() {
        Series whole = hasNext() ? next : null;
        if (whole == null) {
            throw new NoSuchElementException("no more series");
        }
        List<Series> parts = new ArrayList<>(1);
        parts.add(whole);
        long held = Parts.held(whole);
        next = wanted();
        while (next != null && next.labels().equals(whole.labels())) {
            parts.add(next);
            held += Parts.held(next);
            Parts.requireFew(whole.labels(), held, wanted.held());
            next = wanted();
        }
        return Parts.joined(parts);
    }

    /// The next series with samples in the range, or null behind the last.
    private @Nullable Series wanted() {
        while (true) {
            while (decoded.hasNext()) {
                Series series = decoded.next();
                if (wanted.selector().matches(series.labels())) {
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
                    reader.unlessDamaged(group, NO_SERIES, () -> inOrder(group, bytes)).iterator();
        }
    }

    private List<Series> inOrder(RowGroup group, ByteSource bytes) {
        List<Series> series = reader.decode(group, bytes);
        series.forEach(this::requireOrder);
        return series;
    }

    /// Labels ascend, and the same series again goes on where it ended.
    private void requireOrder(Series series) {
        Parts.Times times = Parts.times(series);
        int order = series.labels().compareTo(lastLabels);
        if (order < 0 || (order == 0 && hasBefore && times.minMs() <= lastMs)) {
            throw new DamagedChunk(
                    groups.get(nextGroup - 1).extent().offset(),
                    series.labels() + " is not in its place");
        }
        hasBefore = true;
        lastLabels = series.labels();
        lastMs = times.maxMs();
    }

    private Series within(Series series) {
        return new Series(
                series.labels(),
                series.samples().within(wanted.range()),
                series.histograms().within(wanted.range()));
    }

    private boolean mayHold(RowGroup group) {
        for (Matcher matcher : wanted.selector().matchers()) {
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
                group,
                false,
                () -> reader.names(group).labels().anyMatch(wanted.selector()::matches));
    }

    /// Keeps no more than what is read ahead: a group may be ten times as long.
    private ByteSource bytes(Extent extent) {
        ByteSource current = run;
        if (current == null || extent.end() > current.end()) {
            current = reader.read(runFrom(extent));
        }
        run = extent.end() < current.end() ? current : null;
        return current.at(extent);
    }

    /// The next group, and those behind it that are worth reading with it.
    private Extent runFrom(Extent first) {
        long end = first.end();
        for (int i = nextGroup + 1; i < groups.size(); i++) {
            Extent more = groups.get(i).extent();
            if (more.offset() - end > GAP || more.end() - first.offset() > wanted.readAhead()) {
                break;
            }
            end = more.end();
        }
        return new Extent(first.offset(), (int) (end - first.offset()));
    }
}
