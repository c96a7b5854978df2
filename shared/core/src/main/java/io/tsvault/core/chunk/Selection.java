package io.tsvault.core.chunk;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What a selector means of a chunk in a range of time.
///
/// @param windows the row groups that reach into the range, by the number of their window
record Selection(ChunkReader reader, Wanted wanted, SortedMap<Long, List<RowGroup>> windows) {

    static Selection of(ChunkReader reader, Selector selector, TimeRange range) {
        SortedMap<Long, List<RowGroup>> windows =
                reader.rowGroups().stream()
                        .filter(group -> Wanted.reaches(group, range))
                        .collect(
                                Collectors.groupingBy(
                                        group -> Limits.window(group.times().minMs()),
                                        TreeMap::new,
                                        Collectors.toList()));
        return new Selection(reader, new Wanted(selector, range), windows);
    }

    /// Series by series.
    Stream<Series> series() {
        SeriesPlan plan = new SeriesPlan(reader, windows.values(), wanted);
        return stream(new SeriesCursor(reader, plan, wanted));
    }

    /// The series of one window of two hours.
    Iterator<Series> window(long number) {
        return new WindowCursor(reader, windows.getOrDefault(number, List.of()), wanted);
    }

    /// Window by window.
    Stream<ChunkWindow> windows(Duration width) {
        long widthMs = width.toMillis();
        if (widthMs < 1 || Limits.WINDOW_MS % widthMs != 0) {
            throw new IllegalArgumentException(
                    "windows of " + width + ": give two hours, or what they can be divided by");
        }
        return windows.entrySet().stream()
                .flatMap(
                        window ->
                                Limits.parts(window.getKey(), widthMs)
                                        .flatMap(part -> overlap(part, wanted.range()).stream())
                                        .map(part -> part(window.getValue(), part))
                                        .flatMap(Optional::stream));
    }

    private Optional<ChunkWindow> part(List<RowGroup> groups, TimeRange range) {
        List<RowGroup> inside =
                groups.stream().filter(group -> Wanted.reaches(group, range)).toList();
        Wanted there = new Wanted(wanted.selector(), range);
        return inside.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ChunkWindow(range, stream(new WindowCursor(reader, inside, there))));
    }

    private static Optional<TimeRange> overlap(TimeRange a, TimeRange b) {
        long start = Math.max(a.startMs(), b.startMs());
        long end = Math.min(a.endMs(), b.endMs());
        return start < end ? Optional.of(new TimeRange(start, end)) : Optional.empty();
    }

    private static Stream<Series> stream(Iterator<Series> iterator) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        iterator, Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }
}
