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
///
/// # A directory
///
/// An object is a file, its key the path. It comes in steps, of which a hard link is the one that
/// counts: it fails when the name is taken, and a name has all bytes or is not there.
///
/// ```text
///   1  write    .tmp/<random>         no list shows it; a dead one goes after a day
///   2  fsync    .tmp/<random>         the bytes outlast a power cut
///   3  link     a/b/c                 exists, for all, or ALREADY_THERE
///   4  unlink   .tmp/<random>
///   5  fsync    a/b, a, the root      the name outlasts a power cut; then it is announced
/// ```
///
/// * ALREADY_THERE comes after step 5 too: whoever made the file may have been killed before it.
///   For the same reason each process forces each folder on the way once, whoever made it.
/// * A failed fsync fails the write for good, as systems forget what they could not write: to ask
///   again gets a yes that is none. After step 3 the file stays, since others may have seen it.
/// * A folder that becomes empty goes, so that lists need not look into it for ever. Who puts a
///   file there at this moment finds the folder missing, and makes it again.
/// * No symbolic link is followed, nor a pipe or a device opened: whatever meets one refuses it by
///   its path, but a list, which names it beside the others. Only the vault's own folder may be
///   behind a link. Each name on the way is looked at before it is used, so who may write to the
///   vault, and swaps a folder for a link just between the two, leads one call astray. (The folder
///   handles of Java cannot make links or folders, so they do not help.) Hash chains and SHA-256
///   find what was read from elsewhere.
/// * The folder is known by its identity: when its disk is unmounted, the empty folder below is not
///   taken for a vault that lost everything.
/// * The file system must know hard links and forced folders: the first write of a process tries.
@NullMarked
package io.tsvault.core.store;

import org.jspecify.annotations.NullMarked;
