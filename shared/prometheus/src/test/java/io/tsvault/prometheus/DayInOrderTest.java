package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.Schedule;
import io.tsvault.lab.generator.Window;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A day of a fleet, into servers that take each sample only if it is newer than the last one of
/// its series, and none that is much older than the newest of all.
@Tag("campaign")
class DayInOrderTest {
    private static final Duration SLICE = Duration.ofHours(2);
    private static final Capture CAPTURE =
            new Capture("remote-read", 0, "elsewhere", "3.5.0", List.of(), List.of());

    @TempDir private Path folder = Path.of("");

    private long samples;

    @ParameterizedTest
    @ValueSource(strings = {"2.42", "2.53", "3.5"})
    void everySampleOfADayIsStored(String version) throws Exception {
        Vault vault =
                Vault.init(DirectoryStore.make(folder.resolve("vault")), Surroundings.real("test"));
        Schedule schedule =
                new Schedule(
                        Instant.parse("2026-11-20T00:00:00Z"),
                        Duration.ofSeconds(15),
                        Duration.ofDays(1));
        new Fleet(Recipe.PUBLIC_1, 42, 10, schedule)
                .windows(SLICE)
                .forEachOrdered(window -> keep(vault, window));
        assertThat(samples).isGreaterThan(21_000_000);
        try (Server server = RealServer.startOrSkip(Lab.prometheus(version));
                PrometheusTarget target = PrometheusTarget.open(() -> Filled.http(server.uri()))) {
            Restored restored =
                    new Restorer(
                                    vault,
                                    target,
                                    new Restorer.Surroundings(
                                            Clock.systemUTC(),
                                            Pause.SLEEP,
                                            Instant.MAX,
                                            Watcher.SILENT))
                            .run("local", Backup.manifest());

            assertThat(restored.state()).as("%s", restored).isEqualTo(State.DONE);
            assertThat(restored.outcome().written()).isEqualTo(samples);
        }
    }

    private void keep(Vault vault, Window window) {
        long startMs = window.range().startMs();
        Deposit deposit =
                vault.stream("prod").deposit(new TimeRange(startMs, startMs + SLICE.toMillis()));
        ChunkWriter writer = new ChunkWriter(deposit::add);
        window.series()
                .forEachOrdered(
                        series -> {
                            samples += series.size();
                            writer.add(series);
                        });
        writer.close();
        deposit.commit(true, List.of(), CAPTURE);
    }
}
