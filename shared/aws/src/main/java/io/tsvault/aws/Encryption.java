package io.tsvault.aws;

/// How the store is to encrypt what is written. What is there already is read as it is.
public sealed interface Encryption {
    /// As the bucket says; AWS takes a key of S3 where it says nothing.
    record AsBucket() implements Encryption {}

    /// With a key that S3 keeps (SSE-S3).
    record S3Key() implements Encryption {}

    /// With a key of KMS (SSE-KMS).
    ///
    /// @param id its ARN, its id, or `alias/...`
    record KmsKey(String id) implements Encryption {
        public KmsKey {
            if (!id.matches("[A-Za-z0-9:/_-]{1,2048}")) {
                throw new IllegalArgumentException(
                        "\"%s\" cannot be a key of KMS: give its ARN, its id or alias/..."
                                .formatted(id));
            }
        }
    }

    /// `bucket`, `s3` or `kms:<key>`.
    static Encryption parse(String text) {
        if (text.startsWith("kms:")) {
            return new KmsKey(text.substring("kms:".length()));
        }
        return switch (text) {
            case "bucket" -> new AsBucket();
            case "s3" -> new S3Key();
            default ->
                    throw new IllegalArgumentException(
                            "encryption=%s: it can be bucket, s3 or kms:<key>".formatted(text));
        };
    }
}
