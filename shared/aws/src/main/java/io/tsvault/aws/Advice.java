package io.tsvault.aws;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/// What a person can do about a refusal that time does not mend.
record Advice(S3Config config, InstantSource clock) {
    private static final Set<String> WRONG_REGION =
            Set.of(
                    "PermanentRedirect",
                    "TemporaryRedirect",
                    "AuthorizationHeaderMalformed",
                    "IllegalLocationConstraintException");

    private static final Set<String> WRONG_CREDENTIALS =
            Set.of(
                    "ExpiredToken",
                    "InvalidToken",
                    "TokenRefreshRequired",
                    "InvalidAccessKeyId",
                    "SignatureDoesNotMatch");

    /// Ends with `; `, as what the store said stands behind it; empty where that says enough.
    String on(Refusal refusal, Call call) {
        String advice = advice(refusal, call);
        return advice.isEmpty() ? "" : advice + "; ";
    }

    private String advice(Refusal refusal, Call call) {
        String code = refusal.code();
        if (WRONG_REGION.contains(code) || refusal.status() == 301 || refusal.status() == 307) {
            return elsewhere(refusal);
        }
        if (code.startsWith("KMS.") || refusal.words().contains("kms:")) {
            return noKey();
        }
        if (WRONG_CREDENTIALS.contains(code)) {
            return "the credentials are not valid: renew them, or name others in AWS_PROFILE or"
                    + " AWS_ACCESS_KEY_ID";
        }
        return switch (code) {
            case "NoSuchBucket" ->
                    "the bucket is not there, and nothing is made in its place: check its name and"
                            + " its account";
            case "RequestTimeTooSkewed" -> skewed(refusal);
            case "InvalidObjectState" ->
                    "the object is archived: ask for its return (aws s3api restore-object) and try"
                            + " again when it is back";
            default -> refusal.status() == 403 ? denied(call) : "";
        };
    }

    private static String elsewhere(Refusal refusal) {
        return refusal.region()
                .map("the bucket is in %1$s: write ?region=%1$s behind its address"::formatted)
                .orElse(
                        "the wrong region or endpoint for this bucket: check ?region=, AWS_REGION"
                                + " and AWS_ENDPOINT_URL");
    }

    private String noKey() {
        String key =
                switch (config.encryption()) {
                    case Encryption.KmsKey(String id) -> id;
                    case Encryption.S3Key _, Encryption.AsBucket _ -> "that the bucket names";
                };
        return ("the KMS key %s cannot be used: it has to be enabled, and to allow"
                        + " kms:GenerateDataKey for writing and kms:Decrypt for reading")
                .formatted(key);
    }

    private String skewed(Refusal refusal) {
        return refusal.date()
                .map(date -> Duration.between(date, clock.instant()).toSeconds())
                .map(Advice::wrongBy)
                .map("the clock of this machine is %s: set it"::formatted)
                .orElse("the clock of this machine is wrong by more than 15 minutes: set it");
    }

    /// `3,600 s behind`.
    static String wrongBy(long secondsAhead) {
        return "%,d s %s".formatted(Math.abs(secondsAhead), secondsAhead < 0 ? "behind" : "ahead");
    }

    private String denied(Call call) {
        String absent =
                call.action().equals("s3:GetObject")
                        ? " (and s3:ListBucket, without which an absent object looks the same)"
                        : "";
        String foreign =
                config.owner().map(", in a bucket that account %s owns"::formatted).orElse("");
        return "allow %s on %s*%s%s".formatted(call.action(), config.location(), absent, foreign);
    }
}
