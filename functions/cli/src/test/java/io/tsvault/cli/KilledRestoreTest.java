package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A restore that is killed at any instant, again and again, and then left to end.
@Tag("slow")
class KilledRestoreTest {
    private static final String NEWEST = "prometheus:3.5";
    private static final String VICTORIA_METRICS = "victoria-metrics:1.145";
    private static final int KILLS_OF_ONE = 5;
    private static final int MOST_REQUESTS = 60;
    private static final int MOST_MS = 40;

    @TempDir private Path folder = Path.of("");

    private volatile CountDownLatch left = new CountDownLatch(0);
    private int jobs;

    @ParameterizedTest
    @ValueSource(strings = NEWEST)
    void T08_everySampleIsThereOnce(String target) throws Exception {
        assertSurvive(target, KILLS_OF_ONE);
    }

    @Tag("campaign")
    @ParameterizedTest
    @ValueSource(strings = {"prometheus:2.42", NEWEST, VICTORIA_METRICS})
    void T08_everySampleIsThereOnceAfterAHundredKills(String target) throws Exception {
        assertSurvive(target, 100);
    }

    private void assertSurvive(String target, int kills) throws Exception {
        Terminal terminal = new Terminal(folder.resolve("vault").toString());
        terminal.run("init");
        try (Fed fed = Fed.twin()) {
            terminal.run("source", "add", "a", "--url", fed.url());
            terminal.run("stream", "add", "x", "--source", "a", "--slice", "30m");
            assertThat(terminal.run("backup", "--to", Fed.END)).as(terminal.err()).isZero();
            Random random = new Random(20261122);
            int killed = 0;
            while (killed < kills) {
                killed += restored(target, terminal, random, fed.samples());
            }
            System.out.printf("%s: %d kills in %d restores%n", target, killed, jobs);
        }
    }

    /// One restore into a server of its own.
    ///
    /// @return how often it was killed
    private int restored(String target, Terminal terminal, Random random, long samples)
            throws IOException, InterruptedException {
        try (Server server = RealServer.startOrSkip(Lab.named(target));
                FaultProxy proxy = FaultProxy.to(server.uri(), _ -> counted())) {
            String url = proxy.uri().toString();
            assertThat(terminal.run("target", "add", "dr", "--replace", "--url", url)).isZero();
            String[] restore = {
                "restore",
                "--stream",
                "x",
                "--target",
                "dr",
                "--to",
                Fed.END,
                "--run-id",
                "" + ++jobs
            };
            int kills = 0;
            while (kills < KILLS_OF_ONE && killed(restore, random)) {
                kills++;
            }
            int code = terminal.run(restore);
            String said = "after %d kills: %s%s".formatted(kills, terminal.out(), terminal.err());
            assertThat(code).as(said).isZero();
            assertThat(terminal.out()).as(said).contains("DONE");
            assertThat(terminal.run("compare", "--stream", "x", "--with", "dr"))
                    .as("%s%n%s", said, terminal.out())
                    .isZero();
            assertThat(terminal.out())
                    .startsWith("EQUAL")
                    .containsPattern("samples equal +%,d\n".formatted(samples))
                    .containsPattern("only in the server +0\n");
            return kills;
        }
    }

    private Fault counted() {
        left.countDown();
        return new Fault.Pass();
    }

    /// Lets a process come to some request, and go on for a moment.
    ///
    /// @return was it killed before it came to its end?
    private boolean killed(String[] restore, Random random)
            throws IOException, InterruptedException {
        left = new CountDownLatch(1 + random.nextInt(MOST_REQUESTS));
        Process child = Child.start(folder, command(restore));
        boolean there = false;
        while (!there && child.isAlive()) {
            there = left.await(10, TimeUnit.MILLISECONDS);
        }
        boolean ended = child.waitFor(random.nextInt(MOST_MS), TimeUnit.MILLISECONDS);
        var _ = child.destroyForcibly().waitFor();
        return !ended;
    }

    private String[] command(String[] restore) {
        String[] command = new String[restore.length + 2];
        command[0] = "--vault";
        command[1] = folder.resolve("vault").toString();
        System.arraycopy(restore, 0, command, 2, restore.length);
        return command;
    }
}
