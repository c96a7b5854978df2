/// Bringing a backup back: what a person asks for, and what becomes of it.
///
/// ```text
/// Manifest --accepted--> job --planned--> plan --> partitions --replayed, verified--> report
/// ```
///
/// | word | is |
/// |---|---|
/// | manifest | what a person uploads to ask for a restore: [io.tsvault.core.manifest] |
/// | job | an accepted manifest |
/// | plan | its fixed work: partitions, of windows that are each proven before the next is begun |
/// | report | what came of it, for machines and for people |
///
/// # What the target has already
///
/// Decided before the first write ([Encounter]), kept in the plan, and not asked again when the job
/// goes on:
///
/// | policy | other values in the target | ends |
/// |---|---|---|
/// | `skip` | stay; what is missing is sent | PARTIAL, with each of them listed |
/// | `warn` | stay; what is missing is sent | DONE, with each of them listed |
/// | `fail` | nothing is sent | REFUSED |
/// | `overwrite` | are kept, deleted, looked for, written anew, read back | DONE |
/// | `unchecked` | nobody looks, unless one could be lost; proven after | as it turns out |
///
/// Equal samples are never in conflict. Samples of the target between ours are refused, unless they
/// are `accept.interleave`d, or belong to series that it takes from elsewhere at this moment: then
/// the restore ends before the first of them.
///
/// `overwrite` wants the target's name as `confirm`, and no hash of a plan: the plan is made anew
/// on what is there, which another minute changes. In its place what is replaced is kept in the
/// job's folder first, and `tsvault job undo` puts it back. Which samples can be replaced at all is
/// in [Replaceable]. A run that is killed between the delete and the write leaves samples missing
/// in a window that is not done, and so the next run writes them.
///
/// # A standby
///
/// A job that follows has no end. It brings what is [Due], rests, and looks again; each piece is
/// brought by the rules above, as if a restore of just that were asked for. A target that takes
/// samples in order gets slices up to the watermark; others those behind a hole too. What is
/// amended later is listed, and not sent. How far it has come is the progress of its one partition:
/// whoever goes on begins there. It pins what it has not brought, a day more at most, claims all
/// times from there on, and ends where the target has samples of its own. It is heard of every few
/// minutes also when it rests: of a job that is not, `tsvault job list` says so.
///
/// # At once
///
/// Where any order is taken, the partitions of a plan are worked on side by side, each window by
/// window. Where time is the order, there is one partition.
///
/// One job at a time writes to a stretch of time of a target ([Claims]).
///
/// # Who lets go
///
/// What a job reads is pinned in the logs of its streams ([JobPin]). A pin may outlive whoever took
/// it:
///
/// | the job | its pins are released by |
/// |---|---|
/// | ends, or hears that it was cancelled | itself |
/// | was killed, and is cancelled | who cancels it |
/// | failed | itself when it goes on, or who cancels it |
/// | is not here, as in a promoted copy | a person, one stream at a time |
///
/// While a job may be at work nobody else releases them.
@NullMarked
package io.tsvault.core.restore;

import org.jspecify.annotations.NullMarked;
