package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.json.Json;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.ChunkRef;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/// Says how far each stream has come.
@Command(
        name = "status",
        description = "How far each stream has come, what is missing, and its head to write down.")
final class StatusCommand extends VaultTask {
    /// What stands before the second and further pins.
    private static final String PINS = "\n                   ";

    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "Only these; else all.")
    private List<String> names = List.of();

    @Override
    Answer answer() {
        Vault vault = vault();
        StringBuilder text = new StringBuilder();
        text.append("vault %s%s at %s%n".formatted(vault.id(), copy(vault), vault.location()));
        List<Json> streams = new ArrayList<>();
        boolean whole = true;
        Opened opened = Opened.of(vault, all(vault));
        for (StreamLog log : opened.logs()) {
            Totals totals = Totals.of(log.state());
            StreamHealth health = StreamHealth.of(vault, log.name().id(), log.state());
            whole = whole && totals.gaps() == 0 && totals.partial() == 0 && health.code() == 0;
            Pins pins = new Pins(vault, log);
            text.append(text(log, totals, health, pins));
            streams.add(json(log, totals, health, pins));
        }
        text.append(opened.text());
        if (streams.isEmpty() && opened.unread().isEmpty()) {
            text.append("no stream is registered yet\n");
        }
        ConfiguredHeads configured = ConfiguredHeads.of(vault);
        text.append(configured.text());
        Json json =
                Json.object()
                        .with("vault", vault.id())
                        .with("copy", vault.isCopy())
                        .with("location", vault.location())
                        .with("streams", Json.of(streams))
                        .with("configured", configured.json())
                        .with("unread", opened.unread().json())
                        .with("unreadConfigured", configured.unread().json());
        boolean all = whole && configured.unread().isEmpty();
        return new Answer(text.toString(), json, opened.code(all ? 0 : Failure.NOT_WHOLE));
    }

    /// Those that are named, else all: what is registered, and what was.
    private List<String> all(Vault vault) {
        SortedSet<String> there = new TreeSet<>(vault.streams());
        there.addAll(new Registry(vault, Kind.STREAMS).names());
        for (String name : names) {
            if (!there.contains(name)) {
                throw new IllegalArgumentException(
                        "%s has no stream \"%s\"; it has %s"
                                .formatted(vault.location(), name, there));
            }
        }
        return List.copyOf(names.isEmpty() ? there : new TreeSet<>(names));
    }

    private static String copy(Vault vault) {
        return vault.isCopy() ? " (a copy; see vault promote)" : "";
    }

    /// What a stream amounts to.
    ///
    /// @param gaps that nobody has acknowledged
    /// @param holes times between slices that no record tells of
    private record Totals(
            int slices, int gaps, int partial, int holes, long chunks, long samples, long bytes) {
        static Totals of(StreamState state) {
            Collection<Settled> slices = state.slices();
            int holes = 0;
            long end = slices.isEmpty() ? 0 : slices.iterator().next().slice().startMs();
            for (Settled settled : slices) {
                holes += settled.slice().startMs() == end ? 0 : 1;
                end = settled.slice().endMs();
            }
            Collection<ChunkRef> chunks = state.liveChunks().values();
            return new Totals(
                    slices.size(),
                    count(slices, Status.GAP),
                    count(slices, Status.PARTIAL),
                    holes,
                    chunks.size(),
                    chunks.stream().mapToLong(chunk -> chunk.summary().samples()).sum(),
                    chunks.stream().mapToLong(chunk -> chunk.summary().bytes()).sum());
        }

        private static int count(Collection<Settled> slices, Status status) {
            return (int)
                    slices.stream()
                            .filter(settled -> settled.status() == status)
                            .filter(settled -> !settled.acknowledged())
                            .count();
        }
    }

    /// From the first slice that was ever tried: while that is missing, nothing behind it counts.
    private static Optional<String> watermark(StreamState state) {
        OptionalLong origin = state.earliestMs();
        return origin.isPresent() && state.watermarkMs(origin.getAsLong()) > origin.getAsLong()
                ? Optional.of(Times.text(state.watermarkMs(origin.getAsLong())))
                : Optional.empty();
    }

    private static String text(StreamLog log, Totals totals, StreamHealth health, Pins pins) {
        return """

        %s
        %s  backed up until  %s
          slices           %,d, of which %s, %d partial, %s without any
          stored           %s in %s, %s
          pins             %s
          head             %d %s
        """
                .formatted(
                        log.name().id(),
                        health.text(),
                        watermark(log.state()).orElse("nothing yet"),
                        totals.slices(),
                        Count.of(totals.gaps(), "gap"),
                        totals.partial(),
                        Count.of(totals.holes(), "time"),
                        Count.of(totals.samples(), "sample"),
                        Count.of(totals.chunks(), "chunk"),
                        Count.of(totals.bytes(), "byte"),
                        pins.text(PINS),
                        log.head().seq(),
                        log.head().sha256());
    }

    private static Json json(StreamLog log, Totals totals, StreamHealth health, Pins pins) {
        Json.Members json =
                Json.object()
                        .with("stream", log.name().id())
                        .with("slices", totals.slices())
                        .with("gaps", totals.gaps())
                        .with("partial", totals.partial())
                        .with("holes", totals.holes())
                        .with("samples", totals.samples())
                        .with("chunks", totals.chunks())
                        .with("storedBytes", totals.bytes())
                        .with("failures", log.state().failures())
                        .with("halted", log.state().halt().isPresent())
                        .with("pins", pins.holders())
                        .with("pinned", pins.json())
                        .with("seq", log.head().seq())
                        .with("head", log.head().sha256());
        Json.Members all = health.with(json);
        return watermark(log.state()).map(until -> all.with("watermark", until)).orElse(all);
    }
}
