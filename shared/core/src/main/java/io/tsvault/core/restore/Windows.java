package io.tsvault.core.restore;

import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.Parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Brings in the windows of a plan, and writes down how far each partition has come. Several
/// partitions at once where the target takes them in any order; the windows of one are always in
/// order.
final class Windows {
    private final Job job;
    private final Task task;
    private final Plan plan;
    private final Standing standing;
    private final Evidence evidence;
    private final Inflow inflow;
    private Outcome outcome = Outcome.NOTHING;
    private double doneMs;
    private volatile boolean failed;

    /// @param survey what this run has looked at already
    Windows(Job job, Task task, Plan plan, Standing standing, Evidence evidence, Survey survey) {
        this.job = job;
        this.task = task;
        this.plan = plan;
        this.standing = standing;
        this.evidence = evidence;
        this.inflow = new Inflow(job, task, standing, evidence, survey);
    }

    /// What became of all of them, those of earlier runs too.
    synchronized Outcome outcome() {
        return outcome;
    }

    /// What a person should know.
    List<String> notes() {
        return inflow.notes();
    }

    /// Those that no earlier run has proven, oldest first.
    private List<TimeRange> left(TimeRange partition, Optional<Progress> progress) {
        long fromMs = progress.map(Progress::doneMs).orElse(partition.startMs());
        return plan.windows(partition).stream().filter(w -> w.endMs() > fromMs).toList();
    }

    private Optional<Progress> progress(int number) {
        return job.progress(number).filter(progress -> progress.holdsFor(standing));
    }

    /// @throws Stop when there is no more time, or somebody has cancelled it
    void bring() {
        List<Supplier<Long>> partitions = new ArrayList<>();
        for (int i = 0; i < plan.partitions().size(); i++) {
            int number = i;
            partitions.add(() -> partition(number));
        }
        int atOnce = plan.atOnce(standing, task.around().manner().partitions());
        Parallel parallel = atOnce == 1 ? Parallel.IN_ORDER : Parallel.threads(atOnce);
        var _ = parallel.all(partitions);
    }

    /// With a replay of its own, which is for one thread.
    private long partition(int number) {
        TimeRange partition = plan.partitions().get(number);
        Optional<Progress> before = progress(number);
        List<TimeRange> left = left(partition, before);
        Outcome earlier = before.map(Progress::outcome).orElse(Outcome.NOTHING);
        long fromMs = left.isEmpty() ? partition.endMs() : left.getFirst().startMs();
        add(earlier, fromMs - partition.startMs());
        if (left.isEmpty()) {
            return fromMs;
        }
        boolean done = false;
        try (Replay replay = task.replay(standing, evidence.witness())) {
            inflow.bring(replay, left, new Course(number, fromMs, earlier));
            done = true;
        } finally {
            if (!done) {
                failed = true;
            }
        }
        return partition.endMs();
    }

    private synchronized Outcome add(Outcome some, long lengthMs) {
        doneMs += lengthMs;
        outcome = outcome.plus(some);
        return outcome;
    }

    /// How one partition gets on; for one thread.
    private final class Course implements Inflow.Landing {
        private final int number;
        private long reachedMs;
        private Outcome here;
        private final Telling telling = new Telling(task, evidence, this::tell);

        Course(int number, long reachedMs, Outcome earlier) {
            this.number = number;
            this.reachedMs = reachedMs;
            this.here = earlier;
        }

        @Override
        public boolean goesOn() {
            return !failed;
        }

        @Override
        public void landed(long untilMs, Outcome some) {
            here = here.plus(some);
            Outcome all = add(some, untilMs - reachedMs);
            reachedMs = untilMs;
            boolean ends = untilMs == plan.partitions().get(number).endMs();
            // of what is missing nobody can tell later that it was tried
            telling.further(ends || some.missing() > 0);
            show(untilMs, all);
        }

        private void tell() {
            job.progress(number, new Progress(reachedMs, here, standing.started()));
        }
    }

    private synchronized void show(long untilMs, Outcome all) {
        double whole = plan.partitions().stream().mapToDouble(one -> one.length().toMillis()).sum();
        task.around().watcher().brought(untilMs, doneMs / whole, all);
    }
}
