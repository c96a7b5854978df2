package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Exporter.Surroundings;
import io.tsvault.core.export.Forecast;
import io.tsvault.core.export.Rounds;
import io.tsvault.core.export.Rounds.Ended;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.source.Gentle;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Keeps what is due of some streams, each time that it is told to. For one thread.
final class BackupRound {
    private final Vault vault;
    private final List<String> streams;

    /// The streams whose doubts were told.
    private final Set<String> doubted = new HashSet<>();

    /// @param streams their names, in the order in which they are told
    BackupRound(Vault vault, List<String> streams) {
        this.vault = vault;
        this.streams = List.copyOf(streams);
    }

    /// Keeps it. One stream that cannot be kept does not keep the others from it.
    ///
    /// @param asJson is progress told to terminals only?
    List<BackupResult> play(Order order, PrintWriter err, boolean asJson) {
        return each(order, err, asJson, opened -> played(opened, order, err));
    }

    /// Tells what that would take.
    List<BackupResult> foretell(Order order, PrintWriter err, boolean asJson) {
        return each(
                order,
                err,
                asJson,
                opened -> opened.stream().map(one -> foretold(one, order)).toList());
    }

    private List<BackupResult> each(
            Order order,
            PrintWriter err,
            boolean asJson,
            Function<List<Opened>, List<BackupResult>> task) {
        Map<String, BackupResult> results = new LinkedHashMap<>();
        List<Opened> opened = new ArrayList<>();
        try {
            for (String stream : streams) {
                try {
                    ProgressLine progress = ProgressLine.on(err, stream, asJson);
                    Opened one = opened(stream, order.until(), progress);
                    opened.add(one);
                    tellDoubt(one, err);
                } catch (RuntimeException e) {
                    results.put(stream, failed(stream, e));
                }
            }
            task.apply(opened).forEach(result -> results.put(result.stream(), result));
        } finally {
            opened.forEach(Opened::close);
        }
        return streams.stream().distinct().map(results::get).toList();
    }

    /// Before the first slice of a stream it is told what is ahead.
    private static List<BackupResult> played(List<Opened> opened, Order order, PrintWriter err) {
        List<Optional<Forecast>> ahead =
                opened.stream().map(one -> ahead(one, order, err)).toList();
        List<Exporter> exporters = opened.stream().map(Opened::exporter).toList();
        List<Ended> ended = Rounds.play(exporters, order, new SecureRandom());
        List<BackupResult> results = new ArrayList<>();
        for (int i = 0; i < ended.size(); i++) {
            String stream = opened.get(i).stream();
            Optional<Forecast> forecast = ahead.get(i);
            results.add(
                    switch (ended.get(i)) {
                        case Ended.Done(var what) -> new BackupResult.Ran(stream, what, forecast);
                        case Ended.Broken(var failure) -> failed(stream, failure);
                    });
        }
        return results;
    }

    /// What goes wrong here goes wrong in the run too, and is told by that. Who has little time has
    /// none for this.
    private static Optional<Forecast> ahead(Opened one, Order order, PrintWriter err) {
        if (!one.isNew() || order.until().isBefore(Instant.MAX)) {
            return Optional.empty();
        }
        try {
            Optional<Forecast> forecast = one.exporter().forecast(order);
            forecast.ifPresent(what -> err.print(new ForecastText(one.stream(), what).text()));
            return forecast;
        } catch (Transient | Permanent | TooMuch e) {
            err.println(
                    "%s: what it takes cannot be told: %s".formatted(one.stream(), e.getMessage()));
            return Optional.empty();
        }
    }

    /// Before the first slice: what is kept anew hides that records are lost.
    private void tellDoubt(Opened one, PrintWriter err) {
        if (one.captured() > 1 && doubted.add(one.stream())) {
            err.println(
                    ("%s: %s were captured whose records are not here, and are kept anew. If this"
                                    + " vault has lost its newest records, bring them back first:"
                                    + " tsvault vault repair --from OTHER")
                            .formatted(one.stream(), Count.of(one.captured(), "slice")));
        }
    }

    private static BackupResult foretold(Opened one, Order order) {
        try {
            return new BackupResult.Foretold(one.stream(), one.exporter().forecast(order));
        } catch (RuntimeException e) {
            return failed(one.stream(), e);
        }
    }

    private static BackupResult failed(String stream, RuntimeException failure) {
        return new BackupResult.Failed(stream, Failure.known(failure).orElseThrow(() -> failure));
    }

    /// A stream between its source and its log.
    ///
    /// @param captured how many slices have chunks and no record
    /// @param isNew has nothing of it been kept yet?
    private record Opened(
            String stream,
            int captured,
            boolean isNew,
            Exporter exporter,
            Source source,
            ProgressLine progress) {
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
            StreamLog log = vault.stream(stream);
            return new Opened(
                    stream,
                    log.objects().capturedBehind(),
                    log.state().slices().isEmpty(),
                    new Exporter(log, config, source, around),
                    source,
                    progress);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }
}
