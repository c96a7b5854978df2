package io.tsvault.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Who speaks S3: AWS, unless there is an endpoint.
///
/// @param region empty: the one that the SDK finds in the profile or on the machine
/// @param pathStyle is the bucket in the path, and not in the name of the host?
public record S3Server(Optional<String> region, Optional<URI> endpoint, boolean pathStyle) {
    /// What servers assume that have no regions.
    private static final String ANY_REGION = "us-east-1";

    public S3Server {
        region.filter(name -> !name.matches("[a-z0-9-]{1,40}"))
                .ifPresent(
                        name -> {
                            throw new IllegalArgumentException(
                                    "\"%s\" is no region, such as eu-west-1".formatted(name));
                        });
        endpoint.ifPresent(S3Server::requireEndpoint);
    }

    static S3Server of(S3Address address, Map<String, String> environment) {
        Optional<URI> endpoint =
                address.wish("endpoint")
                        .or(() -> first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"))
                        .map(S3Server::uri);
        Optional<String> region =
                address.wish("region")
                        .or(() -> first(environment, "AWS_REGION", "AWS_DEFAULT_REGION"))
                        .or(() -> endpoint.map(_ -> ANY_REGION));
        Optional<Boolean> pathStyle = address.wish("path-style").map(S3Server::yes);
        return new S3Server(region, endpoint, pathStyle.orElse(endpoint.isPresent()));
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static boolean yes(String text) {
        if (!text.matches("true|false")) {
            throw new IllegalArgumentException(
                    "path-style=%s: it can be true or false".formatted(text));
        }
        return text.equals("true");
    }

    /// Of an endpoint with a password nothing is repeated.
    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the endpoint is no URL: " + e.getReason() + " at " + e.getIndex());
        }
    }

    private static void requireEndpoint(URI endpoint) {
        boolean web = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
        if (endpoint.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the endpoint holds a user: take it out; keys come from AWS_PROFILE,"
                            + " AWS_ACCESS_KEY_ID or a role");
        }
        if (!web || endpoint.getHost() == null || endpoint.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "%s is no endpoint, such as https://minio.example:9000".formatted(endpoint));
        }
    }
}
