package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The names of a chunk's series. Keeps the label blocks that were needed last.
final class SeriesNames {
    /// Label blocks are small, and neighbours share one.
    private static final int BLOCKS_KEPT = 4;

    private final ChunkReader reader;
    private final List<Index.LabelExtent> extents;
    private final int[] turns;
    private long longLabels;
    private final Map<Integer, LabelBlock> blocks = new LinkedHashMap<>();

    SeriesNames(ChunkReader reader, Index index) {
        this.reader = reader;
        extents = index.labelBlocks();
        turns = index.turns();
    }

    /// The names of a group's series.
    LabelBlock.Run of(RowGroup group) {
        int number = group.names().block();
        LabelBlock block = blocks.remove(number);
        if (block == null) {
            block = read(number);
        }
        if (blocks.size() == BLOCKS_KEPT) {
            blocks.remove(blocks.keySet().iterator().next());
        }
        blocks.put(number, block);
        return block.run(group.names().first(), group.size().series());
    }

    private LabelBlock read(int number) {
        Index.LabelExtent extent = extents.get(number);
        requireShort(extent);
        LabelBlock block = LabelBlock.decode(reader.stream(extent.extent(), StreamKind.LABELS));
        if (block.size() != extent.series()) {
            throw new DamagedChunk(
                    extent.extent().offset(),
                    block.size() + " series instead of " + extent.series());
        }
        longLabels += turns[number] * block.longLabels();
        turns[number] = 0; // the next times are counted
        requireShort(extent);
        return block;
    }

    /// Once labels were too long in all, no more of them are read.
    private void requireShort(Index.LabelExtent extent) {
        if (longLabels > Limits.LONG_LABEL_BYTES) {
            throw new DamagedChunk(
                    extent.extent().offset(),
                    "labels of more than %d bytes beyond %d for each series"
                            .formatted(Limits.LONG_LABEL_BYTES, Limits.LABEL_BYTES));
        }
    }

    /// How many different label sets there are, by reading all names; windows that name the same
    /// ones are read once.
    long count(Collection<List<RowGroup>> windows) {
        record Named(RowGroup.NameRun run, int series) {}
        Map<List<Named>, Iterator<Labels>> different = new HashMap<>();
        for (List<RowGroup> groups : windows) {
            different.putIfAbsent(
                    groups.stream()
                            .map(group -> new Named(group.names(), group.size().series()))
                            .toList(),
                    groups.stream().map(this::of).flatMap(LabelBlock.Run::labels).iterator());
        }
        Merge<Labels> merged =
                new Merge<>(
                        List.copyOf(different.values()), Comparator.naturalOrder(), List::getFirst);
        long count = 0;
        while (merged.hasNext()) {
            merged.next();
            count++;
        }
        return count;
    }
}
