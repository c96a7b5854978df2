/// Exporting: from a source into a vault, slice by slice, without a silent gap.
///
/// ```text
/// Exporter --> Due: which slices          (pure: state of the stream, clocks)
///    |
///    +--> SliceCapture --> Intake: series of one window from the source, in pieces if need be
///    |         |------> Completeness: are they all? an independent count
///    |         |------> Absence: there are none; is that true?
///    |         \------> Deposit: chunks, then the record
///    \--> Reread: was anything added later?
/// ```
///
/// A slice is due once it has ended, and `settle` has passed by the clock of the source and by our
/// own. The oldest comes first, and every fourth time the newest, so that a long outage does not
/// starve what is fresh. What fails is tried again, then left for the next run; nothing doubtful is
/// ever recorded as if it were whole.
///
/// | what happens | what is recorded |
/// |---|---|
/// | samples, and no doubt | COMMIT |
/// | samples, and the source says that some are missing, and that is accepted | COMMIT, not whole |
/// | samples, some of series whose labels no chunk can hold | COMMIT of the others, not whole |
/// | nothing, and the source had other series then | EMPTY |
/// | nothing, and the source had nothing at all, but has before and after | GAP |
/// | the source's history begins later | GAP |
/// | any failure | ATTEMPT, and the slice stays due |
/// | read again, and it was different | AMEND |
/// | read again, and it was the same, or less | REREAD |
@NullMarked
package io.tsvault.core.export;

import org.jspecify.annotations.NullMarked;
