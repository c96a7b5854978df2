package io.tsvault.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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

    private static void note(String line) {
        String folder = System.getProperty("tsvault.lab.report", "");
        if (folder.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(Path.of(folder));
            Files.writeString(
                    Path.of(folder, "servers"),
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report of servers", e);
        }
    }
}
