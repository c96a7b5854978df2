package io.tsvault.core.restore;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.key.JobFile.Kind;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// A list that may be longer than what can be held: one JSON object on each line, compressed, in
/// files of some megabytes. A line may come twice when a run was killed before it could tell how
/// far it had come.
final class Ledger {
    private static final int MOST_BYTES = 4 << 20;

    private final Job job;
    private final Kind kind;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private GZIPOutputStream lines;
    private boolean open;

    /// @param kind of the files
    Ledger(Job job, Kind kind) {
        this.job = job;
        this.kind = kind;
        this.lines = compressing();
    }

    private GZIPOutputStream compressing() {
        try {
            return new GZIPOutputStream(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(Json line) {
        try {
            lines.write((Json.toString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open = true;
        if (bytes.size() > MOST_BYTES) {
            flush();
        }
    }

    /// What was added is in the vault.
    synchronized void flush() {
        if (!open) {
            return;
        }
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        job.keep(kind, bytes.toByteArray());
        bytes = new ByteArrayOutputStream();
        lines = compressing();
        open = false;
    }

    /// Where all of it is, of this run and those before.
    List<String> files() {
        return job.kept(kind);
    }
}
