package io.tsvault.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.lab.Lab;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinioTest extends RealS3Contract {
    MinioTest() {
        super(Lab.named("minio"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3", "kms:vault"})
    void O19_aServerWithoutKeysRefusesToEncrypt(String encryption) {
        try (S3Store encrypting = inNewBucket("&encryption=" + encryption)) {
            assertThatThrownBy(() -> encrypting.create("a", bytes("x")))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("KMS is not configured");
        }
    }
}
