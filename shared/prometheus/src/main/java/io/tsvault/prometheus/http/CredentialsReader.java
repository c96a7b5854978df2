package io.tsvault.prometheus.http;

import io.tsvault.core.config.Settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads which [Credentials] settings mean.
record CredentialsReader(Settings settings) {
    private static final String BEARER = "bearer";
    private static final String PASSWORD = "password";
    private static final String USERNAME = "username";

    Credentials read() {
        Optional<EnvFile> variables = settings.optional("env-file", Path::of).map(EnvFile::new);
        Optional<Secret> username = secret(USERNAME, variables);
        Optional<Secret> password = secret(PASSWORD, variables);
        Optional<Secret> bearer = secret(BEARER, variables);
        settings.require(
                username.isPresent() == password.isPresent(),
                "username and password need each other");
        settings.require(
                Stream.of(username, bearer, settings.text("sign"))
                                .filter(Optional::isPresent)
                                .count()
                        <= 1,
                "bearer, username, sign: only one of them can say who asks");
        settings.require(
                variables.isEmpty()
                        || Stream.of(USERNAME, PASSWORD, BEARER).anyMatch(this::isInVariable),
                "env-file needs the names of its variables: username-env and password-env, or"
                        + " bearer-env");
        return bearer.<Credentials>map(Credentials.Bearer::new)
                .or(() -> username.flatMap(u -> password.map(p -> new Credentials.Basic(u, p))))
                .orElseGet(Credentials.None::new);
    }

    private boolean isInVariable(String what) {
        return settings.text(what + "-env").isPresent();
    }

    private Optional<Secret> secret(String what, Optional<EnvFile> variables) {
        Optional<Secret> variable =
                settings.text(what + "-env").map(name -> variable(name, variables));
        Optional<Secret> file = settings.optional(what + "-file", Path::of).map(Secret.File::new);
        settings.require(
                variable.isEmpty() || file.isEmpty(),
                what + " is both in a variable and in a file");
        return variable.or(() -> file);
    }

    private static Secret variable(String name, Optional<EnvFile> variables) {
        return variables
                .<Secret>map(file -> new Secret.Listed(file, name))
                .orElseGet(() -> new Secret.Variable(name));
    }
}
