package io.tsvault.aws;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.net.ssl.SSLPeerUnverifiedException;

/// What the SDK throws, in the words of the house: what, where, and what to do next.
final class Translation {
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

    /// Statuses of 400 and more that time mends.
    private static final Set<String> LOST_ON_THE_WAY =
            Set.of(
                    "RequestTimeout",
                    "IncompleteBody",
                    "BadDigest",
                    "XAmzContentChecksumMismatch",
                    "XAmzContentSHA256Mismatch");

    private final S3Config config;
    private final InstantSource clock;

    Translation(S3Config config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /// What the request gives, or a failure of the house.
    <T> T during(Call call, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw of(e, call);
        }
    }

    RuntimeException of(SdkException failure, Call call) {
        return failure instanceof AwsServiceException answer
                ? refused(new Refusal(answer), call)
                : unanswered(failure, call);
    }

    private RuntimeException refused(Refusal refusal, Call call) {
        if (mayWorkLater(refusal)) {
            String message = "%s: %s".formatted(call.place(), said(refusal));
            Optional<Duration> wait = refusal.wait(clock.instant());
            return wait.isPresent()
                    ? new Transient(message, wait.get())
                    : new Transient(message, refusal.failure());
        }
        String message =
                "%s: %s (%s)".formatted(call.place(), remedy(refusal, call), refusal.tag());
        return new Permanent(message, refusal.failure());
    }

    /// 501: not known here. 507: full. Neither goes away by waiting.
    private static boolean mayWorkLater(Refusal refusal) {
        int status = refusal.status();
        return refusal.failure().isThrottlingException()
                || LOST_ON_THE_WAY.contains(refusal.code())
                || status == 408
                || status == 409
                || (status >= 500 && status != 501 && status != 507);
    }

    private String remedy(Refusal refusal, Call call) {
        String code = refusal.code();
        if (WRONG_REGION.contains(code) || refusal.status() == 301 || refusal.status() == 307) {
            return elsewhere(refusal);
        }
        if (code.startsWith("KMS.") || refusal.words().contains("kms:")) {
            return noKey(refusal);
        }
        if (WRONG_CREDENTIALS.contains(code)) {
            return "the credentials are not valid: renew them, or name others in AWS_PROFILE"
                    + " or AWS_ACCESS_KEY_ID; "
                    + said(refusal);
        }
        return switch (code) {
            case "NoSuchBucket" ->
                    "the bucket is not there; nothing is made in its place: check its name and its"
                            + " account";
            case "RequestTimeTooSkewed" -> skewed(refusal);
            case "InvalidObjectState" ->
                    "the object is archived: ask for its return (aws s3api restore-object) and try"
                            + " again when it is back";
            default -> refusal.status() == 403 ? denied(refusal, call) : said(refusal);
        };
    }

    private String elsewhere(Refusal refusal) {
        return refusal.region()
                .map(
                        region ->
                                ("the bucket is in %s: write ?region=%s behind its address, or set"
                                                + " AWS_REGION")
                                        .formatted(region, region))
                .orElse(
                        "this is the wrong region or endpoint for the bucket; check ?region=,"
                                + " AWS_REGION and AWS_ENDPOINT_URL; "
                                + said(refusal));
    }

    private String noKey(Refusal refusal) {
        String key =
                switch (config.encryption()) {
                    case Encryption.KmsKey(String id) -> id;
                    case Encryption.S3Key _, Encryption.AsBucket _ -> "that the bucket names";
                };
        return "the KMS key %s cannot be used: it takes kms:GenerateDataKey to write and kms:Decrypt to read, and a key that is enabled; "
                        .formatted(key)
                + said(refusal);
    }

    private String skewed(Refusal refusal) {
        String how =
                refusal.date()
                        .map(date -> Duration.between(date, clock.instant()).toSeconds())
                        .map(Translation::wrongBy)
                        .orElse("wrong by more than 15 minutes");
        return "the clock of this machine is %s: set it".formatted(how);
    }

    static String wrongBy(long secondsAhead) {
        return "%,d s %s".formatted(Math.abs(secondsAhead), secondsAhead < 0 ? "behind" : "ahead");
    }

    private String denied(Refusal refusal, Call call) {
        String absent =
                call.action().equals("s3:GetObject")
                        ? "; without s3:ListBucket an absent object looks the same"
                        : "";
        String foreign =
                config.owner()
                        .map("; a bucket that account %s does not own looks the same"::formatted)
                        .orElse("");
        return "allow %s on %s*%s%s; %s"
                .formatted(call.action(), config.location(), absent, foreign, said(refusal));
    }

    private static String said(Refusal refusal) {
        return refusal.code().isEmpty()
                ? "an answer %s that is not one of S3".formatted(refusal.tag())
                : "%s (%s)".formatted(refusal.words(), refusal.tag());
    }

    private static RuntimeException unanswered(SdkException failure, Call call) {
        if (failure instanceof AbortedException) {
            Thread.currentThread().interrupt();
        }
        boolean untrusted =
                causes(failure)
                        .anyMatch(
                                cause ->
                                        cause instanceof GeneralSecurityException
                                                || cause instanceof SSLPeerUnverifiedException);
        return untrusted
                ? new Permanent(
                        "%s: the certificate of the endpoint is not trusted: %s"
                                .formatted(call.place(), reason(failure)),
                        failure)
                : new Transient(
                        "%s: no answer to %s: %s"
                                .formatted(call.place(), call.action(), reason(failure)),
                        failure);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(10);
    }

    /// The words of the innermost cause say most: `Connection reset`.
    private static String reason(SdkException failure) {
        Throwable inmost = causes(failure).reduce(failure, (_, cause) -> cause);
        String words = Optional.ofNullable(inmost.getMessage()).orElse("");
        return words.isEmpty() ? inmost.getClass().getSimpleName() : words;
    }
}
