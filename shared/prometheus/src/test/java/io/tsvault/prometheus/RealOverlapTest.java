package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Every overlap rule on real servers that were prepared for it. What a server has of each state
/// is of a metric of its own, which a stream of the backup has as it should be.
@Tag("slow")
class RealOverlapTest {
    private static final Duration WINDOW = Duration.ofDays(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SERIES = 3;
    private static final int STEP_MS = 60_000;
    private static final long ALL = Backup.SLICES * SERIES * Backup.SLICE.toMillis() / STEP_MS;
    private static final String OVERWRITE = "\"overlap\": \"overwrite\", \"confirm\": \"dr\"";

    private final Backup backup = new Backup();
    private int runs;

    /// Series of a metric, every `each`th sample of them, so much more than the backup has.
    private static List<Series> series(String metric, TimeRange range, int each, double add) {
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            Samples.Builder samples = Samples.builder();
            long stepMs = (long) each * STEP_MS;
            for (long ms = range.startMs(); ms < range.endMs(); ms += stepMs) {
                samples.add(ms, i + (ms / STEP_MS % 1000 / 8.0) + add);
            }
            all.add(
                    new Series(
                            Labels.of("__name__", metric, "number", "%02d".formatted(i)),
                            samples.build()));
        }
        return all;
    }

    private void keep(String... metrics) {
        for (String metric : metrics) {
            for (int i = 0; i < Backup.SLICES; i++) {
                backup.keep(metric, backup.slice(i), series(metric, backup.slice(i), 1, 0));
            }
        }
    }

    private Restored restore(Server server, String metric, String... members) {
        List<String> all = new ArrayList<>(List.of(members));
        all.add("\"stream\": \"%s\", \"runId\": \"%d\"".formatted(metric, runs++));
        return backup.restore(server.uri(), all.toArray(String[]::new));
    }

    private static Outcome outcome(Restored restored, State state) {
        assertThat(restored.state()).as("%s", restored).isEqualTo(state);
        return restored.outcome();
    }

    private void prepare(Server server) {
        inOrder(
                server,
                hour -> {
                    List<Series> all = new ArrayList<>(series("full", hour, 1, 0));
                    all.addAll(series("half", hour, 2, 0));
                    all.addAll(series("other", hour, 1, 1000));
                    return all;
                });
        for (int i = 0; i < Backup.SLICES; i++) {
            Writing.to(server.uri()).send(series("late", backup.slice(i), 1, 1000));
        }
    }

    /// Lands in blocks as soon as there is a sample of now.
    private void inOrder(Server server, Function<TimeRange, List<Series>> series) {
        for (int i = 0; i < Backup.SLICES; i++) {
            for (TimeRange hour : backup.slice(i).cut(Duration.ofHours(1).toMillis())) {
                Writing.to(server.uri()).send(series.apply(hour));
            }
        }
        live(server, Duration.ZERO);
        awaitBlocks(server);
    }

    /// The newest sample of all.
    private static void live(Server server, Duration ahead) {
        Samples newest = Samples.builder().add(Instant.now().plus(ahead).toEpochMilli(), 1).build();
        Filled.with(server.uri(), List.of(new Series(Labels.of("__name__", "live"), newest)));
    }

    private void awaitBlocks(Server server) {
        long endMs = backup.slice(Backup.SLICES - 1).endMs();
        await(server, standing -> standing.replacesBeforeMs().orElseThrow() >= endMs);
    }

    private static void await(Server server, Predicate<Standing> wanted) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        try (PrometheusTarget target = PrometheusTarget.open(() -> Filled.http(server.uri()))) {
            Standing standing = target.probe();
            while (!wanted.test(standing)) {
                assertThat(Instant.now()).as("%s", standing).isBefore(giveUp);
                standing = target.probe();
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"2.42", "2.53", "3.5"})
    void T05_everyRuleDoesWhatItSays(String version) {
        keep("none", "full", "half", "other", "late");
        try (Server server = RealServer.startOrSkip(Lab.prometheus(version).outOfOrder(WINDOW))) {
            prepare(server);

            assertThat(outcome(restore(server, "none"), State.DONE))
                    .isEqualTo(new Outcome(ALL, 0, ALL, 0, 0, 0, 0));
            assertThat(outcome(restore(server, "full", "\"overlap\": \"fail\""), State.DONE))
                    .isEqualTo(new Outcome(ALL, ALL, 0, 0, 0, 0, 0));
            assertThat(outcome(restore(server, "half"), State.DONE))
                    .isEqualTo(new Outcome(ALL, ALL / 2, ALL / 2, 0, 0, 0, 0));
            conflictsStay(server, "other");
            conflictsStay(server, "late");
            T18_whatCannotBeDeletedStays(server);
            replaced(server);
        }
    }

    private void conflictsStay(Server server, String metric) {
        Outcome conflicting = new Outcome(ALL, 0, 0, ALL, 0, 0, 0);
        Restored skipped = restore(server, metric);
        assertThat(outcome(skipped, State.PARTIAL)).isEqualTo(conflicting);
        assertThat(skipped.files()).anyMatch(file -> file.contains("conflicts-1.jsonl.gz"));
        assertThat(outcome(restore(server, metric, "\"overlap\": \"warn\""), State.DONE))
                .isEqualTo(conflicting);
        Restored failed = restore(server, metric, "\"overlap\": \"fail\"");
        outcome(failed, State.REFUSED);
        assertThat(failed.notes().getFirst()).contains("%,d samples have another".formatted(ALL));
    }

    /// What came out of order is there as before, and was kept before it was tried.
    private void T18_whatCannotBeDeletedStays(Server server) {
        Restored stopped = restore(server, "late", OVERWRITE);

        outcome(stopped, State.FAILED);
        assertThat(stopped.notes().getFirst()).contains("stay though the target says yes");
        assertThat(outcome(restore(server, "late", "\"overlap\": \"warn\""), State.DONE))
                .isEqualTo(new Outcome(ALL, 0, 0, ALL, 0, 0, 0));
    }

    private void replaced(Server server) {
        assertThat(outcome(restore(server, "other", OVERWRITE), State.DONE))
                .isEqualTo(new Outcome(ALL, 0, ALL, 0, 0, 0, 0, ALL, 0, 0));
        assertThat(outcome(restore(server, "other", "\"overlap\": \"fail\""), State.DONE))
                .isEqualTo(new Outcome(ALL, ALL, 0, 0, 0, 0, 0));
    }

    /// What was written anew is out of order and in memory: no version deletes that.
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"2.42", "3.5"})
    void T25_undoOfWhatIsStillInMemoryFailsAndLosesNothing(String version) {
        keep("none", "full", "half", "other", "late");
        try (Server server = RealServer.startOrSkip(Lab.prometheus(version).outOfOrder(WINDOW))) {
            prepare(server);
            Restored replaced = restore(server, "other", OVERWRITE);
            outcome(replaced, State.DONE);

            Restored undone = backup.undo(server.uri(), replaced.job());

            outcome(undone, State.FAILED);
            assertThat(undone.notes().getFirst()).contains("stay though the target says yes");

            assertThat(outcome(restore(server, "other", "\"overlap\": \"fail\""), State.DONE))
                    .isEqualTo(new Outcome(ALL, ALL, 0, 0, 0, 0, 0));
        }
    }

    /// With blocks so short that what was written anew is in some before long.
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void T25_undoPutsBackWhatWasThereOnceItIsInBlocks() {
        keep("other");
        for (int i = 0; i < Backup.SLICES; i++) {
            backup.keep("was", backup.slice(i), series("other", backup.slice(i), 1, 1000));
        }
        Setup prometheus = Lab.prometheus("3.5").outOfOrder(WINDOW);
        try (Server server =
                RealServer.startOrSkip(prometheus.flag("--storage.tsdb.min-block-duration=5m"))) {
            inOrder(server, hour -> series("other", hour, 1, 1000));
            Restored replaced = restore(server, "other", OVERWRITE);
            assertThat(outcome(replaced, State.DONE).replaced()).isEqualTo(ALL);
            live(server, Duration.ofMinutes(9)); // so that the head has more than it keeps
            await(server, standing -> !standing.holdsLate());

            Restored undone = backup.undo(server.uri(), replaced.job());

            assertThat(outcome(undone, State.CANCELLED).replaced()).isEqualTo(ALL);
            assertThat(outcome(restore(server, "was", "\"overlap\": \"fail\""), State.DONE))
                    .isEqualTo(new Outcome(ALL, ALL, 0, 0, 0, 0, 0));
        }
    }

    /// Who is told not to look, and does, loses nothing: what comes out of order would win.
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"2.53", "3.5"})
    void T18_uncheckedLosesNothing(String version) {
        keep("other", "late");
        try (Server server = RealServer.startOrSkip(Lab.prometheus(version).outOfOrder(WINDOW))) {
            inOrder(server, hour -> series("other", hour, 1, 1000));
            Writing.to(server.uri()).send(series("late", backup.slice(1), 1, 1000));

            Restored other = restore(server, "other", "\"overlap\": \"unchecked\"");
            assertThat(outcome(other, State.PARTIAL))
                    .isEqualTo(new Outcome(ALL, 0, 0, ALL, 0, 0, 0));
            assertThat(other.notes()).anyMatch(note -> note.contains("looked at all the same"));
            Restored late = restore(server, "late", "\"overlap\": \"unchecked\"");
            assertThat(outcome(late, State.PARTIAL).conflicts()).isEqualTo(ALL / Backup.SLICES);
            Restored again = restore(server, "other", "\"overlap\": \"warn\"");
            assertThat(outcome(again, State.DONE).conflicts()).isEqualTo(ALL);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"2.42", "3.5"})
    void whatAPrometheusHasInMemoryIsNotReplaced(String version) {
        keep("other");
        try (Server server = RealServer.startOrSkip(Lab.prometheus(version).outOfOrder(WINDOW))) {
            Writing.to(server.uri()).send(series("other", backup.slice(2), 1, 1000));

            Restored refused = restore(server, "other", OVERWRITE);

            outcome(refused, State.REFUSED);
            assertThat(refused.notes().getFirst()).contains("holds in memory");
            assertThat(outcome(restore(server, "other"), State.PARTIAL).conflicts())
                    .isEqualTo(ALL / Backup.SLICES);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void T28_whoCannotDeleteRangesIsNotOverwritten() {
        keep("other");
        Setup prometheus = Lab.prometheus("3.5").outOfOrder(WINDOW);
        refused(prometheus.without("--web.enable-admin-api"), "--web.enable-admin-api");
        refused(Lab.prometheus("3.5"), "out_of_order_time_window");
        refused(Lab.victoriaMetrics("1.145"), "whole series only");
    }

    private void refused(Setup setup, String why) {
        try (Server server = RealServer.startOrSkip(setup)) {
            Restored refused = restore(server, "other", OVERWRITE);

            outcome(refused, State.REFUSED);
            assertThat(refused.notes().getFirst()).contains(why);
        }
    }
}
