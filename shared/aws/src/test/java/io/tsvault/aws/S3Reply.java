package io.tsvault.aws;

import io.tsvault.lab.proxy.Reply;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What S3 answers, in its own words.
final class S3Reply {
    private static final String XML = "application/xml";
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private S3Reply() {}

    static Reply error(int status, String code, String words) {
        return error(status, code, words, "");
    }

    /// @param more elements
    static Reply error(int status, String code, String words, String more) {
        return Reply.status(status)
                .with("x-amz-request-id", "REQ1")
                .text(
                        XML,
                        "%s<Error><Code>%s</Code><Message>%s</Message>%s<RequestId>REQ1</RequestId></Error>"
                                .formatted(HEAD, code, words, more));
    }

    static Reply object(String body) {
        return Reply.status(200)
                .with("ETag", "\"x\"")
                .with("Last-Modified", "Fri, 14 Nov 2025 10:00:00 GMT")
                .text("application/octet-stream", body);
    }

    /// @param next where it goes on, or empty
    static Reply list(boolean truncated, String next, String... keys) {
        String contents =
                Stream.of(keys)
                        .map(
                                key ->
                                        "<Contents><Key>%s</Key><Size>1</Size><LastModified>2025-11-14T10:00:00.000Z</LastModified></Contents>"
                                                .formatted(key))
                        .collect(Collectors.joining());
        String token =
                next.isEmpty() ? "" : "<NextContinuationToken>" + next + "</NextContinuationToken>";
        return Reply.status(200)
                .text(
                        XML,
                        "%s<ListBucketResult><Name>vlt</Name><IsTruncated>%s</IsTruncated>%s%s</ListBucketResult>"
                                .formatted(HEAD, truncated, token, contents));
    }
}
