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
    private final Map<Integer, LabelBlock> blocks = new LinkedHashMap<>();

    SeriesNames(ChunkReader reader, List<Index.LabelExtent> extents) {
        this.reader = reader;
        this.extents = extents;
    }

    /// The names of a group's series.
    LabelBlock.Run of(RowGroup group) {
        int number = group.names().block();
        LabelBlock block = blocks.remove(number);
        if (block == null) {
            block = read(extents.get(number));
        }
        if (blocks.size() == BLOCKS_KEPT) {
            blocks.remove(blocks.keySet().iterator().next());
        }
        blocks.put(number, block);
        return block.run(group.names().first(), group.size().series());
    }

    private LabelBlock read(Index.LabelExtent extent) {
        LabelBlock block = LabelBlock.decode(reader.stream(extent.extent(), StreamKind.LABELS));
        if (block.size() != extent.series()) {
            throw new DamagedChunk(
                    extent.extent().offset(),
                    block.size() + " series instead of " + extent.series());
        }
        return block;
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
