package io.tsvault.aws;

import java.time.Instant;

/// One of the things that a bucket keeps under one key when it keeps versions.
///
/// @param id what S3 calls it
/// @param since when it was written, by the clock of the store
/// @param sha256 of its bytes; empty for a delete marker, which hides what is older
public record ObjectVersion(String id, Instant since, String sha256) {
    /// Is it the note that the object was deleted?
    public boolean isDeleteMarker() {
        return sha256.isEmpty();
    }
}
