package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the row groups of all windows that have the next series in label order: as many series as
/// may be held together, going by what the index says. Looks only at names.
final class SeriesPlan {
    private final ChunkReader reader;
    private final Wanted wanted;
    private final List<Window> windows = new ArrayList<>();
    private final Set<RowGroup> lost = new HashSet<>();

    /// The groups of one window, in label order.
    private static final class Window {
        final List<RowGroup> groups;

        /// Those before have nothing that is still wanted.
        int first;

        /// Those before were looked at.
        int seen;

        Window(List<RowGroup> groups) {
            this.groups = groups;
        }
    }

    /// A row group with series that are wanted now.
    ///
    /// @param first the least of them
    /// @param held what they may take, as [SeriesCursor] counts
    record Found(RowGroup group, Labels first, long held) {}

    /// Groups in the order of the file.
    ///
    /// @param below what is not less is not in all of them; null when they have everything
    record Groups(List<Found> found, @Nullable Labels below) {}

    SeriesPlan(ChunkReader reader, Collection<List<RowGroup>> windows, Wanted wanted) {
        this.reader = reader;
        this.wanted = wanted;
        for (List<RowGroup> groups : windows) {
            this.windows.add(new Window(groups.stream().filter(wanted::mayBeIn).toList()));
        }
    }

    /// Leaves out a group from now on: it cannot be read.
    void lose(RowGroup group) {
        lost.add(group);
    }

    /// The next ones.
    ///
    /// @param from the least series that is wanted now; it does not descend
    Groups next(Labels from) {
        Candidates all = new Candidates();
        for (Window window : windows) {
            look(window, from, all);
        }
        return all.groups();
    }

    private void look(Window window, Labels from, Candidates all) {
        for (int i = window.first; i < window.groups.size(); i++) {
            RowGroup group = window.groups.get(i);
            boolean isFirst = i == window.first;
            Look look = look(group, from, i >= window.seen);
            if (look.least == null) {
                window.first += isFirst ? 1 : 0;
            } else if (all.isBehind(look.least)) {
                return;
            } else {
                all.add(group, look);
            }
            window.seen = Math.max(window.seen, i + 1);
        }
    }

    private Look look(RowGroup group, Labels from, boolean isNew) {
        if (lost.contains(group)) {
            return new Look();
        }
        Optional<Look> look =
                reader.unlessDamaged(
                        group,
                        Optional.empty(),
                        () -> Optional.of(look(group, reader.names(group).labels(), from, isNew)));
        if (look.isEmpty()) {
            lose(group);
        }
        return look.orElseGet(Look::new);
    }

    private Look look(RowGroup group, Stream<Labels> names, Labels from, boolean isNew) {
        Look look = new Look();
        names.forEach(
                one -> {
                    if (one.compareTo(from) >= 0) {
                        look.at(one, wanted.matches(one));
                    } else if (isNew) {
                        throw WindowOrder.misplaced(group, one);
                    }
                });
        return look;
    }

    /// What is seen of a group's series, from one on.
    private static final class Look {
        /// Of all of them, and the edges of those that are wanted.
        private @Nullable Labels least;
        private @Nullable Labels first;
        private @Nullable Labels last;
        private long matching;
        private long held;

        void at(Labels one, boolean matches) {
            least = lesser(least, one);
            if (matches) {
                first = lesser(first, one);
                last = last == null || one.compareTo(last) > 0 ? one : last;
                matching++;
                held += SeriesCursor.held(one);
            }
        }
    }

    private static Labels lesser(@Nullable Labels a, Labels b) {
        return a == null || b.compareTo(a) < 0 ? b : a;
    }

    /// The groups with the least series that may be held together. Of one group no series is left
    /// out: where groups overlap, names alone do not tell how many of their series may be held.
    private static final class Candidates {
        /// The names of groups that are held here may take so much, or have one name.
        private static final int NAME_BYTES = 4 << 20;

        private final PriorityQueue<Found> greatestFirst =
                new PriorityQueue<>(Comparator.comparing(Found::first).reversed());
        private @Nullable Labels least;
        private @Nullable Labels leastLast;
        private @Nullable Labels below;
        private long held;
        private long nameBytes;

        boolean isBehind(Labels labels) {
            return below != null && labels.compareTo(below) >= 0;
        }

        void add(RowGroup group, Look look) {
            if (look.first == null || look.last == null || isBehind(look.first)) {
                return;
            }
            least = lesser(least, look.first);
            leastLast = lesser(leastLast, look.last);
            Labels first = look.first.equals(least) ? least : look.first;
            long values = group.size().values() * look.matching / group.size().series();
            greatestFirst.add(new Found(group, first, look.held + values));
            held += look.held + values;
            nameBytes += first.byteLength();
            while (areMany(greatestFirst.element().first, least, leastLast)) {
                Found left = greatestFirst.remove();
                below = left.first;
                held -= left.held;
                nameBytes -= left.first.byteLength();
            }
        }

        private boolean areMany(Labels greatest, Labels least, Labels leastLast) {
            return (held > Limits.HELD_VALUES && greatest.compareTo(leastLast) > 0)
                    || (nameBytes > NAME_BYTES && !greatest.equals(least));
        }

        /// A group whose first series another one shares is left with it.
        Groups groups() {
            List<Found> found = new ArrayList<>(greatestFirst);
            found.removeIf(one -> isBehind(one.first));
            found.sort(Comparator.comparingLong(one -> one.group.extent().offset()));
            return new Groups(List.copyOf(found), below);
        }
    }
}
