package io.tsvault.cli;

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

/// Says how far each stream has come.
@Command(
        name = "status",
        description = "How far each stream has come, what is missing, and its head to write down.")
final class StatusCommand extends VaultTask {
    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "Only these; else all.")
    private List<String> names = List.of();

    @Override
    Answer answer() {
        Vault vault = vault();
        StringBuilder text = new StringBuilder();
        text.append("vault %s%s at %s%n".formatted(vault.id(), copy(vault), vault.location()));
        List<Json> streams = new ArrayList<>();
        boolean whole = true;
        Opened opened = opened(vault, names);
        for (StreamLog log : opened.logs()) {
            Totals totals = Totals.of(log.state());
            whole = whole && totals.gaps() == 0 && totals.partial() == 0;
            text.append(text(log, totals));
            streams.add(json(log, totals));
        }
        text.append(opened.text());
        if (streams.isEmpty() && opened.unread().isEmpty()) {
            text.append("no stream has been backed up yet\n");
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

    private static String text(StreamLog log, Totals totals) {
        return """

        %s
          backed up until  %s
          slices           %,d, of which %d gaps, %d partial, %d times without any
          stored           %,d samples in %,d chunks, %,d bytes
          pins             %s
          head             %d %s
        """
                .formatted(
                        log.name().id(),
                        watermark(log.state()).orElse("nothing yet"),
                        totals.slices(),
                        totals.gaps(),
                        totals.partial(),
                        totals.holes(),
                        totals.samples(),
                        totals.chunks(),
                        totals.bytes(),
                        log.state().pins().isEmpty() ? "none" : log.state().pins().keySet(),
                        log.head().seq(),
                        log.head().sha256());
    }

    private static Json json(StreamLog log, Totals totals) {
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
                        .with("pins", List.copyOf(log.state().pins().keySet()))
                        .with("seq", log.head().seq())
                        .with("head", log.head().sha256());
        return watermark(log.state()).map(until -> json.with("watermark", until)).orElse(json);
    }
}
