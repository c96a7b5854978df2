package io.tsvault.core.export;

import io.tsvault.core.series.TimeRange;

/// A stretch of a run, in steps.
interface Stage {
    /// Does what is next.
    ///
    /// @return false when there was nothing left to do, or no time for it
    boolean step();

    /// What the last step was about; [TimeRange#ALL] when it was no slice.
    TimeRange about();
}
