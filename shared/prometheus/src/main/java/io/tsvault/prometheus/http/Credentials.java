package io.tsvault.prometheus.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// How one says who one is, by the `Authorization` header.
sealed interface Credentials {
    /// One does not.
    record None() implements Credentials {}

    /// A name and a password.
    record Basic(Secret username, Secret password) implements Credentials {}

    /// A token.
    record Bearer(Secret token) implements Credentials {}

    /// The value of the header, from secrets as they are now; empty without any.
    default String header(Map<String, String> environment) {
        return switch (this) {
            case None() -> "";
            case Basic(Secret username, Secret password) ->
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(
                                            (username.read(environment)
                                                            + ":"
                                                            + password.read(environment))
                                                    .getBytes(StandardCharsets.UTF_8));
            case Bearer(Secret token) -> "Bearer " + token.read(environment);
        };
    }
}
