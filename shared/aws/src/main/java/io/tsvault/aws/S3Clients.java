package io.tsvault.aws;

import io.tsvault.core.failure.Permanent;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Clients of the SDK, as a vault wants them.
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// S3 thinks for less than that, also about a list.
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /// A chunk of 64 MiB at 2 Mbit/s, and the waiting for a free connection.
    private static final Duration WHOLE_CALL = Duration.ofMinutes(5);

    /// How the SDK quotes a service that gives credentials: STS for roles, SSO for people.
    private static final Pattern SAID_BY_SERVICE =
            Pattern.compile("[^\\[\\],:]+ \\(Service: [A-Za-z ]+, Status Code: [0-9]+");

    private S3Clients() {}

    /// - Nothing is tried again here. [io.tsvault.core.store.RetryingStore] does that, and reads
    ///   back; under it the SDK's own retry would hide whose write a 412 was about.
    /// - No checksums but those that are asked for: others break servers that are older than they.
    /// - No chunked signature, for the same reason: bodies are in memory and are signed whole.
    static S3Client client(S3Config config, AwsCredentialsProvider credentials) {
        S3ClientBuilder builder =
                S3Client.builder()
                        .credentialsProvider(orPermanent(credentials, config))
                        .httpClient(http(config))
                        .forcePathStyle(config.server().pathStyle())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .serviceConfiguration(
                                S3Configuration.builder().chunkedEncodingEnabled(false).build())
                        .overrideConfiguration(
                                ClientOverrideConfiguration.builder()
                                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                                        .apiCallTimeout(WHOLE_CALL)
                                        .apiCallAttemptTimeout(WHOLE_CALL)
                                        .build());
        config.server().endpoint().ifPresent(builder::endpointOverride);
        config.server().region().ifPresent(region -> builder.region(Region.of(region)));
        try {
            return builder.build();
        } catch (SdkClientException e) {
            throw new Permanent(
                    "%s: no region: write ?region=... behind the address, or set AWS_REGION"
                            .formatted(config.location()),
                    e);
        }
    }

    private static SdkHttpClient http(S3Config config) {
        return Apache5HttpClient.builder()
                .maxConnections(config.connections())
                .connectionAcquisitionTimeout(WHOLE_CALL)
                .connectionTimeout(CONNECT)
                .socketTimeout(SILENCE)
                .tcpKeepAlive(true)
                .build();
    }

    /// What the SDK tried, one after the other, is in the cause; what to do is the same for all.
    private static AwsCredentialsProvider orPermanent(
            AwsCredentialsProvider credentials, S3Config config) {
        return () -> {
            try {
                return credentials.resolveCredentials();
            } catch (SdkClientException | AwsServiceException e) {
                throw new Permanent(
                        ("%s: no credentials%s: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                                        + " AWS_SECRET_ACCESS_KEY, or give this machine a role")
                                .formatted(config.location(), refused(e)),
                        e);
            }
        };
    }

    /// What a service said that was asked for a role, else nothing.
    private static String refused(SdkException failure) {
        Matcher said = SAID_BY_SERVICE.matcher(String.valueOf(failure.getMessage()));
        return said.find() ? ", as a role was refused: " + said.group().strip() + ")" : "";
    }
}
