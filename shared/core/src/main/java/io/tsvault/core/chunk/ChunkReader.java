package io.tsvault.core.chunk;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.WindowCursor.Wanted;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads a chunk: its end first, then only the row groups that are needed.
///
/// Whatever it reads is checked. Bytes that no writer wrote are a [DamagedChunk], at once or when
/// the series that they spoil is taken. For one thread.
public final class ChunkReader implements AutoCloseable {
    /// One read of so many bytes has the index of nearly every file.
    private static final int TAIL = 64 << 10;

    /// What an open window takes in memory besides its row group, in values of 8 bytes.
    private static final int WINDOW_VALUES = 512;

    /// Label blocks are small, and neighbours share one.
    private static final int LABEL_BLOCKS_KEPT = 4;

    private final ByteRanges file;
    private final Consumer<Loss> lost;
    private final StreamSource streams;
    private final long tailOffset;
    private final byte[] tail;
    private final Frame frame;
    private final Index index;
    private final Map<Integer, LabelBlock> labelBlocks = new LinkedHashMap<>();

    /// A part of a chunk that cannot be read.
    ///
    /// @param rowGroup whose series are missing; none for the metadata
    public record Loss(Optional<RowGroup> rowGroup, DamagedChunk damage) {}

    private ChunkReader(ByteRanges file, StreamSource streams, Consumer<Loss> lost) {
        this.file = file;
        this.streams = streams;
        this.lost = lost;
        long size = file.size();
        if (size < Frame.HEADER + Frame.TRAILER) {
            throw new DamagedChunk(0, "a file of " + size + " bytes is too short to be a chunk");
        }
        if (size > Limits.FILE_BYTES) {
            throw new DamagedChunk(0, "a file of " + size + " bytes is too long to be a chunk");
        }
        tailOffset = Math.max(0, size - TAIL);
        tail = file.read(tailOffset, (int) (size - tailOffset));
        if (tailOffset == 0) {
            Frame.requireHeader(new ByteSource(tail, 0));
        }
        ByteSource end = read(new Extent(size - Frame.TRAILER, Frame.TRAILER));
        frame = Frame.ofTrailer(end);
        Extent extent = frame.index();
        index = Index.decode(stream(extent, StreamKind.INDEX), extent.offset());
    }

    /// Reads the end of a chunk, and closes `file` together with itself, or when that fails.
    ///
    /// @throws DamagedChunk when it is no whole chunk
    /// @throws UnsupportedChunk when this version cannot read it
    public static ChunkReader open(ByteRanges file) {
        return open(
                file,
                loss -> {
                    throw loss.damage();
                });
    }

    /// The same for a chunk whose beginning and end are whole, and which may be damaged between:
    /// what cannot be read is left out, and told to `lost` whenever it is met.
    ///
    /// @throws DamagedChunk when it does not begin and end as a chunk
    /// @throws UnsupportedChunk when this version cannot read it
    public static ChunkReader salvage(ByteRanges file, Consumer<Loss> lost) {
        ChunkReader reader = open(file, lost);
        try {
            Frame.requireHeader(reader.read(new Extent(0, Frame.HEADER)));
            return reader;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static ChunkReader open(ByteRanges file, Consumer<Loss> lost) {
        StreamSource streams = new StreamSource();
        try {
            return new ChunkReader(file, streams, lost);
        } catch (RuntimeException e) {
            streams.close();
            file.close();
            throw e;
        }
    }

    /// What the chunk holds.
    public ChunkSummary summary() {
        return ChunkSummary.of(index, file.size());
    }

    /// What else its writer said of it.
    public Map<String, String> properties() {
        return index.properties();
    }

    /// Its row groups: by window, and in each window by label.
    public List<RowGroup> rowGroups() {
        return index.groups();
    }

    /// What is known of its metrics.
    public List<Metadata> metadata() {
        return unlessDamaged(
                Optional.empty(),
                List.of(),
                () ->
                        index.metadata()
                                .map(at -> MetadataBlock.decode(stream(at, StreamKind.METADATA)))
                                .orElse(List.of()));
    }

    /// What its bytes are used for. Reads, decodes and so verifies every row group.
    public ChunkAnatomy anatomy() {
        return new Dissection(this).anatomy();
    }

    /// The series that `selector` means, in label order, each with all its samples in `range`.
    /// Holds one row group of every window of two hours: see [#windows] for long chunks.
    ///
    /// @throws IllegalArgumentException when these groups are more than two million values; and
    ///     when a series is taken that has more than a million floats
    public Stream<Series> series(Selector selector, TimeRange range) {
        Collection<List<RowGroup>> windows = byWindow(range).values();
        long held = windows.stream().mapToLong(ChunkReader::mostHeld).sum();
        if (held > Limits.HELD_VALUES) {
            throw new IllegalArgumentException(
                    "merging %d windows would hold %d values, at most %d: read window by window"
                            .formatted(windows.size(), held, Limits.HELD_VALUES));
        }
        List<Iterator<Series>> cursors = new ArrayList<>();
        for (List<RowGroup> groups : windows) {
            cursors.add(
                    new WindowCursor(this, groups, new Wanted(selector, range, windows.size())));
        }
        return stream(Merge.ofSeries(cursors));
    }

    /// What a window may hold while it is merged, its own objects included.
    private static long mostHeld(List<RowGroup> groups) {
        return groups.stream().mapToLong(group -> group.size().values()).max().orElse(0)
                + WINDOW_VALUES;
    }

    /// The same samples window by window: all series of one, then all of the next. Holds one row
    /// group.
    ///
    /// @param width of a window: two hours, or what two hours can be divided by; windows begin at
    ///     multiples of it since the epoch, and those that no row group reaches are left out
    /// @throws IllegalArgumentException when a series is taken that has more than 1.3 million
    ///     floats in its window: read narrower ones
    public Stream<ChunkWindow> windows(Selector selector, TimeRange range, Duration width) {
        long widthMs = width.toMillis();
        if (widthMs < 1 || Limits.WINDOW_MS % widthMs != 0) {
            throw new IllegalArgumentException(
                    "windows of " + width + ": give two hours, or what they can be divided by");
        }
        return byWindow(range).entrySet().stream()
                .flatMap(
                        window ->
                                Limits.parts(window.getKey(), widthMs)
                                        .flatMap(part -> overlap(part, range).stream())
                                        .map(part -> window(window.getValue(), selector, part))
                                        .flatMap(Optional::stream));
    }

    private Optional<ChunkWindow> window(
            List<RowGroup> groups, Selector selector, TimeRange range) {
        List<RowGroup> inside = groups.stream().filter(group -> reaches(group, range)).toList();
        return inside.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ChunkWindow(
                                range,
                                stream(
                                        new WindowCursor(
                                                this, inside, new Wanted(selector, range, 1)))));
    }

    SortedMap<Long, List<RowGroup>> byWindow(TimeRange range) {
        return index.groups().stream()
                .filter(group -> reaches(group, range))
                .collect(
                        Collectors.groupingBy(
                                group -> Limits.window(group.times().minMs()),
                                TreeMap::new,
                                Collectors.toList()));
    }

    private static boolean reaches(RowGroup group, TimeRange range) {
        return group.times().maxMs() >= range.startMs()
                && (group.times().minMs() < range.endMs() || range.endMs() == Long.MAX_VALUE);
    }

    private static Optional<TimeRange> overlap(TimeRange a, TimeRange b) {
        long start = Math.max(a.startMs(), b.startMs());
        long end = Math.min(a.endMs(), b.endMs());
        return start < end ? Optional.of(new TimeRange(start, end)) : Optional.empty();
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        iterator, Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    Frame frame() {
        return frame;
    }

    Index index() {
        return index;
    }

    Tally tally() {
        return streams.tally();
    }

    /// What `read` makes of a row group, or `instead` when it is lost.
    <T> T unlessDamaged(RowGroup group, T instead, Supplier<T> read) {
        return unlessDamaged(Optional.of(group), instead, read);
    }

    private <T> T unlessDamaged(Optional<RowGroup> group, T instead, Supplier<T> read) {
        try {
            return read.get();
        } catch (DamagedChunk damage) {
            lost.accept(new Loss(group, damage));
            return instead;
        }
    }

    /// How many different label sets there are, by reading all names; windows that name the same
    /// ones are read once.
    long countSeries() {
        record Named(RowGroup.NameRun run, int series) {}
        Map<List<Named>, Iterator<Labels>> windows = new HashMap<>();
        for (List<RowGroup> groups : byWindow(TimeRange.ALL).values()) {
            windows.putIfAbsent(
                    groups.stream()
                            .map(group -> new Named(group.names(), group.size().series()))
                            .toList(),
                    groups.stream().map(this::names).flatMap(LabelBlock.Run::labels).iterator());
        }
        List<Iterator<Labels>> different = List.copyOf(windows.values());
        return stream(new Merge<>(different, Comparator.naturalOrder(), List::getFirst)).count();
    }

    /// The names of a group's series.
    LabelBlock.Run names(RowGroup group) {
        int number = group.names().block();
        LabelBlock block = labelBlocks.remove(number);
        if (block == null) {
            Index.LabelExtent extent = index.labelBlocks().get(number);
            block = LabelBlock.decode(stream(extent.extent(), StreamKind.LABELS));
            if (block.size() != extent.series()) {
                throw new DamagedChunk(
                        extent.extent().offset(),
                        block.size() + " series instead of " + extent.series());
            }
        }
        if (labelBlocks.size() == LABEL_BLOCKS_KEPT) {
            labelBlocks.remove(labelBlocks.keySet().iterator().next());
        }
        labelBlocks.put(number, block);
        return block.run(group.names().first(), group.size().series());
    }

    /// The series of a group.
    ///
    /// @param bytes its streams
    List<Series> decode(RowGroup group, ByteSource bytes) {
        LabelBlock.Run names = names(group);
        List<Series> series = GroupDecoder.decode(streams, bytes, group, names);
        GroupClaims.require(group, series, names.metrics());
        return series;
    }

    private ByteSource stream(Extent extent, StreamKind kind) {
        ByteSource source = read(extent);
        ByteSource plain = streams.next(source, kind, Limits.DIRECTORY_BYTES);
        source.requireEnd(kind.toString());
        return plain;
    }

    /// Bytes of the file, from the tail where they are in it.
    ByteSource read(Extent extent) {
        if (extent.offset() < tailOffset) {
            return new ByteSource(file.read(extent.offset(), extent.length()), extent.offset());
        }
        ByteSource source = new ByteSource(tail, tailOffset);
        source.skip((int) (extent.offset() - tailOffset));
        return source.slice(extent.length());
    }

    @Override
    public void close() {
        streams.close();
        file.close();
    }
}
