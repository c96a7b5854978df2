package io.tsvault.core.store;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import java.util.List;
import java.util.Optional;

/// Objects under keys. Safe for many threads and many processes at once.
///
/// What is created is there at once, for everybody, in every list. All methods throw [Transient]
/// when the same call may work later, [Permanent] when a person has to do something first, and
/// `IllegalArgumentException` for a key that is none.
public interface ObjectStore {
    /// What came of a wish to create.
    enum Creation {
        CREATED,
        /// Something is there under this key, and stays as it is.
        ALREADY_THERE
    }

    /// Creates an object whole, unless there is one with this key. When it throws, the object may
    /// be there or not, or come minutes later.
    Creation create(String key, byte[] bytes);

    /// The whole of an object, or empty if there is none.
    ///
    /// @param mostBytes what the caller is ready for; a larger object is [Permanent]
    Optional<byte[]> read(String key, int mostBytes);

    /// A part of an object: fewer bytes where it ends before, none at all behind its end. Empty if
    /// there is no such object.
    Optional<byte[]> read(String key, long offset, int length);

    /// The first objects in the order of their keys' bytes. What others put there by hand is
    /// listed too, and may have a name that is no key ([Keys#isKey]), which only a list can take,
    /// or be no object at all ([StoredObject#isObject]).
    ///
    /// @param prefix with which the keys begin; may be empty, and may end within a name
    /// @param startAfter only keys behind this one; empty for all
    /// @param limit how many at most, from 1
    List<StoredObject> list(String prefix, String startAfter, int limit);

    /// Removes an object, if it is there.
    void delete(String key);

    /// Where this is, for messages: `s3://bucket/prefix/`, or a folder.
    String location();
}
