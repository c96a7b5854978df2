package io.tsvault.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Where results go. Remembers what went wrong, since a `PrintWriter` does not say.
final class Stdout extends OutputStream {
    private static final String NOBODY_READS = "Broken pipe";

    private final OutputStream out;
    private Optional<String> problem = Optional.empty();

    Stdout() {
        this(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    }

    Stdout(OutputStream out) {
        this.out = out;
    }

    /// Why not everything was written; empty also when nobody read any more, as behind `| head`.
    Optional<String> problem() {
        return problem.filter(text -> !text.equals(NOBODY_READS));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    private IOException remembered(IOException failure) {
        problem = Optional.of(String.valueOf(failure.getMessage()));
        return failure;
    }
}
