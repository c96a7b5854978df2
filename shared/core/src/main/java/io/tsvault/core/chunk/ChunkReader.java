package io.tsvault.core.chunk;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Reads a chunk: its end first, then only the row groups that are needed.
///
/// Whatever it reads is checked. Bytes that no writer wrote are a [DamagedChunk], at once or when
/// the series that they spoil is taken. For one thread.
public final class ChunkReader implements AutoCloseable {
    /// One read of so many bytes has the index of nearly every file.
    private static final int TAIL = 64 << 10;

    private final ByteRanges file;
    private final Consumer<Loss> lost;
    private final StreamSource streams;
    private final long tailOffset;
    private final byte[] tail;
    private final Frame frame;
    private final Index index;
    private final SeriesNames names;

    /// A part of a chunk that cannot be read.
    ///
    /// @param rowGroup whose series are missing; none for the metadata and the count of series
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
        Frame.Version begun = Frame.readHeader(read(new Extent(0, Frame.HEADER)));
        frame = Frame.ofTrailer(read(new Extent(size - Frame.TRAILER, Frame.TRAILER)));
        frame.requireSame(begun);
        Extent extent = frame.index();
        index = Index.decode(stream(extent, StreamKind.INDEX), extent.offset());
        names = new SeriesNames(this, index);
    }

    /// Reads the end of a chunk, and closes `file` together with itself, or when that fails.
    ///
    /// @throws DamagedChunk when it is no whole chunk, unless `file` has another word for it
    /// @throws UnsupportedChunk when this version cannot read it
    public static ChunkReader open(ByteRanges file) {
        try {
            return salvage(
                    file,
                    loss -> {
                        throw file.damage(loss.damage());
                    });
        } catch (DamagedChunk damage) {
            throw file.damage(damage);
        }
    }

    /// The same for a chunk whose beginning and end are whole, and which may be damaged between:
    /// what cannot be read is left out, and told to `lost` whenever it is met.
    ///
    /// @throws DamagedChunk when it does not begin and end as a chunk
    /// @throws UnsupportedChunk when this version cannot read it
    public static ChunkReader salvage(ByteRanges file, Consumer<Loss> lost) {
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

    /// The series that `selector` means, in label order, each with all its samples in `range`. One
    /// too long to be held, of half a million floats, comes in several parts, one behind the other.
    ///
    /// Goes through the chunk once for every million values, about: [#windows] reads it once.
    public Stream<Series> series(Selector selector, TimeRange range) {
        return select(selector, range).series();
    }

    /// The same samples window by window: all series of one, then all of the next. Holds one row
    /// group.
    ///
    /// @param width of a window: two hours, or what two hours can be divided by; windows begin at
    ///     multiples of it since the epoch, and those that no row group reaches are left out
    /// @throws IllegalArgumentException when a series is taken that has more than 1.3 million
    ///     floats in its window: read narrower ones
    public Stream<ChunkWindow> windows(Selector selector, TimeRange range, Duration width) {
        return select(selector, range).windows(width);
    }

    /// The series of several chunks in a stretch of time that lies in one window of two hours, in
    /// label order, each once. Holds one row group of each chunk.
    ///
    /// @param chunks where two have the same series, the later goes on where the earlier ended
    /// @throws IllegalArgumentException when the range crosses the edge of a window
    public static Iterator<Series> merged(
            List<ChunkReader> chunks, Selector selector, TimeRange range) {
        long window = Limits.window(range.startMs());
        if (Limits.window(range.endMs() - 1) != window) {
            throw new IllegalArgumentException(range + " crosses the edge of a window");
        }
        return Merge.ofSeries(
                chunks.stream()
                        .map(chunk -> chunk.select(selector, range).window(window))
                        .toList());
    }

    Selection select(Selector selector, TimeRange range) {
        return Selection.of(this, selector, range);
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

    /// How many different label sets there are, by reading all names.
    long countSeries() {
        return names.count(select(Selector.of(List.of()), TimeRange.ALL).windows().values());
    }

    /// Holds the count of series that the index has against the names.
    void verifyCount() {
        unlessDamaged(
                Optional.empty(),
                index.series(),
                () -> {
                    long counted = countSeries();
                    if (counted != index.series()) {
                        throw new DamagedChunk(
                                frame.index().offset(),
                                counted + " series, where the index has " + index.series());
                    }
                    return counted;
                });
    }

    /// The names of a group's series.
    LabelBlock.Run names(RowGroup group) {
        return names.of(group);
    }

    /// The series of a group.
    ///
    /// @param bytes its streams
    List<Series> decode(RowGroup group, ByteSource bytes) {
        LabelBlock.Run labels = names(group);
        List<Series> series = GroupDecoder.decode(streams, bytes, group, labels);
        GroupClaims.require(group, series, labels.metrics());
        return series;
    }

    /// The content of a stream that is not in a row group.
    ByteSource stream(Extent extent, StreamKind kind) {
        ByteSource source = read(extent);
        ByteSource plain = streams.next(source, kind, Limits.DIRECTORY_BYTES);
        streams.requireEnd(source);
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
