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
        if (secret.isEmpty() || secret.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new Permanent(
                    this + (secret.isEmpty() ? " is empty" : " holds control characters"));
        }
        return secret;
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
