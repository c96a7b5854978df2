package io.tsvault.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ctrl-C or SIGTERM in the middle of a command: says how to go on, and exits with the code for it.
final class Interruption implements AutoCloseable {
    private final AtomicBoolean isOver = new AtomicBoolean();

    private Interruption() {}

    /// @param next how to go on
    static Interruption told(PrintWriter err, String next) {
        Interruption interruption = new Interruption();
        Thread hook =
                new Thread(
                        () -> {
                            if (!interruption.isOver.get()) {
                                err.println();
                                err.println(
                                        "tsvault: stopped; what is recorded stays, and " + next);
                                err.flush();
                                Runtime.getRuntime().halt(Failure.STOPPED);
                            }
                        });
        Runtime.getRuntime().addShutdownHook(hook);
        return interruption;
    }

    /// From now on an exit is an ordinary one.
    @Override
    public void close() {
        isOver.set(true);
    }
}
