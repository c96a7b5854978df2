package io.tsvault.aws;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Reads objects, never more of them than was asked for.
record Download(Bucket bucket) {
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /// What came: the head of the answer, and at most one byte more than was wanted.
    private static final class Got {
        static final Got NOTHING = new Got(GetObjectResponse.builder().build(), new byte[0]);

        final GetObjectResponse head;
        final byte[] bytes;

        Got(GetObjectResponse head, byte[] bytes) {
            this.head = head;
            this.bytes = bytes;
        }

        /// The size that the head says, if it says one.
        long size() {
            return Optional.ofNullable(head.contentLength()).orElse((long) bytes.length);
        }
    }

    Optional<byte[]> whole(String key, int mostBytes) {
        Call call = bucket.call("s3:GetObject", key);
        GetObjectRequest request = get(key).checksumMode(ChecksumMode.ENABLED).build();
        return fetch(call, request, mostBytes)
                .map(
                        got -> {
                            requireAtMost(mostBytes, got, call);
                            return complete(got, call);
                        });
    }

    /// A range cannot be empty, so that one byte stands for none. S3 refuses a range behind
    /// the end.
    Optional<byte[]> part(String key, long offset, int length) {
        int atLeastOne = Math.max(length, 1);
        String range = "bytes=%d-%d".formatted(offset, Math.addExact(offset, atLeastOne - 1));
        Call call = bucket.call("s3:GetObject", key);
        return fetch(call, get(key).range(range).build(), atLeastOne)
                .map(
                        got -> {
                            if (got == Got.NOTHING) {
                                return got.bytes;
                            }
                            requireFrom(offset, got, call);
                            byte[] bytes = complete(got, call);
                            return Arrays.copyOf(bytes, Math.min(bytes.length, length));
                        });
    }

    private GetObjectRequest.Builder get(String key) {
        return GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.object(key))
                .expectedBucketOwner(bucket.owner());
    }

    private Optional<Got> fetch(Call call, GetObjectRequest request, int mostBytes) {
        return bucket.during(
                call,
                () -> {
                    try {
                        return Optional.of(
                                bucket.client()
                                        .getObject(
                                                request,
                                                (head, body) -> take(head, body, mostBytes)));
                    } catch (NoSuchKeyException _) {
                        return Optional.empty();
                    } catch (S3Exception e) {
                        if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                            return Optional.of(Got.NOTHING);
                        }
                        throw e;
                    }
                });
    }

    private static Got take(GetObjectResponse head, AbortableInputStream body, int mostBytes)
            throws IOException {
        Got nothing = new Got(head, new byte[0]);
        if (nothing.size() > mostBytes) {
            body.abort();
            return nothing;
        }
        return new Got(head, body.readNBytes(Math.addExact(mostBytes, 1)));
    }

    private static void requireAtMost(int mostBytes, Got got, Call call) {
        long bytes = Math.max(got.size(), got.bytes.length);
        if (bytes > mostBytes) {
            throw new Permanent(
                    "%s has %,d bytes, and at most %,d belong there; look at it, and move it away"
                            .formatted(call.place(), bytes, mostBytes));
        }
    }

    private static byte[] complete(Got got, Call call) {
        if (got.bytes.length != got.size()) {
            throw new Transient(
                    "%s: %,d bytes came of %,d"
                            .formatted(call.place(), got.bytes.length, got.size()));
        }
        return got.bytes;
    }

    private static void requireFrom(long offset, Got got, Call call) {
        String came = Optional.ofNullable(got.head.contentRange()).orElse("the whole object");
        if (!came.startsWith("bytes %d-".formatted(offset))) {
            throw new Permanent(
                    "%s: asked for the bytes from %d on, the store gave %s: it cannot hold a vault"
                            .formatted(call.place(), offset, came));
        }
    }
}
