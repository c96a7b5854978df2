package io.tsvault.core.chunk;

import io.tsvault.core.chunk.RowGroup.Extent;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Reads row groups that are wanted one after the other; neighbours are read together.
final class ReadAhead {
    /// Two groups with no more than this between them are read together: about what a request
    /// costs.
    private static final int GAP = 64 << 10;

    /// At most so many bytes are read together, unless one group is longer.
    private static final int MOST = 1 << 20;

    private final ChunkReader reader;
    private final List<RowGroup> groups;
    private int next;
    private @Nullable ByteSource run;

    ReadAhead(ChunkReader reader, List<RowGroup> groups) {
        this.reader = reader;
        this.groups = groups;
    }

    boolean hasNext() {
        return next < groups.size();
    }

    /// Which group [#bytes] reads next.
    RowGroup peek() {
        return groups.get(next);
    }

    /// The streams of the next group. Keeps no more than what is read ahead: a group may be ten
    /// times as long.
    ByteSource bytes() {
        Extent extent = groups.get(next).extent();
        ByteSource current = run;
        if (current == null || extent.end() > current.end()) {
            current = reader.read(runFrom(extent));
        }
        run = extent.end() < current.end() ? current : null;
        next++;
        return current.at(extent);
    }

    /// The next group, and those behind it that are worth reading with it.
    private Extent runFrom(Extent first) {
        long end = first.end();
        for (RowGroup group : groups.subList(next + 1, groups.size())) {
            Extent more = group.extent();
            if (more.offset() - end > GAP || more.end() - first.offset() > MOST) {
                break;
            }
            end = more.end();
        }
        return new Extent(first.offset(), (int) (end - first.offset()));
    }
}
