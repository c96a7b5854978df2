package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Exporter.Surroundings;
import io.tsvault.core.export.Rounds;
import io.tsvault.core.export.Rounds.Ended;
import io.tsvault.core.source.Gentle;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.Vault;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps what is due of some streams, once.
///
/// @param streams their names, in the order in which they are told
record BackupRound(Vault vault, List<String> streams) {
    BackupRound {
        streams = List.copyOf(streams);
    }

    /// One stream that cannot be kept does not keep the others from it.
    ///
    /// @param asJson is progress told to terminals only?
    List<BackupResult> play(Order order, PrintWriter err, boolean asJson) {
        Map<String, BackupResult> results = new LinkedHashMap<>();
        List<Opened> opened = new ArrayList<>();
        try {
            for (String stream : streams) {
                try {
                    ProgressLine progress = ProgressLine.on(err, stream, asJson);
                    opened.add(opened(stream, order.until(), progress));
                } catch (RuntimeException e) {
                    results.put(stream, failed(stream, e));
                }
            }
            List<Exporter> exporters = opened.stream().map(Opened::exporter).toList();
            List<Ended> ended = Rounds.play(exporters, order, new SecureRandom());
            for (int i = 0; i < ended.size(); i++) {
                String stream = opened.get(i).stream();
                results.put(stream, result(stream, ended.get(i)));
            }
        } finally {
            opened.forEach(Opened::close);
        }
        return streams.stream().distinct().map(results::get).toList();
    }

    private static BackupResult result(String stream, Ended ended) {
        return switch (ended) {
            case Ended.Done(var exported) -> new BackupResult.Ran(stream, exported);
            case Ended.Broken(var failure) -> failed(stream, failure);
        };
    }

    private static BackupResult failed(String stream, RuntimeException failure) {
        return new BackupResult.Failed(stream, Failure.known(failure).orElseThrow(() -> failure));
    }

    /// A stream between its source and its log.
    private record Opened(String stream, Exporter exporter, Source source, ProgressLine progress) {
        void close() {
            progress.close();
            source.close();
        }
    }

    private Opened opened(String stream, Instant until, ProgressLine progress) {
        StreamConfig config = StreamConfig.from(new Registry(vault, Kind.STREAMS).get(stream));
        Map<String, String> server = new Registry(vault, Kind.SOURCES).get(config.source());
        Clock clock = Clock.systemUTC();
        Surroundings around = new Surroundings(clock, Pause.SLEEP, progress);
        Source source =
                new Gentle(
                        Sources.open(server, config, until),
                        config.samplesPerSecond(),
                        clock,
                        Pause.SLEEP.until(until, clock));
        try {
            return new Opened(
                    stream,
                    new Exporter(vault.stream(stream), config, source, around),
                    source,
                    progress);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }
}
