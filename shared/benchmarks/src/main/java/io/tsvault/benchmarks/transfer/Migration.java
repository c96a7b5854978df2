package io.tsvault.benchmarks.transfer;

import io.tsvault.lab.Server;
import io.tsvault.lab.generator.Schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Moves the samples of a Prometheus by `vmctl`, by remote read, an hour at once.
record Migration(Path vmctl, Server source, Schedule schedule) {
    private static final long POLL_MS = 5;

    Cost into(Server target, long samples) throws IOException, InterruptedException {
        double[] client = new double[1];
        Cost cost =
                Cost.of(
                        target.pid(),
                        () -> {
                            client[0] = run(target);
                            return samples;
                        });
        return new Cost(samples, cost.wallSeconds(), cost.serverSeconds(), client[0]);
    }

    /// @return seconds of CPU time
    private double run(Server target) throws IOException, InterruptedException {
        Instant end = schedule.start().plus(schedule.length());
        Process process =
                new ProcessBuilder(
                                vmctl.toString(),
                                "remote-read",
                                "-s",
                                "--disable-progress-bar",
                                "--remote-read-use-stream",
                                "--remote-read-src-addr=" + source.uri(),
                                "--remote-read-step-interval=hour",
                                "--remote-read-filter-time-start=" + schedule.start(),
                                "--remote-read-filter-time-end=" + end,
                                "--vm-addr=" + target.uri())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Duration used = Duration.ZERO;
        while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
            used = process.info().totalCpuDuration().orElse(used);
        }
        if (process.exitValue() != 0) {
            throw new IOException("vmctl ended with " + process.exitValue());
        }
        return used.toMillis() / 1e3;
    }
}
