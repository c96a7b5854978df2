package io.tsvault.core.restore;

import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.manifest.Overlap;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;

import java.util.ArrayList;
import java.util.List;

/// What a restore that went to its end comes to: whole, and proven, and nothing that was asked for
/// is missing in the backup itself; or less than that. Pure.
final class Conclusion {
    private final Manifest manifest;
    private final List<String> notes = new ArrayList<>();
    private final State state;

    /// @param proven was it read back?
    Conclusion(Task task, Outcome outcome, boolean proven) {
        this.manifest = task.manifest();
        this.state = state(task.logs(), outcome, proven);
    }

    private State state(List<StreamLog> logs, Outcome outcome, boolean proven) {
        boolean conflicts = outcome.conflicts() > 0 && manifest.overlap() != Overlap.WARN;
        if (outcome.unkept() > 0) {
            notes.add(
                    "%,d samples of the backup are NaN, which the target does not keep"
                            .formatted(outcome.unkept()));
        }
        if (outcome.doubled() > 0) {
            notes.add(
                    "%,d samples came to be in the target twice: another has written them at the same time, and it keeps both"
                            .formatted(outcome.doubled()));
            return State.PARTIAL;
        }
        if (outcome.missing() > 0 || conflicts) {
            notes.add("not everything is there: the report names each series and range");
            return State.PARTIAL;
        }
        int before = notes.size();
        logs.forEach(this::holes);
        if (notes.size() > before && !manifest.accept().partial()) {
            return State.PARTIAL;
        }
        return proven ? State.DONE : State.UNVERIFIED;
    }

    /// What the backup itself does not have.
    private void holes(StreamLog log) {
        TimeRange wanted = manifest.range();
        for (Settled settled : log.state().slices()) {
            TimeRange slice = settled.slice();
            boolean isWanted = slice.meets(wanted);
            boolean isHole = settled.status() == Status.GAP || settled.status() == Status.PARTIAL;
            if (isWanted && isHole) {
                notes.add(
                        "the backup of %s is %s from %s to %s"
                                .formatted(
                                        log.name().id(),
                                        settled.status() == Status.GAP ? "missing" : "not whole",
                                        Restorer.time(slice.startMs()),
                                        Restorer.time(slice.endMs())));
            }
        }
    }

    State state() {
        return state;
    }

    List<String> notes() {
        return notes;
    }
}
