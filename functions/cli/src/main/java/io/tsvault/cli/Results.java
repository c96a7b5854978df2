package io.tsvault.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// What commands print, until the command has ended. One that ends before it has printed anything
/// can still have its document.
final class Results extends Writer {
    /// A signal does not wait for a reader that no longer reads.
    private static final int PATIENCE_SECONDS = 1;

    private final Writer to;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean begun;
    private boolean ended;

    Results(Writer to) {
        this.to = to;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        turn.lock();
        try {
            if (!ended) {
                begun = true;
                to.write(text, offset, length);
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }

    /// Nothing more is printed but this document, and that only when nothing was before.
    void end(String document) throws IOException, InterruptedException {
        if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return;
        }
        try {
            if (!begun && !ended) {
                to.write(document + System.lineSeparator());
            }
            ended = true;
            to.flush();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
