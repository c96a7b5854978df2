package io.tsvault.core.export;

import io.tsvault.core.export.Exported.Problem;
import io.tsvault.core.export.SliceCapture.Turn;
import io.tsvault.core.series.TimeRange;

/// The slices that are due, one in each step.
final class Slices implements Stage {
    private final Line line;
    private final Due due;
    private final SliceCapture capture;
    private final Tally tally;
    private final Haste haste;
    private TimeRange about = TimeRange.ALL;
    private long done;
    private long left;

    Slices(Line line, Due due, Tally tally, Haste haste) {
        this.line = line;
        this.due = due;
        this.capture = new SliceCapture(line);
        this.tally = tally;
        this.haste = haste;
        this.left = due.size();
    }

    @Override
    public TimeRange about() {
        return about;
    }

    /// Slices that are not settled, those that have failed in this run among them.
    long left() {
        return left;
    }

    @Override
    public boolean step() {
        about = TimeRange.ALL;
        if (due.size() == 0) {
            return false;
        }
        if (!haste.pace().allowsAnother()) {
            tally.ends(
                    Problem.Kind.TIME,
                    "%s: no time for another slice; the next run goes on"
                            .formatted(line.route().name(TimeRange.ALL)));
            return false;
        }
        due.next().ifPresent(slice -> take(new Turn(slice, due.reachMs(slice))));
        return true;
    }

    private void take(Turn turn) {
        about = turn.slice();
        line.progress().begins(about, done, left);
        Taken taken =
                haste.pace()
                        .timed(
                                () ->
                                        haste.persistence()
                                                .get(
                                                        line.route().name(about),
                                                        () -> capture.take(turn)));
        tally.add(taken);
        long before = due.size();
        due.skip(taken.settled());
        long settled = 1 + before - due.size();
        done += settled;
        left -= settled;
    }
}
