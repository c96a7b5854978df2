package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A backup that is killed at any instant, again and again, and then left to end.
@Tag("slow")
class KilledBackupTest {
    private static final String SOURCE = "a";
    private static final String STREAM = "x";
    private static final int KILLS_EACH = 5;
    private static final int SLICES = 16;
    private static final int MOST_REQUESTS = 25;
    private static final int MOST_MS = 40;

    @TempDir private Path folder = Path.of("");

    @Test
    void nothingIsMissingAndNothingTwice() throws Exception {
        assertSurvives(20261121);
    }

    @Test
    @Tag("campaign")
    void afterFiftyKillsNothingIsMissingAndNothingTwice() throws Exception {
        for (int seed = 1; seed <= 10; seed++) {
            assertSurvives(seed);
        }
    }

    private void assertSurvives(long seed) throws Exception {
        String vault = folder.resolve("vault-" + seed).toString();
        Random random = new Random(seed);
        try (Fed fed = Fed.twin()) {
            Terminal terminal = new Terminal(vault);
            terminal.run("init");
            register(terminal, fed.url());
            terminal.run("stream", "add", STREAM, "--source", SOURCE, "--slice", "15m");
            for (int kill = 0; kill < KILLS_EACH; kill++) {
                killed(fed, terminal, vault, random);
            }
            register(terminal, fed.url());
            int code = terminal.run("backup", "--to", Fed.END);
            assertThat(code).as("seed %d: %s%s", seed, terminal.out(), terminal.err()).isZero();
            StreamLog log =
                    Vault.open(new VaultAddress(vault).open(), Surroundings.real("test")).stream(
                            STREAM);
            assertThat(log.state().slices())
                    .as("seed %d", seed)
                    .hasSize(SLICES)
                    .extracting(Settled::status)
                    .containsOnly(Status.COMMITTED);
            assertThat(kept(log)).as("seed %d", seed).isEqualTo(given(fed));
        }
    }

    private static void register(Terminal terminal, String url) {
        int code = terminal.run("source", "add", SOURCE, "--replace", "--url", url);
        assertThat(code).as(terminal.err()).isZero();
    }

    /// Lets a process come to some request, and go on for a moment.
    private void killed(Fed fed, Terminal terminal, String vault, Random random)
            throws IOException, InterruptedException {
        CountDownLatch left = new CountDownLatch(1 + random.nextInt(MOST_REQUESTS));
        try (FaultProxy proxy =
                FaultProxy.to(
                        fed.uri(),
                        _ -> {
                            left.countDown();
                            return new Fault.Pass();
                        })) {
            register(terminal, proxy.uri().toString());
            Process child = Child.start(folder, "--vault", vault, "backup", "--to", Fed.END);
            boolean there = false;
            while (!there && child.isAlive()) {
                there = left.await(10, TimeUnit.MILLISECONDS);
            }
            var _ = child.waitFor(random.nextInt(MOST_MS), TimeUnit.MILLISECONDS);
            var _ = child.destroyForcibly().waitFor();
        }
    }

    private static Map<Labels, Samples> given(Fed fed) {
        Map<Labels, Samples> given = new TreeMap<>();
        fed.fleet().series().forEach(series -> given.put(series.labels(), series.samples()));
        return given;
    }

    /// Refuses a sample that is kept twice.
    private static Map<Labels, Samples> kept(StreamLog log) {
        Map<Labels, Samples.Builder> kept = new TreeMap<>();
        for (Settled settled : log.state().slices()) {
            for (ChunkRef chunk : settled.chunks()) {
                try (ChunkReader reader = ChunkReader.open(log.open(settled.slice(), chunk))) {
                    reader.series(Selector.of(List.of()), TimeRange.ALL)
                            .forEach(series -> add(series, kept));
                }
            }
        }
        Map<Labels, Samples> whole = new TreeMap<>();
        kept.forEach((labels, samples) -> whole.put(labels, samples.build()));
        return whole;
    }

    private static void add(Series part, Map<Labels, Samples.Builder> kept) {
        Samples.Builder samples = kept.computeIfAbsent(part.labels(), _ -> Samples.builder());
        for (int i = 0; i < part.samples().size(); i++) {
            samples.addBits(part.samples().timestampMs(i), part.samples().valueBits(i));
        }
    }
}
