package io.tsvault.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

class S3ConfigTest {
    private static S3Config parse(String address) {
        return S3Config.parse(address, Map.of());
    }

    @Test
    void anAddressAloneIsEnough() {
        S3Config config = parse("s3://vault-eu/prod/metrics");
        assertThat(config.bucket()).isEqualTo("vault-eu");
        assertThat(config.prefix()).isEqualTo("prod/metrics/");
        assertThat(config.location()).isEqualTo("s3://vault-eu/prod/metrics/");
        assertThat(config.server())
                .isEqualTo(new S3Server(Optional.empty(), Optional.empty(), false));
        assertThat(config.owner()).isEmpty();
        assertThat(config.encryption()).isEqualTo(new Encryption.AsBucket());
        assertThat(config.connections()).isEqualTo(32);
    }

    @Test
    void anAddressMaySayEverything() {
        S3Config config =
                parse(
                        "s3://vlt/p/?region=eu-west-1&endpoint=https://s3.example:9000"
                                + "&path-style=false&owner=123456789012&connections=7"
                                + "&encryption=kms:arn:aws:kms:eu-west-1:123456789012:key/ab-12");
        assertThat(config)
                .isEqualTo(
                        new S3Config(
                                "vlt",
                                "p/",
                                new S3Server(
                                        Optional.of("eu-west-1"),
                                        Optional.of(URI.create("https://s3.example:9000")),
                                        false),
                                Optional.of("123456789012"),
                                new Encryption.KmsKey(
                                        "arn:aws:kms:eu-west-1:123456789012:key/ab-12"),
                                7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://vlt", "s3://vlt/", "s3://vlt?owner=123456789012"})
    void aVaultMayBeAllOfABucket(String address) {
        assertThat(parse(address).location()).isEqualTo("s3://vlt/");
    }

    @Test
    void theEnvironmentNamesServerAndRegion() {
        Map<String, String> environment =
                Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9000", "AWS_REGION", "eu-west-2");
        assertThat(S3Config.parse("s3://vlt", environment).server())
                .isEqualTo(
                        new S3Server(
                                Optional.of("eu-west-2"),
                                Optional.of(URI.create("http://127.0.0.1:9000")),
                                true));
        assertThat(S3Config.parse("s3://vlt?region=us-west-2", environment).server().region())
                .contains("us-west-2");
    }

    @Test
    void theEndpointOfS3ComesBeforeTheOneOfEverything() {
        Map<String, String> environment =
                Map.of(
                        "AWS_ENDPOINT_URL", "http://all:1",
                        "AWS_ENDPOINT_URL_S3", "http://s3:2",
                        "AWS_REGION", "",
                        "AWS_DEFAULT_REGION", "eu-west-3");
        assertThat(S3Config.parse("s3://vlt", environment).server())
                .isEqualTo(
                        new S3Server(
                                Optional.of("eu-west-3"),
                                Optional.of(URI.create("http://s3:2")),
                                true));
    }

    @Test
    void aServerThatIsNotAwsNeedsNoRegion() {
        assertThat(parse("s3://vlt?endpoint=http://minio:9000").server().region())
                .contains("us-east-1");
    }

    @Test
    void O34_thereIsRoomForEveryKeyBehindAPrefix() {
        String longest = "p".repeat(323);
        assertThat(parse("s3://vlt/" + longest).prefix()).hasSize(324);
        assertThatThrownBy(() -> parse("s3://vlt/p" + longest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is 325 bytes long; with at most 324 there is room");
    }

    @ParameterizedTest
    @CsvSource({
        "http://vlt, is no address of a vault in S3",
        "s3:///p, is no address of a vault in S3",
        "s3://, is no address of a vault in S3",
        "s3://b/p, cannot be a bucket",
        "s3://Vault/p, cannot be a bucket",
        "s3://vlt--x-s3/p, is a directory bucket",
        "s3://vlt//p, cannot stand before keys",
        "s3://vlt/p//q, cannot stand before keys",
        "s3://vlt/../p, cannot stand before keys",
        "s3://vlt/p/.., cannot stand before keys",
        "s3://vlt/p q, cannot stand before keys",
        "s3://vlt?regoin=x, 'there can be name=value of [connections, encryption'",
        "s3://vlt?region=, there can be name=value of",
        "s3://vlt?region, there can be name=value of",
        "s3://vlt?region=a&region=b, region stands twice",
        "s3://vlt?region=EU West, is no region",
        "s3://vlt?owner=me, an AWS account has 12 digits",
        "s3://vlt?encryption=yes, 'it can be bucket, s3 or kms:<key>'",
        "s3://vlt?encryption=kms:, cannot be a key of KMS",
        "s3://vlt?path-style=yes, it can be true or false",
        "s3://vlt?connections=0, 'give 1 to 1,024'",
        "s3://vlt?connections=x, is no number",
        "s3://vlt?endpoint=ftp://x, is no endpoint",
        "s3://vlt?endpoint=minio:9000, is no endpoint",
        "s3://vlt?endpoint=http://a b, the endpoint is no URL",
    })
    void whatIsWrongIsTold(String address, String words) {
        assertThatThrownBy(() -> parse(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:hunter2@minio:9000", "https://me:hunter2@min io:9000"})
    void aPasswordInAnEndpointIsRefusedAndNotRepeated(String endpoint) {
        assertThatThrownBy(() -> S3Config.parse("s3://vlt", Map.of("AWS_ENDPOINT_URL", endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }
}
