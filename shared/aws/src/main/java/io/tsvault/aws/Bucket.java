package io.tsvault.aws;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.services.s3.S3Client;

import java.time.InstantSource;
import java.util.function.Supplier;

/// The part of a bucket that holds a vault, and the way to it.
record Bucket(S3Config config, S3Client client, InstantSource clock) {
    String name() {
        return config.bucket();
    }

    /// The key within the bucket.
    String object(String key) {
        return config.prefix() + key;
    }

    /// The account that must own it. The SDK's builders take null for "not set".
    @Nullable String owner() {
        return config.owner().orElse(null);
    }

    Call call(String action, String key) {
        return new Call(action, config.location() + key);
    }

    /// What the request gives, or a failure of the house.
    <T> T during(Call call, Supplier<T> request) {
        return new Translation(config, clock).during(call, request);
    }
}
