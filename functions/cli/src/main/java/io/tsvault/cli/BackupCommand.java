package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Forecast;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.source.Gentle;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps what is due.
@Command(
        name = "backup",
        description = {
            "Keep what is due of some streams, or of all.",
            "With --source URL it makes the vault, the source and the stream if they are not there."
        })
final class BackupCommand extends VaultTask {
    private static final String DEFAULT_STREAM = "default";

    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "Only these; else all.")
    private List<String> names = List.of();

    @Option(
            names = "--source",
            paramLabel = "URL|NAME",
            description = "Keep this server in stream \"default\", or in the one that is named.")
    private @Nullable String source;

    @Option(names = "--from", paramLabel = "TIME", description = "Only slices since then.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only slices until then.")
    private @Nullable String to;

    @Option(
            names = "--watch",
            paramLabel = "TIME",
            description = "Go on, looking every 1m, say, for what is due.")
    private @Nullable String watch;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Begin nothing that may not be done so soon: 10m.")
    private @Nullable String length;

    @Option(names = "--dry-run", description = "Only tell what is due and about what it takes.")
    private boolean dryRun;

    @Mixin private StreamOptions options = new StreamOptions();

    @Override
    Answer answer() {
        Duration between = watch == null ? Duration.ZERO : Times.positive("--watch", watch);
        var _ = order();
        Vault vault = source == null ? known() : made(source);
        List<String> chosen = chosen(new Registry(vault, Kind.STREAMS));
        try (var _ = Interruption.told("the same command goes on from there")) {
            List<BackupResult> results = exported(vault, chosen);
            while (between.isPositive()) {
                results.forEach(result -> err().println(result.line()));
                Pause.SLEEP.take(between);
                results = exported(vault, chosen);
            }
            return BackupResult.answer(results);
        }
    }

    /// One stream that cannot be kept does not keep the others from it.
    private List<BackupResult> exported(Vault vault, List<String> chosen) {
        return chosen.stream().map(name -> result(vault, name)).toList();
    }

    private BackupResult result(Vault vault, String name) {
        try {
            return export(vault, name);
        } catch (RuntimeException e) {
            return new BackupResult.Failed(name, Failure.known(e).orElseThrow(() -> e));
        }
    }

    private Vault made(String server) {
        String stream = names.isEmpty() ? DEFAULT_STREAM : names.getFirst();
        return new OneLine(address(), stream, err()).prepared(server, options.settings());
    }

    private List<String> chosen(Registry streams) {
        if (!names.isEmpty()) {
            names.forEach(streams::get);
            return names;
        }
        if (source != null) {
            return List.of(DEFAULT_STREAM);
        }
        List<String> all = streams.names();
        if (all.isEmpty()) {
            throw new Permanent(
                    "no stream is registered; begin by tsvault backup --source URL, or by tsvault"
                            + " source add and tsvault stream add");
        }
        return all;
    }

    /// A vault whose streams are not to be changed here.
    private Vault known() {
        Set<String> ignored = options.settings().keySet();
        if (!ignored.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: a stream that is registered is changed by tsvault stream add --replace"
                            .formatted(String.join(", ", ignored)));
        }
        return vault();
    }

    private BackupResult export(Vault vault, String name) {
        Map<String, String> settings = new Registry(vault, Kind.STREAMS).get(name);
        StreamConfig config = StreamConfig.from(settings);
        Map<String, String> server = new Registry(vault, Kind.SOURCES).get(config.source());
        try (Source from = Sources.open(server, config);
                ProgressLine progress = ProgressLine.on(err(), name)) {
            Exporter.Surroundings around =
                    new Exporter.Surroundings(Clock.systemUTC(), Pause.SLEEP, progress);
            Source gently =
                    new Gentle(from, config.samplesPerSecond(), around.clock(), around.pause());
            StreamLog log = vault.stream(name);
            Exporter exporter = new Exporter(log, config, gently, around);
            if (dryRun) {
                return new BackupResult.Foretold(name, exporter.forecast(order()));
            }
            Optional<Forecast> forecast =
                    log.state().slices().isEmpty() ? foretold(name, exporter) : Optional.empty();
            return new BackupResult.Ran(name, exporter.run(order()), forecast);
        }
    }

    /// Told before the first run; what goes wrong goes wrong there too, and is told by that.
    private Optional<Forecast> foretold(String name, Exporter exporter) {
        try {
            Optional<Forecast> forecast = exporter.forecast(order());
            forecast.ifPresent(what -> err().print(new ForecastText(name, what).text()));
            return forecast;
        } catch (Transient | Permanent | TooMuch e) {
            err().println("%s: what it takes cannot be told: %s".formatted(name, e.getMessage()));
            return Optional.empty();
        }
    }

    private Order order() {
        Instant now = Instant.now();
        Instant until = length == null ? Instant.MAX : now.plus(Times.positive("--for", length));
        return new Order(Times.range(from, to, now), until);
    }
}
