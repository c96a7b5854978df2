package io.tsvault.cli;

import io.tsvault.aws.ObjectVersion;
import io.tsvault.aws.S3Store;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.Keys;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;

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

    /// A log as a whole is a folder, which has no versions.
    private static Optional<String> hint(S3Store bucket, String key) {
        if (!Keys.isKey(key)) {
            return Optional.empty();
        }
        try {
            List<ObjectVersion> versions = bucket.versions(key);
            return versions.isEmpty()
                    ? Optional.empty()
                    : Optional.of(hint(versions, key, bucket.location() + key));
        } catch (Permanent | Transient e) {
            return Optional.of("older versions cannot be seen: " + e.getMessage());
        }
    }

    /// The newest version is what is wrong. The key of a record does not say its hash.
    private static String hint(List<ObjectVersion> versions, String key, String place) {
        ObjectVersion newest = versions.getFirst();
        String deed = newest.isDeleteMarker() ? "deleted" : "written";
        String when = "%s on %s".formatted(deed, Times.text(newest.since().toEpochMilli()));
        Optional<String> promised = ObjectKey.promised(key);
        return versions.stream()
                .skip(1)
                .filter(version -> !version.isDeleteMarker())
                .filter(version -> promised.map(version.sha256()::equals).orElse(true))
                .findFirst()
                .map(
                        version ->
                                "%s (CloudTrail says by whom); the version of %s is still there: %s"
                                        .formatted(
                                                when,
                                                Times.text(version.since().toEpochMilli()),
                                                undelete(version, place)))
                .orElse(when + "; the bucket keeps no good version of it");
    }

    /// @param place such as `s3://bucket/prefix/key`
    private static String undelete(ObjectVersion version, String place) {
        String path = place.substring("s3://".length());
        int slash = path.indexOf('/');
        return "aws s3api copy-object --bucket %s --key %s --copy-source '%s?versionId=%s'"
                .formatted(path.substring(0, slash), path.substring(slash + 1), path, version.id());
    }
}
