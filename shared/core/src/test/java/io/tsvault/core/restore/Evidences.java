package io.tsvault.core.restore;

import io.tsvault.core.vault.key.JobFile.Kind;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Reads the files of a job.
final class Evidences {
    private Evidences() {}

    /// The lines of all files of this kind.
    static List<String> lines(Job job, Kind kind) {
        List<String> lines = new ArrayList<>();
        for (StoredFile file : job.files(kind)) {
            try (BufferedReader reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    new GZIPInputStream(
                                            new ByteArrayInputStream(
                                                    file.read(0, (int) file.size()))),
                                    StandardCharsets.UTF_8))) {
                lines.addAll(reader.lines().toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines;
    }
}
