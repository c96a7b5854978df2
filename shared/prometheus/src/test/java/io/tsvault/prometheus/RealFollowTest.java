package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.restore.Restorer.Manner;
import io.tsvault.core.restore.Restorer.Surroundings;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.store.Pause;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Real servers as a standby.
@Tag("slow")
class RealFollowTest {
    private static final long OF_A_SLICE = Backup.samples() / Backup.SLICES;

    private final Backup backup = new Backup();
    private final Deque<Runnable> script = new ArrayDeque<>();
    private final Deque<Runnable> atRest = new ArrayDeque<>();
    private Runnable whenAway = () -> {};
    private final List<String> waits = new ArrayList<>();
    private final List<Long> rests = new ArrayList<>();

    private final class Told implements Watcher {
        @Override
        public void enters(String phase) {}

        @Override
        public void brought(long doneMs, double share, Outcome soFar) {}

        @Override
        public void rests(Restored soFar) {
            rests.add(soFar.outcome().written());
            Optional.ofNullable(atRest.poll()).ifPresent(Runnable::run);
        }

        @Override
        public void awaits(String why) {
            waits.add(why);
            whenAway.run();
        }
    }

    /// In each pause one of these happens; after the last it is cancelled.
    private Restored follow(Server server, Runnable... events) {
        script.addAll(List.of(events));
        Pause pause =
                time -> {
                    Optional.ofNullable(script.poll()).orElse(this::cancel).run();
                    Pause.SLEEP.take(Duration.ofMillis(100));
                };
        return follow(server, pause);
    }

    private Restored follow(Server server, Pause pause) {
        Surroundings around =
                new Surroundings(
                        Clock.systemUTC(),
                        pause,
                        Instant.MAX,
                        new Told(),
                        new Manner(1, Duration.ofSeconds(1)));
        try (PrometheusTarget target = PrometheusTarget.open(() -> Filled.http(server.uri()))) {
            return new Restorer(backup.vault, target, around)
                    .run("local", Backup.manifest("\"follow\": true", "\"stream\": \"live\""));
        }
    }

    private void cancel() {
        Job.all(backup.vault).forEach(job -> job.cancel("enough"));
    }

    private void commit(int slice) {
        backup.keep("live", backup.slice(slice), Backup.series(backup.slice(slice)));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"2.42", "3.5"})
    void T16_aStandbyThatIsKilledIsWaitedForAndHasEverythingInTheEnd(String version) {
        commit(0);
        try (Server server = RealServer.startOrSkip(Lab.prometheus(version))) {
            Restored ended =
                    follow(
                            server,
                            () -> commit(1),
                            () -> {
                                server.kill();
                                commit(2);
                            },
                            server::restart);

            assertThat(ended.state()).isEqualTo(State.CANCELLED);
            assertThat(waits).hasSize(1);
            assertThat(rests).startsWith(OF_A_SLICE, 2 * OF_A_SLICE).endsWith(Backup.samples());
            Restored proof = backup.restore(server.uri(), "\"stream\": \"live\"");
            assertThat(proof.state()).isEqualTo(State.DONE);
            assertThat(proof.outcome())
                    .isEqualTo(new Outcome(Backup.samples(), Backup.samples(), 0, 0, 0, 0, 0));
        }
    }

    /// It takes any order, and so gets what is kept behind a hole too.
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void T16_aVictoriaMetricsThatIsKilledHasEverySampleOnceInTheEnd() {
        commit(0);
        try (Server server = RealServer.startOrSkip(Lab.victoriaMetrics("1.145"))) {
            whenAway = server::restart;
            atRest.add(() -> commit(2));
            atRest.add(
                    () -> {
                        server.kill();
                        commit(1);
                    });
            atRest.add(this::cancel);

            Restored ended = follow(server, Pause.SLEEP);

            assertThat(ended.state()).as("%s", ended).isEqualTo(State.CANCELLED);
            assertThat(waits).hasSize(1);
            assertThat(rests).startsWith(OF_A_SLICE, 2 * OF_A_SLICE).hasSize(3);
            assertThat(ended.outcome().expected()).isEqualTo(Backup.samples());
            assertThat(ended.outcome().isWhole()).isTrue();
            assertThat(backup.countIn(server.uri())).isEqualTo(Backup.samples());
            Restored proof = backup.restore(server.uri(), "\"stream\": \"live\"");
            assertThat(proof.outcome())
                    .isEqualTo(new Outcome(Backup.samples(), Backup.samples(), 0, 0, 0, 0, 0));
        }
    }
}
