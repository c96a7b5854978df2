package io.tsvault.core.chunk;

import io.tsvault.core.chunk.ChunkAnatomy.Mode;
import io.tsvault.core.chunk.ChunkAnatomy.Timestamps;
import io.tsvault.core.chunk.ChunkAnatomy.Use;
import io.tsvault.core.chunk.ChunkAnatomy.Window;
import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// Takes a chunk apart, row group by row group. Used once.
final class Dissection {
    private static final List<StreamKind> GROUP_STREAMS =
            List.of(StreamKind.COLUMNS, StreamKind.TOKENS, StreamKind.BITS, StreamKind.REPEATS);

    private final ChunkReader reader;
    private final Tally total = new Tally();
    private final SortedMap<Long, Window> windows = new TreeMap<>();
    private Labels last = Labels.NONE;
    private int verified;
    private long verifiedBytes;
    private long histograms;

    Dissection(ChunkReader reader) {
        this.reader = reader;
    }

    ChunkAnatomy anatomy() {
        for (RowGroup group : reader.rowGroups()) {
            long number = Limits.window(group.times().minMs());
            if (!windows.containsKey(number)) {
                windows.put(number, new Window(Limits.startMs(number), 0, 0, 0, 0));
                last = Labels.NONE;
            }
            int named = group.size().series();
            int fresh = reader.unlessDamaged(group, named, () -> verify(group));
            windows.computeIfPresent(number, (_, window) -> with(window, group, fresh));
        }
        if (verified == reader.rowGroups().size()) {
            reader.verifyCount();
        }
        return new ChunkAnatomy(
                reader.frame().version().toString(),
                verified,
                histograms,
                uses(),
                modes(),
                new Timestamps(total.vectors(), total.timestamps()),
                List.copyOf(windows.values()));
    }

    /// How many series it has that are not the last one of the group before, which a long series
    /// goes on from.
    private int verify(RowGroup group) {
        reader.tally().clear();
        List<Series> series = reader.decode(group, reader.read(group.extent()));
        total.add(reader.tally());
        verified++;
        verifiedBytes += group.extent().length();
        histograms += series.stream().mapToLong(one -> one.histograms().size()).sum();
        if (series.isEmpty()) {
            return 0;
        }
        boolean goesOn = series.getFirst().labels().equals(last);
        last = series.getLast().labels();
        return goesOn ? series.size() - 1 : series.size();
    }

    private static Window with(Window window, RowGroup group, int fresh) {
        return new Window(
                window.startMs(),
                window.rowGroups() + 1,
                window.series() + fresh,
                window.samples() + group.size().samples(),
                window.bytes() + group.extent().length());
    }

    private List<Use> uses() {
        Index index = reader.index();
        long groups = index.groups().stream().mapToLong(group -> group.extent().length()).sum();
        long labels = index.labelBlocks().stream().mapToLong(it -> it.extent().length()).sum();
        List<Use> uses = new ArrayList<>();
        GROUP_STREAMS.forEach(kind -> uses.add(new Use(name(kind), total.bytes(kind))));
        uses.add(new Use("damaged", groups - verifiedBytes));
        uses.add(new Use("labels", labels));
        uses.add(new Use("metadata", index.metadata().map(Extent::length).orElse(0)));
        uses.add(new Use("index", reader.frame().index().length()));
        uses.add(new Use("frame", Frame.HEADER + Frame.TRAILER));
        long known = uses.stream().mapToLong(Use::bytes).sum();
        uses.add(new Use("other", reader.frame().fileLength() - known));
        uses.removeIf(use -> use.bytes() == 0);
        return uses;
    }

    private List<Mode> modes() {
        return Arrays.stream(ValueMode.values())
                .map(mode -> new Mode(name(mode), total.columns(mode), total.values(mode)))
                .filter(mode -> mode.columns() > 0)
                .toList();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
