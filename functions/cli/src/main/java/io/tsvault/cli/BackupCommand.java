package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.Vault;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private static final int TELLING_PART = 20;
    private static final Duration MOST_TELLING = Duration.ofSeconds(10);

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
            description = {
                "Be done so soon, with all streams: 10m. They take turns, a slice each; what is"
                        + " left",
                "is told, and kept by the next run."
            })
    private @Nullable String length;

    @Option(names = "--dry-run", description = "Only tell what is due and about what it takes.")
    private boolean dryRun;

    @Mixin private StreamOptions options = new StreamOptions();

    @Override
    Answer answer() {
        Instant begun = Instant.now();
        Duration between = watch == null ? Duration.ZERO : Times.positive("--watch", watch);
        Order order = order(begun);
        requireOneStream();
        try (Interruption interruption = Interruption.told("the same command goes on from there")) {
            Vault vault = source == null ? known() : made(source, order.until());
            if (!dryRun) {
                vault.requireWritable();
            }
            List<String> chosen = chosen(new Registry(vault, Kind.STREAMS));
            BackupRound round = new BackupRound(vault, chosen);
            return dryRun
                    ? BackupResult.answer(round.foretell(order, err(), main().wantsJson()))
                    : rounds(round, order, between, interruption);
        } catch (Transient e) {
            if (Instant.now().isBefore(order.until())) {
                throw e;
            }
            Failure.Told told =
                    new Failure.Told(
                            "no time was left to begin; give it more by --for: " + e.getMessage(),
                            Failure.STOPPED);
            return new Answer(told.message(), told.json(), told.code());
        }
    }

    /// A watch goes on while there is time for another round. A signal between two of them is its
    /// usual end.
    private Answer rounds(
            BackupRound round, Order order, Duration between, Interruption interruption) {
        while (true) {
            Instant begun = Instant.now();
            Answer answer = BackupResult.answer(round.play(order, err(), main().wantsJson()));
            Duration took = Duration.between(begun, Instant.now());
            Instant next = Instant.now().plus(between).plus(took.multipliedBy(2));
            if (between.isZero() || next.isAfter(order.until())) {
                return answer;
            }
            interruption.rests(answer.print(out(), main().wantsJson()));
            Pause.SLEEP.take(between);
            interruption.works();
        }
    }

    private void requireOneStream() {
        if (source != null && names.size() > 1) {
            throw new IllegalArgumentException(
                    "--source goes with one stream, not with " + String.join(", ", names));
        }
    }

    private Vault made(String server, Instant until) {
        String stream = names.isEmpty() ? DEFAULT_STREAM : names.getFirst();
        OneLine line = new OneLine(address(), stream, until, err());
        return dryRun
                ? line.supposed(server, options.settings())
                : line.prepared(server, options.settings());
    }

    private List<String> chosen(Registry streams) {
        if (!names.isEmpty()) {
            List<String> known = streams.names();
            names.stream().filter(name -> !known.contains(name)).forEach(streams::get);
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

    /// A little of the time is kept to record and tell what came of it.
    private Order order(Instant now) {
        if (length == null) {
            return new Order(Times.range(from, to, now), Instant.MAX);
        }
        Duration whole = Times.positive("--for", length);
        Duration telling = whole.dividedBy(TELLING_PART);
        Duration kept = telling.compareTo(MOST_TELLING) > 0 ? MOST_TELLING : telling;
        return new Order(Times.range(from, to, now), now.plus(whole).minus(kept));
    }
}
