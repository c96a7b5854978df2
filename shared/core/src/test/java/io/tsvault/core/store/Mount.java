package io.tsvault.core.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/// A small disk in memory, mounted where only a shell sees it, and gone with that shell. Needs no
/// rights where the system lets everybody have name spaces of their own.
public final class Mount implements AutoCloseable {
    private final Process shell;
    private final BufferedReader answers;
    private final Writer commands;
    private final Path on;

    /// Skips the test where nothing can be mounted.
    ///
    /// @param on an empty folder
    /// @param options such as `size=256k`
    public Mount(Path on, String options) throws IOException {
        this.on = on;
        assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux has name spaces");
        shell =
                new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "sh")
                        .redirectErrorStream(true)
                        .start();
        answers = shell.inputReader();
        commands = shell.outputWriter();
        String said = answer("mount -t tmpfs -o " + options + " none " + on);
        assumeTrue(said.equals("0"), () -> "nothing can be mounted here: " + said);
    }

    /// The disk, as this process gets at it.
    public Path path() {
        return Path.of("/proc/%d/root%s".formatted(shell.pid(), on));
    }

    /// Runs a command that sees the disk as the folder `$0`.
    public void run(String command) throws IOException {
        String said = answer(command.replace("$0", on.toString()));
        if (!said.equals("0")) {
            throw new IOException(command + ": " + said);
        }
    }

    /// What the command says, or 0 when it went well.
    private String answer(String command) throws IOException {
        commands.write(command + "; echo $?\n");
        commands.flush();
        String answer = answers.readLine();
        return answer == null ? "the shell has ended" : answer;
    }

    /// Unmounts it.
    @Override
    public void close() {
        shell.destroy();
    }
}
