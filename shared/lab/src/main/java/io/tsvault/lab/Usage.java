package io.tsvault.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Writes down which servers a build really used and which it had to do without, so that the build
/// can say so at its end. Silent unless the build names a folder in `tsvault.lab.report`.
final class Usage {
    private Usage() {}

    static void used(Program program) {
        note("used     " + program);
    }

    static void skipped(String name, Unavailable reason) {
        note("skipped  " + name + ": " + reason.reason());
    }

    /// Where the build wants its notes and its servers' logs, if it is a build that runs us.
    static Optional<Path> folder() {
        String named = System.getProperty("tsvault.lab.report", "");
        if (named.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.createDirectories(Path.of(named)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder of the report", e);
        }
    }

    private static void note(String line) {
        folder().ifPresent(folder -> append(folder.resolve("servers"), line));
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(
                    file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report of servers", e);
        }
    }
}
