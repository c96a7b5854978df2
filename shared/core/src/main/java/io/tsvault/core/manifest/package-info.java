/// What a person uploads to ask for a restore: a JSON object. `infra/manifest.schema.json` says the
/// same for machines.
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
/// | `follow` | go on with what is backed up later, without `to`, `asOf`, `backupFirst` | `false` |
/// | `limits` | `samplesPerSecond`: no faster than that, 0 for as fast as it goes | |
/// | `runId` | makes another job of the same wishes | |
///
/// - Times are RFC 3339 with a zone, to the millisecond, of the years 2000 to 2100.
/// - At most 256 KiB, 16 levels and 10,000 values; no name twice; no name that is not in the table.
/// - No URL and no secret in any place: what looks like one is refused and not shown. A label whose
///   value is a URL can be matched by an expression such as `https?://example.com`.
/// - Everything that is wrong is told at once, each with its JSON pointer.
///
/// # One manifest, one job
///
/// The job's id is made of the tenant and the canonical bytes: the manifest in the canonical form
/// of [io.tsvault.core.json], without the members that say what goes without saying, times in UTC,
/// lengths of time in their shortest form, streams and selectors sorted. So a job is the same
/// however its manifest is spelled, and a member that a later version adds changes no older id. In
/// return no default of version 1 ever changes.
@NullMarked
package io.tsvault.core.manifest;

import org.jspecify.annotations.NullMarked;
