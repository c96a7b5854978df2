package io.tsvault.prometheus.http;

import io.tsvault.core.failure.Permanent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where a secret lies; never the secret itself.
sealed interface Secret {
    /// A variable of the environment.
    record Variable(String name) implements Secret {}

    /// A variable in a file of such.
    record Listed(EnvFile file, String name) implements Secret {}

    /// A file; the line end behind it is not part of the secret.
    record File(Path path) implements Secret {}

    /// What lies there now.
    default String read(Map<String, String> environment) {
        String secret =
                switch (this) {
                    case Variable(String name) -> environment.getOrDefault(name, "");
                    case Listed(EnvFile file, String name) -> file.value(name);
                    case File(Path path) -> content(path);
                };
        if (secret.isEmpty()) {
            throw new Permanent(missing());
        }
        if (secret.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new Permanent(place() + " holds control characters");
        }
        return secret;
    }

    private String missing() {
        return switch (this) {
            case Variable _ ->
                    place()
                            + " is not set, or empty: export it where tsvault runs, or have it in a"
                            + " file that is named by --env-file";
            case Listed _, File _ -> place() + " is empty: write the secret there";
        };
    }

    private String place() {
        return switch (this) {
            case Variable(String name) -> "the environment variable " + name;
            case Listed(EnvFile file, String name) ->
                    "the variable %s in %s".formatted(name, file.path());
            case File(Path path) -> "the file " + path;
        };
    }

    private static String content(Path path) {
        try {
            return Files.readString(path).stripTrailing();
        } catch (IOException e) {
            String what = e.getClass().getSimpleName(); // its message could quote the content
            throw new Permanent("the secret in " + path + " cannot be read: " + what);
        }
    }
}
