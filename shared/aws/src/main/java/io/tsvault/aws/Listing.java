package io.tsvault.aws;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.Keys;
import io.tsvault.core.store.StoredObject;

import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists objects, page after page, and believes no page that could hide one.
///
/// What lies there and is no key of a vault is passed over: consoles make such "folders".
record Listing(Bucket bucket) {
    /// What S3 gives at most in one answer.
    private static final int PAGE = 1000;

    List<StoredObject> list(String prefix, String startAfter, int limit) {
        Call call = bucket.call("s3:ListBucket", prefix);
        List<StoredObject> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            int wanted = Math.min(PAGE, limit - found.size());
            ListObjectsV2Request request = request(prefix, startAfter, next, wanted);
            ListObjectsV2Response page =
                    bucket.during(call, () -> bucket.client().listObjectsV2(request));
            next = next(page, call);
            for (S3Object object : page.contents()) {
                if (isOurs(object, prefix) && found.size() < limit) {
                    take(object, startAfter, found);
                }
            }
        } while (next.isPresent() && found.size() < limit);
        return List.copyOf(found);
    }

    private ListObjectsV2Request request(
            String prefix, String startAfter, Optional<String> next, int wanted) {
        ListObjectsV2Request.Builder list =
                ListObjectsV2Request.builder()
                        .bucket(bucket.name())
                        .prefix(bucket.object(prefix))
                        .maxKeys(wanted)
                        .expectedBucketOwner(bucket.owner());
        if (!startAfter.isEmpty()) {
            list.startAfter(bucket.object(startAfter));
        }
        next.ifPresent(list::continuationToken);
        return list.build();
    }

    /// Where the list goes on.
    private static Optional<String> next(ListObjectsV2Response page, Call call) {
        if (page.isTruncated() == null
                || (page.isTruncated() && page.nextContinuationToken() == null)) {
            throw new Transient(
                    "%s: an answer that is no list of S3, or a list that does not say how it goes on"
                            .formatted(call.place()));
        }
        return page.isTruncated() ? Optional.of(page.nextContinuationToken()) : Optional.empty();
    }

    private boolean isOurs(S3Object object, String prefix) {
        return object.key().startsWith(bucket.object(prefix)) && Keys.isKey(key(object));
    }

    private String key(S3Object object) {
        return object.key().substring(bucket.config().prefix().length());
    }

    private void take(S3Object object, String startAfter, List<StoredObject> found) {
        requireOrder(found.isEmpty() ? startAfter : found.getLast().key(), key(object));
        found.add(new StoredObject(key(object), object.size(), object.lastModified()));
    }

    /// Also notices a store that does not know where to start.
    private void requireOrder(String before, String key) {
        if (key.compareTo(before) <= 0) {
            throw new Permanent(
                    "%s: the store lists %s behind %s; a vault needs a store that lists in the order of bytes"
                            .formatted(bucket.config().location(), key, before));
        }
    }
}
