package io.tsvault.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// Prints how fast the codecs are: all of them in turn, round by round, in the CPU time of this
/// thread. A ratio is that of one round; the table has the median of all rounds.
final class CodecTable {
    private static final int ROUNDS = 15;
    private static final int WARM_UP_ROUNDS = 8;

    /// A turn is at least this long, so that the clock and a stray collection do not matter.
    private static final long TURN_NANOS = 100_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CodecTable() {}

    /// What is timed.
    ///
    /// @param rival the job that it is compared with, by its place in [#JOBS]
    private record Job(String name, int rival, ToLongFunction<Workload> run) {}

    private static final List<Job> JOBS =
            List.of(
                    new Job("XOR encode", 0, Workload::xorEncode),
                    new Job("encode", 0, workload -> workload.encode().size()),
                    new Job("encode, unverified", 0, Workload::encodeUnverified),
                    new Job("XOR decode", 3, Workload::xorDecode),
                    new Job("XOR decode to series", 3, Workload::xorDecodeToSeries),
                    new Job("decode", 3, Workload::decode));

    /// Runs and prints everything.
    ///
    /// @param args the number of rounds, or nothing
    public static void main(String[] args) {
        int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        System.out.printf("Java %s %s, %d rounds%n", Runtime.version(), options, rounds);
        for (Dataset dataset : Dataset.values()) {
            try (Workload workload = new Workload(dataset)) {
                run(WARM_UP_ROUNDS, workload);
                print(dataset, workload, run(rounds, workload));
            }
        }
    }

    /// Million samples per second of CPU time, for each job the rounds.
    private static double[][] run(int rounds, Workload workload) {
        double[][] speeds = new double[JOBS.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int job = 0; job < speeds.length; job++) {
                speeds[job][round] = speed(JOBS.get(job), workload);
            }
        }
        return speeds;
    }

    private static double speed(Job job, Workload workload) {
        long start = THREADS.getCurrentThreadCpuTime();
        long nanos = 0;
        long samples = 0;
        while (nanos < TURN_NANOS) {
            if (job.run().applyAsLong(workload) <= 0) {
                throw new IllegalStateException(job.name() + " did nothing");
            }
            samples += workload.samples();
            nanos = THREADS.getCurrentThreadCpuTime() - start;
        }
        return 1e3 * samples / nanos;
    }

    private static void print(Dataset dataset, Workload workload, double[][] speeds) {
        System.out.printf(
                Locale.ROOT,
                "%n%s: %,d samples, %,d bytes, decoded and found equal%n%-21s %25s %28s%n",
                dataset,
                workload.samples(),
                workload.bytes(),
                "",
                "million samples/s",
                "times XOR");
        for (int job = 0; job < speeds.length; job++) {
            double[] rivals = speeds[JOBS.get(job).rival()];
            double[] ratios = new double[rivals.length];
            for (int round = 0; round < ratios.length; round++) {
                ratios[round] = speeds[job][round] / rivals[round];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-21s %25s %28s%n",
                    JOBS.get(job).name(),
                    spread("%.1f (%.1f to %.1f)", speeds[job]),
                    spread("%.2f (%.2f to %.2f)", ratios));
        }
    }

    /// Median, least and greatest.
    private static String spread(String format, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return String.format(
                Locale.ROOT, format, sorted[sorted.length / 2], sorted[0], sorted[last]);
    }
}
