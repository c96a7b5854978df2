package io.tsvault.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A child process that does not outlive this JVM, however the JVM ends.
///
/// A shell leaves a watchdog behind and becomes the program, so that the child's pid is the
/// program's. The watchdog reads a pipe whose other end only this JVM holds: when the JVM dies,
/// even by `kill -9`, the pipe ends, and the watchdog kills the program and removes its folder. A
/// line on the pipe sends it home.
///
/// The program leads a process group of its own: what it starts dies with it, and a Ctrl-C at the
/// terminal reaches this JVM alone, which then ends the program in order.
final class Leash {
    private static final String SCRIPT =
            """
            folder=$1
            shift
            exec 3<&0
            (
                trap '' INT TERM HUP
                read -r line <&3 && exit
                setsid sh -c 'kill -9 "-$1"; rm -rf "$2"' kill $$ "$folder"
            ) >/dev/null 2>&1 &
            exec "$@" </dev/null 3<&-
            """;

    private final Process process;

    private Leash(Process process) {
        this.process = process;
        CompletableFuture<Void> _ = process.onExit().thenRun(this::sendWatchdogHome);
    }

    /// Starts a program; both its streams are appended to the launch's log.
    static Leash start(List<String> words, Map<String, String> environment, Launch launch)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", SCRIPT, "leash"));
        command.add(launch.folder().toString());
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.directory(launch.folder().toFile()).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        return new Leash(builder.start());
    }

    private void sendWatchdogHome() {
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write("home\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // The watchdog is gone already, which is what we want.
        }
    }

    Process process() {
        return process;
    }

    /// `kill -9` for the program and all that it has started.
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }

    /// SIGTERM. By its handle, since `Process.destroy` closes the pipe too and wakes the watchdog.
    boolean askToEnd() {
        return process.toHandle().destroy();
    }

    /// Sends a signal by its name: STOP, CONT.
    void signal(String name) throws IOException {
        Command.of("kill", "-" + name, String.valueOf(process.pid())).run(Path.of("/"));
    }
}
