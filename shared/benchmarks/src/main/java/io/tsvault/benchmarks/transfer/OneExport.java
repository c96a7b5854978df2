package io.tsvault.benchmarks.transfer;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Progress;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.lab.Server;
import io.tsvault.prometheus.PrometheusSource;
import io.tsvault.prometheus.http.Http;
import io.tsvault.prometheus.http.ServerSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/// An export of slices of two hours into a new vault.
record OneExport(Server server, TimeRange range) {
    Cost by(String mode) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tsvault-export");
        Vault vault = Vault.init(DirectoryStore.make(folder.resolve("vault")), real());
        return Cost.of(server.pid(), () -> export(vault, mode));
    }

    private static Surroundings real() {
        return Surroundings.real("tsvault benchmark");
    }

    private long export(Vault vault, String mode) {
        StreamConfig config =
                StreamConfig.from(
                        Map.of(
                                "source", "a",
                                "slice", "2h",
                                "settle", "0s",
                                "mode", mode,
                                "count", "off",
                                "start", Instant.ofEpochMilli(range.startMs()).toString()));
        try (PrometheusSource source = source()) {
            Exported exported =
                    new Exporter(
                                    vault.stream("prod"),
                                    config,
                                    source,
                                    new Exporter.Surroundings(
                                            Clock.systemUTC(),
                                            _ -> {
                                                throw new IllegalStateException("tried again");
                                            },
                                            Progress.SILENT))
                            .run(new Order(range, Instant.MAX));
            exported.problem()
                    .ifPresent(
                            problem -> {
                                throw new IllegalStateException(problem.message());
                            });
            return exported.samples();
        }
    }

    private PrometheusSource source() {
        return new PrometheusSource(
                Http.to(ServerSettings.from(Map.of("url", server.uri().toString()))));
    }

    /// The count of all slices, which no export above has done.
    Cost count() throws IOException, InterruptedException {
        return Cost.of(
                server.pid(),
                () -> {
                    try (PrometheusSource source = source()) {
                        return range.cut(Source.WINDOW_MS).stream()
                                .map(slice -> source.count(StreamConfig.EVERYTHING, slice))
                                .flatMap(counts -> counts.values().stream())
                                .mapToLong(Long::longValue)
                                .sum();
                    }
                });
    }
}
