package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.store.Pause;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// A target that dies as from a power cut while it is restored into, at any instant, again and
/// again. Sometimes it is back at once, and sometimes somebody has to start it.
@Tag("slow")
class KilledTargetTest {
    private static final String NEWEST = "prometheus:3.5";
    private static final int KILLS_OF_ONE = 5;
    private static final int MOST_REQUESTS = 40;
    private static final int MOST_MS = 5;

    /// For as long as the target is known to be dead, nobody waits for it.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Optional<State> DONE = Optional.of(State.DONE);

    private final Random random = new Random(20261122);
    private final Backup backup = new Backup();
    private final AtomicInteger kills = new AtomicInteger();
    private int restores;

    @ParameterizedTest
    @ValueSource(strings = NEWEST)
    void T16_everySampleIsThereOnce(String target) throws Exception {
        killed(target, 1);
    }

    @Tag("campaign")
    @ParameterizedTest
    @ValueSource(strings = {"prometheus:2.42", NEWEST, "victoria-metrics:1.145"})
    void T16_everySampleIsThereOnceAfterFiftyKills(String target) throws Exception {
        killed(target, 50);
    }

    private void killed(String target, int atLeast) throws Exception {
        while (kills.get() < atLeast) {
            restores++;
            try (Server server = RealServer.startOrSkip(Lab.named(target))) {
                restored(server);
                assertThat(backup.countIn(server.uri()))
                        .as("kill %d, restore %d", kills.get(), restores)
                        .isEqualTo(Backup.samples());
            }
        }
        System.out.printf("%s: %d kills in %d restores%n", target, kills.get(), restores);
    }

    private void restored(Server server) throws Exception {
        for (int kill = 1; kill <= KILLS_OF_ONE; kill++) {
            if (restored(server, 1 + random.nextInt(MOST_REQUESTS)).equals(DONE)) {
                return;
            }
        }
        assertThat(restored(server, Integer.MAX_VALUE)).isEqualTo(DONE);
    }

    /// Lets it come to this request, and kills the target a moment later.
    private Optional<State> restored(Server server, int fatal)
            throws ExecutionException, InterruptedException {
        Duration moment = Duration.ofMillis(random.nextInt(MOST_MS));
        boolean isBackAtOnce = random.nextBoolean();
        Future<Optional<State>> restored;
        try (ExecutorService fate = Executors.newVirtualThreadPerTaskExecutor();
                FaultProxy proxy =
                        FaultProxy.to(
                                server.uri(),
                                request -> {
                                    if (request.number() == fatal) {
                                        fate.execute(() -> kill(server, moment, isBackAtOnce));
                                    }
                                    return new Fault.Pass();
                                })) {
            restored = fate.submit(() -> restore(server, proxy));
            var _ = restored.get();
        }
        if (!server.isAlive()) {
            server.restart();
        }
        return restored.resultNow();
    }

    private void kill(Server server, Duration moment, boolean isBackAtOnce) {
        Pause.SLEEP.take(moment);
        kills.incrementAndGet();
        server.kill();
        if (isBackAtOnce) {
            server.restart();
        }
    }

    /// @return how it ended; empty when it did not even begin
    private Optional<State> restore(Server server, FaultProxy proxy) {
        Pause pause =
                time ->
                        Pause.SLEEP.take(
                                server.isAlive() || time.compareTo(PATIENCE) < 0 ? time : PATIENCE);
        try {
            String run = "\"runId\": \"%d\"".formatted(restores);
            return Optional.of(backup.restore(proxy.uri(), Watcher.SILENT, pause, run).state());
        } catch (Transient e) {
            return Optional.empty();
        }
    }
}
