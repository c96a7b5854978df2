package io.tsvault.aws;

import io.tsvault.lab.Server;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Stores on servers of the lab, for tests.
final class Opened {
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private Opened() {}

    static AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(Server.S3_ACCESS_KEY, Server.S3_SECRET_KEY));
    }

    static S3Store at(String address) {
        return S3Store.open(
                S3Config.parse(address, Map.of()), credentials(), InstantSource.system());
    }

    /// In a new bucket, which may only be reached by another way: through a proxy.
    static S3Store inNewBucket(URI server, URI way, String wishes) {
        String name = "vault-" + BUCKETS.incrementAndGet();
        String address = "s3://%s/some/Place?endpoint=%s%s";
        S3Config direct = S3Config.parse(address.formatted(name, server, ""), Map.of());
        try (S3Client client = S3Clients.client(direct, credentials())) {
            client.createBucket(bucket -> bucket.bucket(name));
        }
        return at(address.formatted(name, way, wishes));
    }

    static S3Store inNewBucket(URI server) {
        return inNewBucket(server, server, "");
    }
}
