package io.tsvault.core.export;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.Event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The slices that are to be read again, one in each step. Those that were the same are recorded
/// all at once, in the end.
final class Rereads implements Stage {
    private final Line line;
    private final Reread reread;
    private final Deque<Settled> due = new ArrayDeque<>();
    private final Set<Settled> doubted = new HashSet<>();
    private final Tally tally;
    private final Haste haste;
    private final List<TimeRange> same = new ArrayList<>();
    private TimeRange about = TimeRange.ALL;
    private boolean begun;

    Rereads(Line line, Tally tally, Haste haste) {
        this.line = line;
        this.reread = new Reread(line, new SliceCapture(line));
        this.tally = tally;
        this.haste = haste;
    }

    @Override
    public TimeRange about() {
        return about;
    }

    @Override
    public boolean step() {
        about = TimeRange.ALL;
        if (!begun) {
            begin();
        }
        if (due.isEmpty() || !haste.pace().allowsAnother()) {
            record();
            return false;
        }
        again(due.removeFirst());
        return true;
    }

    private void begin() {
        begun = true;
        doubted.addAll(reread.doubted());
        due.addAll(doubted);
        reread.due(line.route().around().clock().instant()).stream()
                .filter(settled -> !doubted.contains(settled))
                .forEach(due::add);
        if (!doubted.isEmpty()) {
            tally.warn(
                    List.of(
                            ("%s: the source gave less than it has: %d slices that were kept"
                                            + " uncounted before that are held against it now")
                                    .formatted(line.route().name(TimeRange.ALL), doubted.size())));
        }
    }

    private void again(Settled settled) {
        about = settled.slice();
        Supplier<Reread.Result> task =
                doubted.contains(settled)
                        ? () -> reread.recount(settled)
                        : () -> reread.again(settled);
        try {
            count(
                    haste.pace()
                            .timed(() -> haste.persistence().get(line.route().name(about), task)));
        } catch (RuntimeException e) {
            record();
            throw e;
        }
    }

    private void count(Reread.Result result) {
        switch (result) {
            case SAME -> same.add(about);
            case AMENDED -> tally.amended();
            case LESS -> {
                same.add(about);
                tally.warn(
                        List.of(
                                line.route().name(about)
                                        + ": the source has less now than was kept; what was kept"
                                        + " stays"));
            }
        }
    }

    private void record() {
        if (!same.isEmpty()) {
            line.log().append(_ -> Optional.of(new Event.Reread(List.copyOf(same))));
            same.clear();
        }
    }
}
