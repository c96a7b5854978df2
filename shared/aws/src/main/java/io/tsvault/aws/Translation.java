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
    /// What time mends though the status does not say so: it is 400, or even 200.
    private static final Set<String> MENDED_BY_TIME =
            Set.of(
                    "InternalError",
                    "ServiceUnavailable",
                    "RequestTimeout",
                    "IncompleteBody",
                    "BadDigest",
                    "XAmzContentChecksumMismatch",
                    "XAmzContentSHA256Mismatch");

    private final InstantSource clock;
    private final Advice advice;

    Translation(S3Config config, InstantSource clock) {
        this.clock = clock;
        this.advice = new Advice(config, clock);
    }

    /// What the request gives, or a failure of the house.
    <T> T during(Call call, Supplier<T> request) {
        try {
            return request.get();
        } catch (AwsServiceException e) {
            throw refused(new Refusal(e), call);
        } catch (SdkException e) {
            throw unanswered(e, call);
        }
    }

    private RuntimeException refused(Refusal refusal, Call call) {
        if (!mayWorkLater(refusal)) {
            String todo = advice.on(refusal, call);
            return new Permanent(
                    "%s: %s%s".formatted(call.place(), todo, refusal.said()), refusal.failure());
        }
        String message = "%s: %s".formatted(call.place(), refusal.said());
        Optional<Duration> wait = refusal.wait(clock.instant());
        return wait.isPresent()
                ? new Transient(message, wait.get())
                : new Transient(message, refusal.failure());
    }

    /// 501: not known here. 507: full. Neither goes away by waiting.
    private static boolean mayWorkLater(Refusal refusal) {
        int status = refusal.status();
        return refusal.failure().isThrottlingException()
                || MENDED_BY_TIME.contains(refusal.code())
                || status == 408
                || status == 409
                || (status >= 500 && status != 501 && status != 507);
    }

    private static RuntimeException unanswered(SdkException failure, Call call) {
        if (failure instanceof AbortedException) {
            Thread.currentThread().interrupt();
        }
        return isUntrusted(failure)
                ? new Permanent(
                        "%s: the certificate of the endpoint is not trusted: %s"
                                .formatted(call.place(), reason(failure)),
                        failure)
                : new Transient(
                        "%s: no answer to %s: %s"
                                .formatted(call.place(), call.action(), reason(failure)),
                        failure);
    }

    private static boolean isUntrusted(SdkException failure) {
        return causes(failure)
                .anyMatch(
                        cause ->
                                cause instanceof GeneralSecurityException
                                        || cause instanceof SSLPeerUnverifiedException);
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
