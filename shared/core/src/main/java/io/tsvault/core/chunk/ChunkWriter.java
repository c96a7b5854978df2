package io.tsvault.core.chunk;

import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Writes chunks: series go in window by window, in label order within each window, and whole
/// chunks come out, each decoded again and found equal before anyone sees it.
///
/// Holds one row group, the names of a few thousand series and the bytes of the open chunk, however
/// many series there are. For one thread.
///
/// Not AutoCloseable: after an exception a try-with-resources would commit half a slice. [#close]
/// commits, [#discard] leaves nothing; one of them ends every writer.
public final class ChunkWriter {
    /// Where a new chunk begins unless it is said otherwise: small enough for a function's memory,
    /// large enough that requests cost less than bytes.
    public static final int DEFAULT_SIZE_LIMIT = 16 << 20;

    /// What the labels of one series may take, in their canonical form.
    public static final int MOST_LABEL_BYTES = LabelBlock.MAX_LABEL_BYTES;

    private static final int LEAST_SIZE_LIMIT = 64 << 10;

    private final int sizeLimit;
    private final Consumer<Chunk> finished;
    private final ChunkBuilder chunk;
    private final GroupEncoder group = new GroupEncoder();
    private final StreamSource check = new StreamSource();
    private final GroupEdges edges = new GroupEdges();
    private final Order order = new Order();
    private boolean ended;

    /// @param sizeLimit a new chunk begins before this many bytes, 64 KiB to 64 MiB
    /// @param properties what else shall be known of each chunk, such as its source; at most 256,
    ///     of 64 KiB in all
    /// @param finished gets each chunk when it is whole
    public ChunkWriter(int sizeLimit, Map<String, String> properties, Consumer<Chunk> finished) {
        if (sizeLimit < LEAST_SIZE_LIMIT || sizeLimit > Limits.FILE_BYTES) {
            throw new IllegalArgumentException(
                    "chunks of %d bytes: give %d to %d"
                            .formatted(sizeLimit, LEAST_SIZE_LIMIT, Limits.FILE_BYTES));
        }
        this.sizeLimit = sizeLimit;
        this.finished = finished;
        chunk = new ChunkBuilder(properties);
    }

    /// With the default size and no properties.
    public ChunkWriter(Consumer<Chunk> finished) {
        this(DEFAULT_SIZE_LIMIT, Map.of(), finished);
    }

    /// Is there room for this too beside all that was added? It costs every chunk.
    public boolean hasRoomFor(Metadata metadata) {
        return chunk.hasRoomFor(metadata);
    }

    /// Adds what is known of a metric family: before its series. Every chunk gets what describes
    /// its series, and the last also what describes none.
    ///
    /// @throws IllegalArgumentException when it is more than a chunk may hold
    public void add(Metadata metadata) {
        requireOpen();
        chunk.add(metadata);
    }

    /// Adds the samples of one series in one window of two hours, or of a part of it. Windows
    /// ascend; in a window labels ascend; the same series again goes on where it ended.
    ///
    /// @throws IllegalArgumentException when they do not, or cross the edge of a window: nothing
    ///     was added then, and the writer may go on; after any other exception, such as one of the
    ///     receiver of chunks, it is discarded
    public void add(Series series) {
        requireOpen();
        boolean begins = order.requireNext(series);
        orDiscard(
                () -> {
                    if (begins) {
                        finishGroup();
                        edges.nextWindow();
                    }
                    Parts.of(series, GroupEdges.MAX_VALUES).forEach(this::addPart);
                });
    }

    /// A writer that has lost a group may not finish a chunk.
    private void orDiscard(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            discard();
            throw e;
        }
    }

    /// Adds what `selector` means of several chunks, and their metadata: to make one chunk of the
    /// chunks of adjoining slices, or a smaller one of one. Holds one row group of each chunk.
    ///
    /// @param chunks in time order: where two have the same series in one window, the later chunk
    ///     goes on where the earlier ended
    /// @throws IllegalArgumentException when it does not, or when a series has more than 1.3
    ///     million floats in a window; the writer must be discarded then
    public void addAll(List<ChunkReader> chunks, Selector selector, TimeRange range) {
        chunks.forEach(chunk -> chunk.metadata().forEach(this::add));
        List<Selection> wanted =
                chunks.stream().map(chunk -> chunk.select(selector, range)).toList();
        SortedSet<Long> windows = new TreeSet<>();
        wanted.forEach(selection -> windows.addAll(selection.windows().keySet()));
        for (long window : windows) {
            List<Iterator<Series>> sources = new ArrayList<>();
            wanted.forEach(selection -> sources.add(selection.window(window)));
            Merge.ofSeries(sources).forEachRemaining(this::add);
        }
    }

    private void addPart(Series part) {
        int values = Parts.values(part);
        if (edges.isBefore(part.labels(), values)) {
            finishGroup();
        }
        edges.add(part.labels(), values);
        group.add(part);
    }

    private void finishGroup() {
        if (group.series().isEmpty()) {
            return;
        }
        List<Series> series = List.copyOf(group.series());
        EncodedGroup encoded = EncodedGroup.of(series, group.finish(), group.digest());
        encoded.requireEqual(series, check);
        if (!chunk.isEmpty() && chunk.sizeWith(encoded) > sizeLimit) {
            finished.accept(chunk.cut());
        }
        chunk.add(encoded);
    }

    /// Finishes the last chunk. A writer that was given nothing makes no chunk.
    public void close() {
        requireOpen();
        orDiscard(
                () -> {
                    finishGroup();
                    if (!chunk.isEmpty()) {
                        finished.accept(chunk.finish());
                    }
                });
        discard();
    }

    /// Forgets the open chunk. Chunks that were handed over before are the receiver's to forget.
    public void discard() {
        if (!ended) {
            ended = true;
            group.close();
            check.close();
            chunk.close();
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("this chunk writer was closed or discarded");
        }
    }
}
