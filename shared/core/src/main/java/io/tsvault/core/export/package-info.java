/// Exporting: from a source into a vault, slice by slice, without a silent gap.
///
/// ```text
/// Rounds --> Exporter --> ExportRun: a first look, then slices, then those to be read again
///    |
///    +--> FirstLook: the same server? its clock? how is it read? since when? does anything match?
///    +--> Due: which slices                  (pure: state of the stream, clocks)
///    +--> SliceCapture --> SliceReader --> Intake: series of one window, in pieces if need be
///    |         |               |---------> Captured: chunks, and what they describe
///    |         |               \---------> Completeness: are they all? an independent count, by
///    |         |                            lot, and by [Suspicion]
///    |         |------> Absence: there are none; is that true?
///    |         \------> Deposit: the record
///    \--> Reread: was anything added later? --> Union: that, beside what was kept
/// ```
///
/// A slice is due once it has ended, and `settle` has passed by the clock of the source and by our
/// own. The oldest comes first, and every fourth time the newest, so that a long outage does not
/// starve what is fresh. What fails is tried again by [Persistence], then left for the next run;
/// nothing doubtful is ever recorded as if it were whole, and a slice that is in doubt for the
/// third run halts the stream until a person has looked. Before all that [SameServer] asks who
/// answers, [Unmatched] whether the selectors match anything, and a [Forecast] tells what is ahead.
/// Each capture notes by which [Selection] it was had.
///
/// Several streams take turns, slice by slice, and have one deadline: no slice is begun that may
/// not be done by then, and the requests of one that takes longer are cut.
///
/// | what happens | what is recorded |
/// |---|---|
/// | samples, and no doubt | COMMIT |
/// | samples, and the source says that some are missing, and that is accepted | COMMIT, not whole |
/// | samples, some of series whose labels no chunk can hold | COMMIT of the others, not whole |
/// | nothing, and the source had other series then | EMPTY |
/// | nothing, and the source had nothing at all, but has before and after | GAP |
/// | the source's history begins later | one GAP, of all such slices in a row |
/// | no selector matches anything, and the source has something | ATTEMPT |
/// | any failure, a source that is not there too | ATTEMPT, daily while it lasts; it stays due |
/// | what came is not what the source counts | ATTEMPT, and three of them halt the stream |
/// | counted later, and it was not all | AMEND: what the source has, and what it has no more |
/// | read again, and there was something new | AMEND: that, and what was kept and is gone there |
/// | read again, and it was the same, or only less | REREAD |
@NullMarked
package io.tsvault.core.export;

import org.jspecify.annotations.NullMarked;
