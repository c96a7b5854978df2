package io.tsvault.aws;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// An error that a store answered with: by its code, as a status alone says little, and 200 lies.
///
/// Its body may repeat keys and tokens: nothing but code and message is ever taken out of it.
record Refusal(AwsServiceException failure) {
    private static final Pattern REGION = Pattern.compile("expecting '([a-z0-9-]{1,40})'");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

    int status() {
        return failure.statusCode();
    }

    /// `NoSuchKey`; empty when there is none, so that not S3 has spoken.
    String code() {
        return details().map(AwsErrorDetails::errorCode).orElse("");
    }

    /// The store's own words.
    String words() {
        return details().map(AwsErrorDetails::errorMessage).orElse("");
    }

    /// The store's own words, and for those who look it up: `(503 SlowDown, request 4442587FB7)`.
    String said() {
        String request = Optional.ofNullable(failure.requestId()).orElse("");
        String tail = request.isEmpty() ? "" : ", request " + request;
        return code().isEmpty()
                ? "an answer %d that is not one of S3%s".formatted(status(), tail)
                : "%s (%d %s%s)".formatted(words(), status(), code(), tail);
    }

    /// The region that the bucket is in, if the answer names it.
    Optional<String> region() {
        return header("x-amz-bucket-region")
                .filter(name -> name.matches("[a-z0-9-]{1,40}"))
                .or(() -> REGION.matcher(words()).results().findFirst().map(m -> m.group(1)));
    }

    /// How long the store wants to be left alone.
    Optional<Duration> wait(Instant now) {
        return header("Retry-After")
                .flatMap(
                        text ->
                                SECONDS.matcher(text).matches()
                                        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                                        : date(text).map(then -> Duration.between(now, then)))
                .filter(wait -> !wait.isNegative());
    }

    /// The clock of the store.
    Optional<Instant> date() {
        return header("Date").flatMap(Refusal::date);
    }

    static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty(); // as if it had said nothing
        }
    }

    private Optional<AwsErrorDetails> details() {
        return Optional.ofNullable(failure.awsErrorDetails());
    }

    private Optional<String> header(String name) {
        return details()
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader(name));
    }
}
