package io.tsvault.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Another JVM that holds something until it is killed: what only a second process can show.
final class ProcessHolding {
    private ProcessHolding() {}

    /// Holds a file's lock.
    static Process lockOn(Path file) throws IOException {
        return start("lock", file.toString());
    }

    /// Holds a child program on a leash, in `folder`; prints the child's pid.
    static Process leashOn(Path folder) throws IOException {
        return start("leash", folder.toString());
    }

    private static Process start(String what, String path) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        String classes = System.getProperty("java.class.path");
        return new ProcessBuilder(
                        List.of(java, "-cp", classes, ProcessHolding.class.getName(), what, path))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// The first line that it prints, which it does as soon as it holds the thing.
    static String firstLine(Process process) throws IOException {
        BufferedReader printed = process.inputReader();
        return String.valueOf(printed.readLine());
    }

    /// Holds, says so, and sleeps for ever.
    public static void main(String[] args) throws Exception {
        Path path = Path.of(args[1]);
        if (args[0].equals("lock")) {
            FileChannel file =
                    FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try (FileLock lock = file.lock()) {
                System.out.println(lock.isValid());
                Thread.currentThread().join();
            }
        }
        Program program = new Program(Product.MOTO, "1", Path.of("/bin/sh"), "here");
        Launch launch = new Launch(program, List.of(), path, path);
        Leash leash = Leash.start(List.of("sleep", "1000"), java.util.Map.of(), launch);
        System.out.println(leash.process().pid());
        Thread.currentThread().join();
    }
}
