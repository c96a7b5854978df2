/// Records: what happened in a vault, one JSON document each, never changed, never deleted.
///
/// The rest of this page is the format, version 1.
///
/// # Record
///
/// A record is one object in the canonical form of [io.tsvault.core.json], at most 1 MiB:
///
/// - `format`: 1. A reader refuses another number: "too old" below its own, "too new" above.
/// - `vault`: the id of the vault, 32 hexadecimal digits
/// - `log`: what it is about: `streams/prod`, `config/sources/a`,
///   `restores/<job>`
/// - `seq`: its number, from 1; the same as in its key
/// - `previous`: SHA-256 of the bytes of record `seq - 1`; 64 zeros in the first
/// - `attempt`: the run that wrote it, 32 hexadecimal digits, so that a writer whose answer was
///   lost knows its own record
/// - `writer`: program and version; `writtenMs`: by the writer's clock. Both are for people.
/// - `kind`, `body`: the event. A kind that a reader does not know is too new for it.
///
/// Members that a reader does not know are ignored: what must not be ignored raises `format`, or
/// is another kind. All times are ms since 1970, UTC; a range is `{"startMs", "endMs"}`, half-open.
///
/// | kind | body | tells |
/// |---|---|---|
/// | COMMIT | `slice whole chunks parts capture` | the slice is kept; `parts`: PARTs, each once |
/// | PART | `slice part chunks capture` | some series of it are kept |
/// | EMPTY | `slice capture` | it holds nothing, and that was checked |
/// | GAP | `slice reason` | it cannot be had any more |
/// | GAP_ACK | `slice note` | a person has seen the gap |
/// | AMEND | `slice chunks capture` | read again, it was different; both revisions stay |
/// | REREAD | `slices` | they were read again, and nothing was to be added |
/// | ATTEMPT | `slice problem` | a try failed; the slice is all of time when it came to none |
/// | | `outlook` | `person`: only one can help; `unsound`: not what the source counts |
/// | EXPIRE | `ranges rule` | all slices within these ranges no longer count |
/// | SWEEP_PLAN | `keys` | these objects will be deleted |
/// | SWEEP_DONE | `plan` | those of that record are deleted |
/// | PIN | `holder range note` | somebody needs what is in the range |
/// | UNPIN | `holder` | no longer |
/// | CONFIG | `settings` | names and values, all strings; none: removed |
/// | ACCEPTED | `tenant manifest` | a restore was asked for; `manifest`: a SHA-256 |
/// | PLANNED | `plan` | it is settled what it will do; `plan`: a SHA-256 |
/// | CANCEL | `note` | it is to stop |
/// | RESUME | `note` | it is to go on, or a stream that had halted |
/// | REPORT | `number state sha256` | it has come to an end, for now; of the report |
/// | STATE | `pages` | where the records before this one are, many at a time |
///
/// - a chunk: `attempt sha256` (with the slice they are its key), `series samples minMs maxMs
///   rowGroups bytes digest`: its summary, the digest as 16 hexadecimal digits
/// - capture: `mode`, `stepMs` (0 unless resampled), `source`, `version`, `lost`, `warnings`, and,
///   if there are any, `notes`: names and values, all strings
/// - a page: `first last`: numbers of records; `sha256 bytes`: of the object
///
/// Numbers that 32 divides are STATE records, and no others are.
///
/// # Page
///
/// The bytes of consecutive records, a line feed behind each, packed by gzip; at most 16 MiB. The
/// pages of a STATE record hold every record before it once, in order.
///
/// # Example
///
/// ```json
/// {"attempt":"00000000000000000000000000000001","body":{"reason":"the source lost it",
/// "slice":{"endMs":1767226500000,"startMs":1767225600000}},"format":1,"kind":"GAP",
/// "log":"streams/prod","previous":
/// "0000000000000000000000000000000000000000000000000000000000000000",
/// "seq":1,"vault":"0000000000000000000000000000000a","writer":"tsvault 1.0",
/// "writtenMs":1767229200000}
/// ```
///
/// (Line ends are for this page only.) Its SHA-256 is
/// `40cf0d57c3af5bfaf23384e59474774effc3da346bde961387cbb2b38cb94350`.
///
/// # Versions
///
/// - 1, November 2026: the first. Every later version of tsvault reads it.
@NullMarked
package io.tsvault.core.vault.record;

import org.jspecify.annotations.NullMarked;
