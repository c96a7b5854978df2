package io.tsvault.core.restore;

import io.tsvault.core.replay.Replay.Outcome;

import java.util.List;

/// What came of a restore.
///
/// @param job how it is called
/// @param state how it ended
/// @param accepted is that what was asked for, or at least put up with?
/// @param outcome how many samples are where
/// @param deadLettered samples that the target will never take
/// @param notes what a person should know: why it ended so, what to do next
/// @param report where the report is; empty when nothing was done
/// @param files where everything is listed that is not as it should be
public record Restored(
        String job,
        Job.State state,
        boolean accepted,
        Outcome outcome,
        long deadLettered,
        List<String> notes,
        String report,
        List<String> files) {
    /// Copies the lists.
    public Restored {
        notes = List.copyOf(notes);
        files = List.copyOf(files);
    }
}
