package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.json.Json;
import io.tsvault.core.source.Gentle;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.Vault;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Mixin private StreamOptions options = new StreamOptions();

    @Override
    Answer answer() {
        Duration between = watch == null ? Duration.ZERO : Times.positive("--watch", watch);
        var _ = order();
        Vault vault = source == null ? known() : prepared(source);
        List<String> chosen = chosen(new Registry(vault, Kind.STREAMS));
        try (var _ = Interruption.told(err(), "the same command goes on from there")) {
            List<Result> results = exported(vault, chosen);
            while (between.isPositive()) {
                results.forEach(result -> err().println(result.line()));
                Pause.SLEEP.take(between);
                results = exported(vault, chosen);
            }
            return answer(results);
        }
    }

    /// A log that is damaged keeps no other stream from being backed up.
    private List<Result> exported(Vault vault, List<String> chosen) {
        List<Result> results = new ArrayList<>();
        List<DamagedVault> damaged = new ArrayList<>();
        for (String name : chosen) {
            try {
                results.add(export(vault, name));
            } catch (DamagedVault e) {
                damaged.add(e);
            }
        }
        if (!damaged.isEmpty()) {
            results.forEach(result -> err().println(result.line()));
            throw damaged.getFirst();
        }
        return results;
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

    /// A vault in which the stream is registered, whatever was there before. Nothing is made while
    /// anything is wrong.
    private Vault prepared(String server) {
        boolean isUrl = Sources.isUrl(server);
        String name = isUrl ? Sources.nameOf(server) : server;
        Map<String, String> wanted = options.settings();
        wanted.put("source", name);
        StreamConfig.from(wanted);
        if (!isUrl) {
            Vault vault = vault();
            new Registry(vault, Kind.SOURCES).get(name);
            stream(vault, wanted);
            return vault;
        }
        Map<String, String> settings = Map.of("url", server);
        Sources.check(settings);
        Vault vault = openOrMade();
        source(vault, name, settings);
        stream(vault, wanted);
        return vault;
    }

    private Vault openOrMade() {
        ObjectStore store = address().make();
        if (Vault.isAt(store)) {
            return Vault.open(store, surroundings());
        }
        Vault vault = Vault.init(store, surroundings());
        err().println("tsvault: made %s a vault".formatted(vault.location()));
        return vault;
    }

    private void source(Vault vault, String name, Map<String, String> settings) {
        Registry sources = new Registry(vault, Kind.SOURCES);
        if (sources.find(name).isEmpty()) {
            sources.add(name, settings);
            err().println(
                            "tsvault: registered %s as source %s"
                                    .formatted(settings.get("url"), name));
        }
        requireSameUrl(settings.getOrDefault("url", ""), name, sources.get(name));
    }

    private static void requireSameUrl(String url, String name, Map<String, String> settings) {
        String known = settings.getOrDefault("url", "");
        if (!known.equals(url)) {
            throw new Permanent(
                    "source %s is %s and not %s: register that by tsvault source add"
                            .formatted(name, known, url));
        }
    }

    private void stream(Vault vault, Map<String, String> wanted) {
        String name = names.isEmpty() ? DEFAULT_STREAM : names.getFirst();
        Registry streams = new Registry(vault, Kind.STREAMS);
        if (streams.find(name).isEmpty()) {
            streams.add(name, wanted);
            err().println(
                            "tsvault: registered stream %s of source %s"
                                    .formatted(name, wanted.get("source")));
        } else {
            requireSame(name, wanted, streams.get(name));
        }
    }

    private static void requireSame(
            String name, Map<String, String> wanted, Map<String, String> there) {
        wanted.forEach(
                (key, value) -> {
                    if (!value.equals(there.get(key))) {
                        throw new Permanent(
                                "stream %s has %s %s and not %s: name another stream, or change it by"
                                                .formatted(
                                                        name,
                                                        key,
                                                        there.getOrDefault(key, "unset"),
                                                        value)
                                        + " tsvault stream add --replace");
                    }
                });
    }

    private record Result(String stream, Exported exported) {
        int code() {
            boolean whole =
                    exported.gaps().isEmpty()
                            && exported.partial() == 0
                            && exported.problem().isEmpty();
            if (whole) {
                return 0;
            }
            return exported.problem()
                    .map(
                            problem ->
                                    switch (problem.kind()) {
                                        case LATER -> Failure.FAILED;
                                        case PERSON -> Failure.WRONG_USE;
                                        case TIME -> Failure.STOPPED;
                                    })
                    .orElse(Failure.NOT_WHOLE);
        }

        String line() {
            String done =
                    "%s: %,d slices kept by %s, %,d samples, %,d bytes%s"
                            .formatted(
                                    stream,
                                    exported.committed(),
                                    exported.mode().isEmpty() ? "nothing" : exported.mode(),
                                    exported.samples(),
                                    exported.storedBytes(),
                                    perSample());
            return done
                    + some(exported.empty(), "empty")
                    + some(exported.gaps().size(), "gaps")
                    + some(exported.partial(), "not whole")
                    + some(exported.amended(), "amended")
                    + some(exported.left(), "still due")
                    + exported.watermarkMs()
                            .map(ms -> "; backed up until " + Times.text(ms))
                            .orElse("; nothing is kept yet")
                    + exported.problem().map(problem -> "\n  " + problem.message()).orElse("");
        }

        private String perSample() {
            return exported.samples() == 0
                    ? ""
                    : " (%.2f per sample)"
                            .formatted((double) exported.storedBytes() / exported.samples());
        }

        private static String some(long many, String what) {
            return many == 0 ? "" : ", %,d %s".formatted(many, what);
        }

        Json json() {
            List<Json> gaps = new ArrayList<>();
            exported.gaps()
                    .forEach(
                            gap ->
                                    gaps.add(
                                            Json.object()
                                                    .with("from", Times.text(gap.startMs()))
                                                    .with("to", Times.text(gap.endMs()))));
            Json.Members json =
                    Json.object()
                            .with("stream", stream)
                            .with("committed", exported.committed())
                            .with("partial", exported.partial())
                            .with("empty", exported.empty())
                            .with("gaps", Json.of(gaps))
                            .with("amended", exported.amended())
                            .with("samples", exported.samples())
                            .with("series", exported.series())
                            .with("storedBytes", exported.storedBytes())
                            .with("mode", exported.mode())
                            .with("due", exported.left())
                            .with("warnings", exported.warnings());
            json =
                    exported.watermarkMs().isPresent()
                            ? json.with("watermark", Times.text(exported.watermarkMs().get()))
                            : json;
            return exported.problem().isPresent()
                    ? json.with("problem", exported.problem().get().message())
                    : json;
        }
    }

    private Result export(Vault vault, String name) {
        Map<String, String> settings = new Registry(vault, Kind.STREAMS).get(name);
        StreamConfig config = StreamConfig.from(settings);
        Map<String, String> server = new Registry(vault, Kind.SOURCES).get(config.source());
        try (Source from = Sources.open(server, config.keepExternalLabels());
                ProgressLine progress = ProgressLine.on(err(), name)) {
            Exporter.Surroundings around =
                    new Exporter.Surroundings(Clock.systemUTC(), Pause.SLEEP, progress);
            Source gently =
                    new Gentle(from, config.samplesPerSecond(), around.clock(), around.pause());
            return new Result(
                    name, new Exporter(vault.stream(name), config, gently, around).run(order()));
        }
    }

    private Order order() {
        Instant now = Instant.now();
        Instant until = length == null ? Instant.MAX : now.plus(Times.positive("--for", length));
        return new Order(Times.range(from, to, now), until);
    }

    private static Answer answer(List<Result> results) {
        StringBuilder text = new StringBuilder();
        results.forEach(result -> text.append(result.line()).append('\n'));
        Json json =
                results.size() == 1
                        ? results.getFirst().json()
                        : Json.object()
                                .with(
                                        "streams",
                                        Json.of(results.stream().map(Result::json).toList()));
        int code = results.stream().mapToInt(Result::code).max().orElse(0);
        return new Answer(text.toString(), json, code);
    }
}
