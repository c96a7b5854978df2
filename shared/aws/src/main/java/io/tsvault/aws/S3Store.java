package io.tsvault.aws;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.Finding;
import io.tsvault.core.store.Keys;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Objects in a bucket: see the description of the package. Every request is sent once;
/// [io.tsvault.core.store.RetryingStore] goes around it.
public final class S3Store implements ObjectStore, AutoCloseable {
    private static final int NO_CONTENT = 204;
    private static final int PRECONDITION_FAILED = 412;

    private final Bucket bucket;
    private final Download download;
    private final Listing listing;

    private S3Store(Bucket bucket) {
        this.bucket = bucket;
        this.download = new Download(bucket);
        this.listing = new Listing(bucket);
    }

    /// With the credentials that the SDK finds: environment, profile, role.
    ///
    /// @throws Permanent when there is no region
    public static S3Store open(S3Config config) {
        AwsCredentialsProvider usual = DefaultCredentialsProvider.builder().build();
        return open(config, usual, InstantSource.system());
    }

    /// In a new bucket of a server that was started for it, with that server's keys. A bucket of an
    /// account is made by its owner, never by us.
    public static S3Store inNewBucket(S3Config config, String accessKey, String secretKey) {
        AwsCredentialsProvider keys =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
        S3Store store = open(config, keys, InstantSource.system());
        Call call = store.bucket.call("s3:CreateBucket", "");
        store.bucket.during(
                call,
                () -> store.bucket.client().createBucket(made -> made.bucket(config.bucket())));
        return store;
    }

    static S3Store open(S3Config config, AwsCredentialsProvider credentials, InstantSource clock) {
        return new S3Store(new Bucket(config, S3Clients.client(config, credentials), clock));
    }

    @Override
    public Creation create(String key, byte[] bytes) {
        PutObjectRequest request = put(bucket.object(Keys.require(key)), bytes);
        Call call = bucket.call("s3:PutObject", key);
        return bucket.during(
                call,
                () -> {
                    try {
                        requireKept(
                                bucket.client().putObject(request, RequestBody.fromBytes(bytes)),
                                call);
                        return Creation.CREATED;
                    } catch (S3Exception e) {
                        if (e.statusCode() == PRECONDITION_FAILED) {
                            return Creation.ALREADY_THERE;
                        }
                        throw e;
                    }
                });
    }

    private PutObjectRequest put(String object, byte[] bytes) {
        PutObjectRequest.Builder put =
                PutObjectRequest.builder()
                        .bucket(bucket.name())
                        .key(object)
                        .ifNoneMatch("*")
                        .checksumCRC32C(crc32c(bytes))
                        .expectedBucketOwner(bucket.owner());
        switch (bucket.config().encryption()) {
            case Encryption.AsBucket _ -> {}
            case Encryption.S3Key _ -> put.serverSideEncryption(ServerSideEncryption.AES256);
            case Encryption.KmsKey(String id) ->
                    put.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(id);
        }
        return put.build();
    }

    /// Base64 of the four bytes, the highest first.
    private static String crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        byte[] sum = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(sum);
    }

    /// A 200 that S3 did not give is no proof that anything was kept.
    private void requireKept(PutObjectResponse response, Call call) {
        if (response.eTag() == null) {
            throw new Transient(
                    "%s: an answer 200 without an ETag, which is not one of S3; what is between?"
                            .formatted(call.place()));
        }
        if (bucket.config().encryption() instanceof Encryption.KmsKey(String id)
                && response.serverSideEncryption() != ServerSideEncryption.AWS_KMS) {
            throw new Permanent(
                    "%s was kept, but not encrypted with the KMS key %s: this store cannot do that"
                            .formatted(call.place(), id));
        }
    }

    @Override
    public Optional<byte[]> read(String key, int mostBytes) {
        return download.whole(Keys.require(key), mostBytes);
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        return download.part(Keys.require(key), offset, length);
    }

    @Override
    public List<StoredObject> list(String prefix, String startAfter, int limit) {
        return listing.list(prefix, startAfter, limit);
    }

    @Override
    public void delete(String key) {
        String object = bucket.object(Keys.require(key));
        Call call = bucket.call("s3:DeleteObject", key);
        SdkHttpResponse answer =
                bucket.during(
                        call,
                        () ->
                                bucket.client()
                                        .deleteObject(
                                                request ->
                                                        request.bucket(bucket.name())
                                                                .key(object)
                                                                .expectedBucketOwner(
                                                                        bucket.owner()))
                                        .sdkHttpResponse());
        requireDeleted(answer, call);
    }

    /// S3 says 204 and nothing else. What a 200 carries in its body may be an error.
    private static void requireDeleted(SdkHttpResponse answer, Call call) {
        String bytes = answer.firstMatchingHeader("Content-Length").orElse("?");
        if (answer.statusCode() != NO_CONTENT && !bytes.equals("0")) {
            throw new Transient(
                    "%s: an answer %d with a body to a DELETE, which is not one of S3; what is between?"
                            .formatted(call.place(), answer.statusCode()));
        }
    }

    @Override
    public String location() {
        return bucket.config().location();
    }

    /// What the bucket still holds under this key, the newest first, what hides it included; empty
    /// where versions are not kept.
    public List<ObjectVersion> versions(String key) {
        return new Versions(bucket).of(Keys.require(key));
    }

    /// Was anything under this prefix deleted that the bucket still holds?
    public boolean hides(String prefix) {
        return new Versions(bucket).hides(prefix);
    }

    /// What S3 says of this bucket that a vault should know; writes nothing.
    public List<Finding> examine() {
        return new Examination(bucket).findings();
    }

    @Override
    public void close() {
        bucket.client().close();
    }
}
