/// The vault: streams and what was kept of them, on any [io.tsvault.core.store.ObjectStore], proof
/// against crashes, races and doubt.
///
/// # Where things are
///
/// ```text
/// vault.json                               the vault's id; made once
/// replica.json  promoted.json              in a copy: it is one; it is the vault that counts now
/// copied/...                               in a copy: how far it was each time it was finished
/// config/<kind>/<id>/log/...               sources, targets and streams as they are configured
/// streams/<stream>/log/<left>_<number>.json       the records, listed newest first
/// streams/<stream>/pages/<first>-<last>-<sha256>.gz   the same records, many in one object
/// streams/<stream>/chunks/<slice>/<attempt>-<sha256>.chunk
/// restores/<job>/...                       what belongs to one restore; not in copies
/// ```
///
/// A slice is named by its start in UTC, `20260131t120000000z`; `left` is 9999999999 less the
/// number. Keys are made and read in [io.tsvault.core.vault.key]; what a record says is described
/// in [io.tsvault.core.vault.record].
///
/// # What counts
///
/// **The record is the commit.** Chunks are stored first ([Deposit]); a chunk that no record names
/// does not exist. **A log is a chain**: records are numbered from 1 without a hole, each names the
/// SHA-256 of the one before. Whoever appends creates the next number, or finds that another did;
/// then it reads what the other wrote, and decides again ([StreamLog#append]). So every record was
/// decided on everything before it, and there is nothing to lock.
///
/// **The store is not believed but proven**: all of this needs a store that creates nothing where
/// something is. Many race for the first object of a vault, and one must win ([Foundation]); who
/// writes later first asks for that object once more, and must be refused.
///
/// **The watermark is computed**: the end of the longest row of slices that are settled.
///
/// **A dead key stays dead.** What the collector deletes it first names in a SWEEP_PLAN. Before
/// a chunk is named, its key is held against all plans; keys carry the attempt that wrote them, so
/// the same bytes written again have another key. Restores PIN what they read.
///
/// # Invariants
///
/// Checked whenever a record is read, also after years ([StreamState]):
///
/// 1. numbers have no hole, hashes chain, each record is of this vault and this log;
/// 2. a slice is settled once, and slices do not overlap; AMEND keeps the revision before;
/// 3. no record names a dead key, and no plan a living one or another's;
/// 4. nothing expires that is pinned;
/// 5. the watermark never goes back: what is settled stays so, expired or not.
///
/// [VaultCheck] holds the objects against the records, [VaultRepair] brings back what was lost from
/// a [VaultCopy], which has the streams and configurations and nothing of restores, or of what else
/// is here, and [io.tsvault.core.vault.retention] lets go of what is old.
///
/// **A lost end is not gone on with.** That the newest records are gone no chain can tell. What is
/// left of them can: pages that end behind the newest record, and chunks of a log without any. One
/// class knows when that is damage, [Remains]; whoever appends asks it first, and so does whoever
/// tells how far a stream has come, copies or promotes. Of a loss that leaves no page nobody is
/// sure but who wrote a head down, as a copy does when it is finished or promoted ([Heads]); chunks
/// of two slices without a record are a doubt.
///
/// **A copy that may lack something is not promoted in silence.** Who copies says at the end how
/// far each log has come ([Finished]); a log that is further, or less far, was cut off or has lost
/// records ([CopyDoubts]). Somebody who has no other vault may insist. Marks that cannot be read
/// forbid writing ([Marks]).
///
/// **Repair takes what was here.** How far a log goes on in another vault proves nothing, unless
/// nobody writes to that one:
///
/// | the other has | repair |
/// |---|---|
/// | a record that one here, or a page, follows on | brings it back |
/// | more records, and is a copy | brings them back |
/// | more records, and was promoted, or is the original | takes them when a person says so |
/// | other records than those here, which tell of failed tries alone | has these make way |
/// | another one than the newest here, which was changed by hand | brings it back ([Twins]) |
/// | other records than those here | refuses: both were written to |
///
/// # Cost
///
/// Every 32nd record is a STATE record, which names pages that hold all records before it: four
/// pages of a size become one of the next. A log of a year of quarters of an hour, 35,040 records,
/// is opened by 49 requests in 4 rounds, at most. Pages save requests, and nothing else: without
/// one, its records are read one by one.
@NullMarked
package io.tsvault.core.vault;

import org.jspecify.annotations.NullMarked;
