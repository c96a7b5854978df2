/// Where a vault is kept: objects under keys, which are made once and never changed.
///
/// Everything that tsvault promises about crashes and races rests on one primitive: an object is
/// created whole, or not at all, and only where none was before ([ObjectStore#create]). No lease,
/// no lock, no clock.
///
/// ```text
///   RetryingStore            repeats what may work; finds out whether a write happened
///     ├─ MemoryStore         for tests and demonstrations
///     ├─ DirectoryStore      a folder of this machine
///     └─ S3Store             (in shared/aws) a bucket
/// ```
///
/// `ObjectStoreContract`, in the tests of this module, says what each of them must do.
///
/// # Keys
///
/// A key is names joined by `/`. A name is of `a-z 0-9 . _ = -`, begins with none of `.` and `-`,
/// and is at most 200 bytes long; a key has at most 700. So a key is safe as a file name on every
/// system, also where case does not count, and needs no encoding in a URL or an event.
@NullMarked
package io.tsvault.core.store;

import org.jspecify.annotations.NullMarked;
