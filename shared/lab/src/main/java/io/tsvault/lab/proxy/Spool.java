package io.tsvault.lab.proxy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes that wait in a temporary file, to be sent later or again.
final class Spool implements Sink, AutoCloseable {
    private final Path file;
    private final OutputStream out;

    Spool() throws IOException {
        file = Files.createTempFile("fault-proxy", ".spool");
        out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    /// Sends all that was written.
    void replay(Sink to) throws IOException {
        out.flush();
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                to.write(buffer, 0, read);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            Files.delete(file);
        }
    }
}
