/// The vault under every crash and every race that can be told to one store.
///
/// Production code runs unchanged, on a store that obeys a [Plan]: before each request it is
/// decided who goes on, and what goes wrong. One thread runs at a time, so a run is its plan and
/// nothing else: the same name and the same seed are the same run.
///
/// ```text
///   Program      what an actor does: export, collect, restore, repair     (production use cases)
///   Vault, StreamLog, Deposit, Collector, VaultCopy, VaultRepair, ...     (production)
///   Requests     one actor's way to a store: each request is a step, with its Fault
///   Medium       create-if-absent on a Disk                               (or a broken one)
///   Disk         what is really there, watched by an Audit
/// ```
///
/// The [Audit] sees each change of the disk and asserts each [Rule] at once. It reads records, but
/// follows them by rules of its own, and makes keys by itself. It also hears what actors were told,
/// and holds that against the disk.
///
/// A program that dies or gives up is begun again, with nothing but the store. In the end all that
/// was still under way arrives, every program runs once more undisturbed, and nothing may be left
/// undone.
///
/// The exporter of production reads a [Chronicle], which is a function of the number of a slice and
/// of the clock, through a [FickleSource] that fails in every way that sources have. [Kept] then
/// holds what was kept against what was there.
///
/// The restorer of production brings [Hours] into a [Server], which loses what it has not flushed
/// when it is restarted, says yes and drops, and carries out late what was given up:
///
/// ```text
///   Restoring    the restorer, in several lives             (production, with a Mistake or none)
///   Calls        one actor's way to the target: each call is a step, with its Fault
///   Server       what the target really has, and what no restore may do to it
///   Brought      what a job says, against what is there
/// ```
///
/// A request that was given up comes within half a minute or never; and no two work on one job
/// where samples are kept twice, for nothing keeps these apart.
///
/// `ProtocolMutantTest`, `BackupTest` and `RestoreTest` prove that the audits see: each planted
/// mistake must break a rule.
@NullMarked
package io.tsvault.core.vault.sim;

import org.jspecify.annotations.NullMarked;
