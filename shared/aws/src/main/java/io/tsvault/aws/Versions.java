package io.tsvault.aws;

import io.tsvault.core.vault.record.Head;

import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a bucket that keeps versions holds under a key. Nobody asks this but a person to whom
/// something is missing, so that it may be slow.
record Versions(Bucket bucket) {
    /// Of so many versions one is good, or none is.
    private static final int MOST = 100;

    /// What is longer is none of a vault's: its hash is another one anyway.
    private static final int MOST_BYTES = 64 << 20;

    List<ObjectVersion> of(String key) {
        ListObjectVersionsResponse found = list(key);
        List<ObjectVersion> versions = new ArrayList<>();
        found.deleteMarkers().stream()
                .filter(marker -> marker.key().equals(bucket.object(key)))
                .map(marker -> new ObjectVersion(marker.versionId(), marker.lastModified(), ""))
                .forEach(versions::add);
        found.versions().stream()
                .filter(version -> version.key().equals(bucket.object(key)))
                .map(
                        version ->
                                new ObjectVersion(
                                        version.versionId(),
                                        version.lastModified(),
                                        sha256(key, version.versionId())))
                .forEach(versions::add);
        versions.sort(Comparator.comparing(ObjectVersion::since).reversed());
        return List.copyOf(versions);
    }

    /// Was anything deleted under this prefix that a version of still is there?
    boolean hides(String prefix) {
        return list(prefix).deleteMarkers().stream().anyMatch(DeleteMarkerEntry::isLatest);
    }

    private ListObjectVersionsResponse list(String key) {
        ListObjectVersionsRequest request =
                ListObjectVersionsRequest.builder()
                        .bucket(bucket.name())
                        .prefix(bucket.object(key))
                        .maxKeys(MOST)
                        .expectedBucketOwner(bucket.owner())
                        .build();
        return bucket.during(
                bucket.call("s3:ListBucketVersions", key),
                () -> bucket.client().listObjectVersions(request));
    }

    private String sha256(String key, String version) {
        GetObjectRequest request =
                GetObjectRequest.builder()
                        .bucket(bucket.name())
                        .key(bucket.object(key))
                        .versionId(version)
                        .expectedBucketOwner(bucket.owner())
                        .build();
        return bucket.during(
                bucket.call("s3:GetObjectVersion", key),
                () ->
                        bucket.client()
                                .getObject(
                                        request,
                                        (_, body) -> Head.hash(body.readNBytes(MOST_BYTES))));
    }
}
