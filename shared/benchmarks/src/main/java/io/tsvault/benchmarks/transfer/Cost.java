package io.tsvault.benchmarks.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What something cost.
///
/// @param serverSeconds CPU time of the server
/// @param clientSeconds CPU time of this process, its compiler and collector included
record Cost(long samples, double wallSeconds, double serverSeconds, double clientSeconds) {
    private static final double TICKS_A_SECOND = 100;

    /// Does something, and returns how many samples it was about.
    interface Work {
        long run() throws IOException, InterruptedException;
    }

    static Cost of(long serverPid, Work work) throws IOException, InterruptedException {
        double server = cpuSeconds(serverPid);
        double client = ownSeconds();
        long begun = System.nanoTime();
        long samples = work.run();
        return new Cost(
                samples,
                (System.nanoTime() - begun) / 1e9,
                cpuSeconds(serverPid) - server,
                ownSeconds() - client);
    }

    /// Of this process, as the kernel tells it.
    static String mostMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElseThrow();
    }

    private static double ownSeconds() {
        return cpuSeconds(ProcessHandle.current().pid());
    }

    /// User and system time, behind the name that may have blanks itself.
    private static double cpuSeconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
