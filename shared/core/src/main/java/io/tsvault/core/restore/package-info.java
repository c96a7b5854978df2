/// Bringing a backup back: what a person asks for, and what becomes of it.
///
/// ```text
/// Manifest --accepted--> job --planned--> plan --> partitions --replayed, verified--> report
/// ```
///
/// | word | is |
/// |---|---|
/// | [Manifest] | what a person uploads to ask for a restore |
/// | job | an accepted manifest, known by [Manifest#jobId] |
/// | [Overlap] | what to do with a sample that the target has already |
/// | [Acceptance] | what a person puts up with |
///
/// # The manifest
///
/// A JSON object; `infra/manifest.schema.json` says the same for machines.
///
/// | member | means | else |
/// |---|---|---|
/// | `tsvaultManifest` | the version of this form: 1 | required |
/// | `stream` | the name of a stream, or an array of names | required |
/// | `target` | the name of a registered target | required |
/// | `from`, `to` | the times to bring back, `to` excluded | all that is backed up |
/// | `asOf` | the backup as it was at this time | as it is |
/// | `match` | series selectors; a series has to meet one of them | all series |
/// | `relabel` | rules of [io.tsvault.core.relabel], in their order | none |
/// | `shift` | added to every time: `7d`, `-1h30m` | `0s` |
/// | `overlap` | [Overlap] | `skip` |
/// | `confirm` | the target's name once more, for `overwrite` | |
/// | `accept` | [Acceptance], an object | |
/// | `backupFirst` | back up the target's own range before the first write | `false` |
/// | `limits` | `samplesPerSecond`: no faster than that, 0 for as fast as it goes | |
/// | `runId` | makes another job of the same wishes | |
///
/// - Times are RFC 3339 with a zone, to the millisecond, of the years 2000 to 2100.
/// - At most 256 KiB, 16 levels and 10,000 values; no name twice; no name that is not in the table.
/// - No URL and no secret in any place: what looks like one is refused and not shown. A label whose
///   value is a URL can be matched by an expression such as `https?://example.com`.
/// - Everything that is wrong is told at once, each with its JSON pointer.
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
/// | `unchecked` | nobody looks before; the proof comes after | as it turns out |
///
/// Equal samples are never in conflict. Samples of the target between ours are refused, unless they
/// are `accept.interleave`d, or belong to series that it takes from elsewhere at this moment: then
/// the restore ends before the first of them.
///
/// `overwrite` wants the target's name as `confirm`, and no hash of a plan: the plan is made anew
/// on what is there, which another minute changes; in its place what is replaced is kept in the
/// job's folder first, and `tsvault job undo` puts it back. Which samples can be replaced at all is
/// in [Replaceable]. A run that is killed between the delete and the write leaves samples missing
/// in a window that is not done, and so the next run writes them.
///
/// One job at a time writes to a stretch of time of a target ([Claims]).
///
/// # One manifest, one job
///
/// The job's id is made of the tenant and the canonical bytes: the manifest in the canonical form
/// of [io.tsvault.core.json], without the members that say what goes without saying, times in UTC,
/// lengths of time in their shortest form, streams and selectors sorted. So a job is the same
/// however its manifest is spelled, and a member that a later version adds changes no older id. In
/// return no default of version 1 ever changes.
@NullMarked
package io.tsvault.core.restore;

import org.jspecify.annotations.NullMarked;
