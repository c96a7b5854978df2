package io.tsvault.cli;

import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.LogName;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A person at a terminal, who is about one vault; and the backups that fill it.
final class Terminal {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Capture CAPTURE =
            new Capture("remote-read", 0, "http://a:9090", "3.5.0", List.of(), List.of());

    private final String vault;
    private String out = "";
    private String err = "";

    /// @param vault its address
    Terminal(String vault) {
        this.vault = vault;
    }

    /// Runs a command.
    ///
    /// @return its exit code
    int run(String... args) {
        List<String> all = new ArrayList<>(List.of("--vault", vault));
        all.addAll(List.of(args));
        StringWriter stdout = new StringWriter();
        StringWriter stderr = new StringWriter();
        int code =
                Main.run(
                        new PrintWriter(stdout),
                        new PrintWriter(stderr),
                        all.toArray(String[]::new));
        out = stdout.toString();
        err = stderr.toString();
        return code;
    }

    /// What the last command printed.
    String out() {
        return out;
    }

    /// What the last command complained about.
    String err() {
        return err;
    }

    StreamLog log() {
        return vault().stream("prod");
    }

    Vault vault() {
        return Vault.open(new VaultAddress(vault).open(), Surroundings.real("test"));
    }

    /// Nobody keeps a stream that was never registered; this one was, and was removed since.
    private void register() {
        LogName prod = LogName.ofConfig("streams", "prod");
        vault().append(
                        prod,
                        history ->
                                Optional.of(new Config(Map.of())).filter(_ -> history.isEmpty()));
    }

    /// Two hours, the first at number 0.
    static TimeRange slice(int number) {
        Instant start = START.plus(Duration.ofHours(2L * number));
        return TimeRange.of(start, start.plus(Duration.ofHours(2)));
    }

    /// Keeps slices from number 0 on, of one sample each.
    void fill(int slices) {
        fill(0, slices);
    }

    /// Keeps slices from this number on.
    void fill(int first, int slices) {
        register();
        StreamLog log = log();
        for (int i = first; i < first + slices; i++) {
            Deposit deposit = log.deposit(slice(i));
            ChunkWriter writer = new ChunkWriter(deposit::add);
            Samples samples = Samples.builder().add(slice(i).startMs(), i).build();
            writer.add(new Series(Labels.of("__name__", "up"), samples));
            writer.close();
            deposit.commit(true, List.of(), CAPTURE);
        }
    }
}
