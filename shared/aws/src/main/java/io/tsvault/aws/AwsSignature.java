package io.tsvault.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Signs requests to a service of AWS, as Amazon Managed Service for Prometheus wants it. The
/// credentials are those that the SDK finds, and are looked up for each request: they expire.
public final class AwsSignature {
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private final String service;
    private final String region;
    private final AwsCredentialsProvider credentials;
    private final Clock clock;

    AwsSignature(String service, String region, AwsCredentialsProvider credentials, Clock clock) {
        this.service = service;
        this.region = region;
        this.credentials = credentials;
        this.clock = clock;
    }

    /// Of Amazon Managed Service for Prometheus in a region such as `eu-west-1`.
    public static AwsSignature ofPrometheus(String region) {
        return new AwsSignature(
                "aps", region, DefaultCredentialsProvider.builder().build(), Clock.systemUTC());
    }

    /// The headers to send instead of `headers`.
    public Map<String, String> headers(
            String method, URI uri, Map<String, String> headers, byte[] body) {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
        headers.forEach(request::putHeader);
        SdkHttpRequest signed =
                SIGNER.sign(
                                sign ->
                                        sign.identity(credentials.resolveCredentials())
                                                .request(request.build())
                                                .payload(ContentStreamProvider.fromByteArray(body))
                                                .putProperty(
                                                        AwsV4HttpSigner.SERVICE_SIGNING_NAME,
                                                        service)
                                                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                                                .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                        .request();
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        signed.headers().forEach((name, values) -> all.put(name, String.join(",", values)));
        all.remove("Host"); // the HTTP client sets it, to the same
        return all;
    }

    /// For messages; shows no secret.
    @Override
    public String toString() {
        return "signature for " + List.of(service, region);
    }
}
