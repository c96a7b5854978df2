package io.tsvault.cli;

import io.tsvault.core.json.Json;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// Ctrl-C or SIGTERM in the middle of a command: says how to go on, and exits with the code for it.
/// A signal is for the whole process, and so is what is told.
final class Interruption implements AutoCloseable {
    private static final AtomicReference<Optional<String>> NEXT =
            new AtomicReference<>(Optional.empty());

    /// What to exit with while a command only waits.
    private static final AtomicReference<OptionalInt> RESTING =
            new AtomicReference<>(OptionalInt.empty());

    private Interruption() {}

    /// From now on a signal is answered by this.
    ///
    /// @param next how to go on
    static Interruption told(String next) {
        NEXT.set(Optional.of(next));
        return new Interruption();
    }

    /// A signal now ends it as it should end: nothing is under way, and the last result was told.
    ///
    /// @param code that of the last result
    void rests(int code) {
        RESTING.set(OptionalInt.of(code));
    }

    /// A signal now stops something.
    void works() {
        RESTING.set(OptionalInt.empty());
    }

    /// Answers a signal that comes before the command is over.
    ///
    /// @param results gets a document when the command would have printed one
    static void awaited(PrintWriter err, Optional<Results> results, AtomicBoolean isOver) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> answer(err, results, isOver)));
    }

    private static void answer(PrintWriter err, Optional<Results> results, AtomicBoolean isOver) {
        if (isOver.get()) {
            return;
        }
        OptionalInt resting = RESTING.get();
        Optional<String> next = NEXT.get();
        if (resting.isPresent()) {
            next.ifPresent(how -> err.println("tsvault: stopped; " + how));
            err.flush();
            Runtime.getRuntime().halt(resting.getAsInt());
        }
        String message = "stopped" + next.map("; what is recorded stays, and "::concat).orElse("");
        try {
            if (results.isPresent()) {
                String document = Json.toString(new Failure.Told(message, Failure.STOPPED).json());
                results.get().end(document);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            err.println("tsvault: stdout: " + e.getMessage());
        }
        if (next.isPresent()) {
            err.println();
            err.println("tsvault: " + message);
            err.flush();
            Runtime.getRuntime().halt(Failure.STOPPED);
        }
    }

    /// From now on an exit is an ordinary one.
    @Override
    public void close() {
        works();
        NEXT.set(Optional.empty());
    }
}
