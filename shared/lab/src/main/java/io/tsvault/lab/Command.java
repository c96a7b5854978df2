package io.tsvault.lab;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One run of another program to its end.
record Command(List<String> words, Map<String, String> environment, Duration limit) {
    Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    static Command of(String... words) {
        return new Command(List.of(words), Map.of(), Duration.ofMinutes(10));
    }

    Command with(Map<String, String> more) {
        return new Command(words, more, limit);
    }

    Command within(Duration other) {
        return new Command(words, environment, other);
    }

    /// Says which of these programs is not on PATH, if one is missing.
    static Optional<String> missing(String... programs) {
        List<String> path =
                List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1));
        return Stream.of(programs)
                .filter(name -> path.stream().noneMatch(dir -> isProgram(dir, name)))
                .findFirst()
                .map(name -> "there is no '" + name + "' on PATH");
    }

    private static boolean isProgram(String folder, String name) {
        return !folder.isEmpty() && Files.isExecutable(Path.of(folder, name));
    }

    /// Everything it prints, both streams.
    ///
    /// @throws IOException when it cannot run, fails or takes too long, with its last line
    String run(Path folder) throws IOException {
        Path output = Files.createTempFile("tsvault-lab-", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.environment().putAll(environment);
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.directory(folder.toFile()).redirectErrorStream(true);
            builder.redirectOutput(output.toFile());
            Process process = builder.start();
            process.getOutputStream().close();
            int status = await(process);
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (status != 0) {
                throw new IOException(words.getFirst() + " failed: " + complaint(printed, status));
            }
            return printed;
        } finally {
            Files.delete(output);
        }
    }

    private int await(Process process) throws IOException {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new IOException(words.getFirst() + " took longer than " + limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(words.getFirst() + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /// What apt could not fetch and why, else the last line.
    private static String complaint(String printed, int status) {
        List<String> lines = printed.lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
        return lines.stream()
                .filter(line -> line.matches("[EW]: (Failed to fetch|Unable to).*"))
                .findFirst()
                .orElse(lines.isEmpty() ? "exit status " + status : lines.getLast());
    }
}
