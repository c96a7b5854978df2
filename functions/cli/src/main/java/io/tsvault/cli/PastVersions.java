package io.tsvault.cli;

import io.tsvault.aws.ObjectVersion;
import io.tsvault.aws.S3Store;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.MalformedJson;
import io.tsvault.core.store.Keys;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.key.ObjectKey.OfRecord;
import io.tsvault.core.vault.record.Entry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where what is missing or changed may still be: in a bucket that keeps versions.
///
/// @param address of the vault; a folder keeps no versions
record PastVersions(VaultAddress address) {
    /// Who has more damage than that has lost more than some objects.
    private static final int MOST = 100;

    static PastVersions of(VaultAddress address) {
        return new PastVersions(address);
    }

    /// What can be said, by the keys of the problems.
    Map<String, String> hints(List<Problem> problems) {
        Map<String, String> hints = new LinkedHashMap<>();
        if (problems.isEmpty() || !address.isS3()) {
            return hints;
        }
        try (S3Store bucket = address.bucket()) {
            for (Problem problem : problems.subList(0, Math.min(MOST, problems.size()))) {
                hint(bucket, problem.key()).ifPresent(hint -> hints.put(problem.key(), hint));
            }
        }
        return hints;
    }

    private static Optional<String> hint(S3Store bucket, String key) {
        String place = bucket.location() + key;
        try {
            if (key.endsWith("/")) { // a log as a whole
                return bucket.hides(key) ? Optional.of(undelete(place)) : Optional.empty();
            }
            List<ObjectVersion> versions = Keys.isKey(key) ? bucket.versions(key) : List.of();
            return versions.isEmpty()
                    ? Optional.empty()
                    : Optional.of(hint(versions, promised(bucket, key), place));
        } catch (Permanent | Transient e) {
            return Optional.of("older versions cannot be seen: " + e.getMessage());
        }
    }

    /// The SHA-256 of what belongs there: the key says it, or of a record the next one.
    private static Optional<String> promised(S3Store bucket, String key) {
        return ObjectKey.parse(key).orElse(Mark.VAULT) instanceof OfRecord(var log, var seq)
                ? bucket.read(ObjectKey.record(log, seq + 1), Entry.MOST_BYTES)
                        .flatMap(PastVersions::previous)
                : ObjectKey.promised(key);
    }

    private static Optional<String> previous(byte[] record) {
        try {
            return Json.parse(record, "it") instanceof Json.Members(var members)
                            && members.get("previous") instanceof Json.Text(var sha256)
                    ? Optional.of(sha256)
                    : Optional.empty();
        } catch (MalformedJson _) {
            return Optional.empty(); // it was overwritten too
        }
    }

    /// The newest version is what is wrong. Keys are written once: where no hash is known, the
    /// oldest version is the right one, whatever came after it.
    ///
    /// @param versions newest first
    /// @param promised the SHA-256 of the right one, if it is known
    static String hint(List<ObjectVersion> versions, Optional<String> promised, String place) {
        ObjectVersion newest = versions.getFirst();
        String deed = newest.isDeleteMarker() ? "deleted" : "written";
        String when = "%s on %s".formatted(deed, Times.text(newest.since().toEpochMilli()));
        return versions.stream()
                .skip(1)
                .filter(version -> !version.isDeleteMarker())
                .filter(version -> promised.map(version.sha256()::equals).orElse(true))
                .reduce((_, older) -> older)
                .map(
                        version ->
                                "%s (CloudTrail says by whom); the version of %s is still there: %s"
                                        .formatted(
                                                when,
                                                Times.text(version.since().toEpochMilli()),
                                                undelete(version, place)))
                .orElse(when + "; the bucket keeps no good version of it");
    }

    /// @param place of a folder, all of which was deleted
    private static String undelete(String place) {
        String path = place.substring("s3://".length());
        int slash = path.indexOf('/');
        String bucket = path.substring(0, slash);
        return "deleted (CloudTrail says by whom), and still there: aws s3api list-object-versions"
                + " --bucket %s --prefix %s".formatted(bucket, path.substring(slash + 1))
                + " --query 'DeleteMarkers[?IsLatest].[Key,VersionId]' --output text | while read"
                + " -r key id; do aws s3api delete-object --bucket %s".formatted(bucket)
                + " --key \"$key\" --version-id \"$id\"; done";
    }

    /// @param place such as `s3://bucket/prefix/key`
    private static String undelete(ObjectVersion version, String place) {
        String path = place.substring("s3://".length());
        int slash = path.indexOf('/');
        return "aws s3api copy-object --bucket %s --key %s --copy-source '%s?versionId=%s'"
                .formatted(path.substring(0, slash), path.substring(slash + 1), path, version.id());
    }
}
