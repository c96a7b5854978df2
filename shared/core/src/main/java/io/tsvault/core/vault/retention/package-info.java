/// How a vault lets go of what has outlived its keeping, in three steps that may each be the last:
///
/// ```text
///   EXPIRE       slices no longer count; their chunks are garbage         (Retention, Expiry)
///   SWEEP_PLAN   these keys are dead for ever; no record may name them    (Collector)
///   deletes, then SWEEP_DONE
/// ```
///
/// Each step is a record, and each record is decided on everything before it. So whoever appends a
/// COMMIT knows whether its chunks are dead, and whoever appends a PIN knows whether its slices are
/// expired: a hold of a person keeps none of those, and says how many they are. A crash between two
/// steps leaves garbage, and the next run goes on.
@NullMarked
package io.tsvault.core.vault.retention;

import org.jspecify.annotations.NullMarked;
