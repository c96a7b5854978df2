package io.tsvault.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

class AwsSignatureTest {
    private static final URI UPLOAD =
            URI.create(
                    "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/query");

    private static Map<String, String> signed(String body, Map<String, String> headers) {
        AwsSignature signature =
                new AwsSignature(
                        "aps",
                        "eu-west-1",
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("AKIDEXAMPLE", "canary-secret")),
                        Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
        return signature.headers("POST", UPLOAD, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRequestSaysWhoAsksAndWhen() {
        Map<String, String> headers = signed("query=up", Map.of("X-Scope-OrgID", "a"));

        assertThat(headers)
                .containsEntry("X-Amz-Date", "20260102T030405Z")
                .containsEntry("X-Scope-OrgID", "a")
                .doesNotContainKey("Host");
        assertThat(headers.get("Authorization"))
                .startsWith(
                        "AWS4-HMAC-SHA256"
                                + " Credential=AKIDEXAMPLE/20260102/eu-west-1/aps/aws4_request")
                .contains("x-scope-orgid")
                .doesNotContain("canary");
    }

    @Test
    void theSignatureDependsOnTheBody() {
        assertThat(signed("query=up", Map.of()).get("Authorization"))
                .isEqualTo(signed("query=up", Map.of()).get("Authorization"))
                .isNotEqualTo(signed("query=down", Map.of()).get("Authorization"));
    }
}
