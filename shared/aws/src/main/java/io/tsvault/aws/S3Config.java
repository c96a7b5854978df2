package io.tsvault.aws;

import io.tsvault.core.store.Keys;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a vault is in S3, and how to get there: see the description of the package.
///
/// @param prefix before every key: empty, or ends with `/`
/// @param owner the account that must own the bucket
/// @param connections how many requests at most run at once; more wait
public record S3Config(
        String bucket,
        String prefix,
        S3Server server,
        Optional<String> owner,
        Encryption encryption,
        int connections) {
    /// What S3 allows a key to have, in bytes.
    private static final int LONGEST_OBJECT_KEY = 1024;

    /// Fills the line of one machine also with small objects; a store far away may want more.
    private static final int USUAL_CONNECTIONS = 32;

    private static final int MOST_CONNECTIONS = 1024;

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX =
            Pattern.compile("((?!\\.{1,2}/)[A-Za-z0-9_.=-]+/)*", Pattern.DOTALL);

    public S3Config {
        require(
                BUCKET.matcher(bucket).matches(),
                "\"%s\" cannot be a bucket: 3 to 63 of a-z 0-9 . and -".formatted(bucket));
        require(
                !bucket.endsWith("--x-s3"),
                "%s is a directory bucket, whose lists have no order; take a general purpose bucket"
                        .formatted(bucket));
        require(
                PREFIX.matcher(prefix).matches(),
                "\"%s\" cannot stand before keys: names of a-z A-Z 0-9 . _ = - joined by /"
                        .formatted(prefix));
        int most = LONGEST_OBJECT_KEY - Keys.MOST_BYTES;
        require(
                prefix.length() <= most,
                "the prefix %s is %,d bytes long; with at most %,d there is room for every key"
                        .formatted(prefix, prefix.length(), most));
        owner.ifPresent(
                account ->
                        require(
                                account.matches("[0-9]{12}"),
                                "owner=%s: an AWS account has 12 digits".formatted(account)));
        require(
                connections >= 1 && connections <= MOST_CONNECTIONS,
                "connections=%d: give 1 to %,d".formatted(connections, MOST_CONNECTIONS));
    }

    /// From an address such as `s3://bucket/prefix?region=eu-west-1`, and the environment.
    ///
    /// @throws IllegalArgumentException saying what is wrong and what could stand there
    public static S3Config parse(String address, Map<String, String> environment) {
        S3Address parts = S3Address.parse(address);
        return new S3Config(
                parts.bucket(),
                parts.prefix().replaceFirst("(?<=[^/])$", "/"),
                S3Server.of(parts, environment),
                parts.wish("owner"),
                parts.wish("encryption").map(Encryption::parse).orElse(new Encryption.AsBucket()),
                parts.wish("connections").map(S3Config::number).orElse(USUAL_CONNECTIONS));
    }

    /// Where this is, for messages: `s3://bucket/prefix/`.
    public String location() {
        return "s3://%s/%s".formatted(bucket, prefix);
    }

    private static int number(String text) {
        require(text.matches("[0-9]{1,9}"), "connections=%s is no number".formatted(text));
        return Integer.parseInt(text);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
