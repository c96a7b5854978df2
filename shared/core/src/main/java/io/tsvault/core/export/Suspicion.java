package io.tsvault.core.export;

import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Revision;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.Event.Capture;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A source that was found to give less than it counts may have done so before, and may go on. From
/// the slice that was counted last until one agrees again, nothing is believed that is not counted.
///
/// ```text
/// counted   kept   kept   contradiction   counted   kept
///    |       '------'- doubted      '- open -'
/// ```
final class Suspicion {
    /// What a capture notes, and its worth, that was held against the count of the source.
    static final String COUNTED = "counted";
    static final String EQUAL = "equal";

    private final StreamState state;

    Suspicion(StreamState state) {
        this.state = state;
    }

    /// The numbers of the records of what was counted and found right; of late slices first, as
    /// most that is new is of these.
    private Stream<Long> proven() {
        return state.slices().reversed().stream()
                .flatMap(settled -> settled.revisions().stream())
                .filter(revision -> isProven(revision.capture()))
                .map(Revision::seq);
    }

    private static boolean isProven(Capture capture) {
        return EQUAL.equals(capture.notes().get(COUNTED));
    }

    /// Has nothing been counted and found right since the source contradicted itself? Asked of each
    /// slice, so it looks no further than to the first that was.
    boolean isOpen() {
        return !state.contradictions().isEmpty()
                && proven().noneMatch(seq -> seq > state.contradictions().last());
    }

    /// The slices that were kept uncounted before a contradiction, and since the last one that was
    /// counted; until each of them is held against the source.
    List<Settled> doubted() {
        if (state.contradictions().isEmpty()) {
            return List.of();
        }
        NavigableSet<Long> proven = proven().collect(Collectors.toCollection(TreeSet::new));
        return state.slices().stream().filter(settled -> isDoubted(settled, proven)).toList();
    }

    private boolean isDoubted(Settled settled, NavigableSet<Long> proven) {
        boolean isOnlyKept =
                settled.revisions().size() == 1
                        && !settled.chunks().isEmpty()
                        && !state.wasReread(settled.slice());
        if (!isOnlyKept) {
            return false;
        }
        Revision only = settled.revisions().getFirst();
        Long contradiction = state.contradictions().higher(only.seq());
        Long counted = proven.higher(only.seq());
        return contradiction != null
                && (counted == null || counted > contradiction)
                && only.capture().stepMs() == 0
                && !isProven(only.capture());
    }
}
