package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkReader.Loss;
import io.tsvault.core.chunk.RowGroup;
import io.tsvault.core.chunk.UnsupportedChunk;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// Shows a chunk. What is damaged is left out and named, and the exit code says so.
@Command(
        name = "inspect",
        description = "Show what a chunk holds and where its bytes are; checks all of it.")
final class InspectCommand implements Callable<Integer> {
    private static final Selector EVERYTHING = Selector.of(List.of());

    @Parameters(paramLabel = "FILE", description = "A chunk.")
    private Path file = Path.of("");

    @Option(names = "--series", description = "Show one line for each series instead.")
    private boolean series;

    @Option(
            names = "--samples",
            paramLabel = "SELECTOR",
            description = "Show the samples of these series instead: 'up{job=\"node\"}'.")
    private @Nullable String samples;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "With --series or --samples: only from this time on, as 2026-01-31T12:00:00Z or"
                            + " now-7d.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "With --series or --samples: only before this time.")
    private @Nullable String to;

    private final List<Loss> lost = new ArrayList<>();

    @ParentCommand private Main main = new Main();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        requireMeaning();
        ChunkFile chunk = new ChunkFile(file);
        TimeRange range = range();
        Optional<Selector> selector = Optional.ofNullable(samples).map(Selector::parse);
        try (ChunkReader reader = chunk.open(lost::add)) {
            if (selector.isPresent()) {
                show(new SampleListing(stream(reader, selector.get(), range)));
            } else if (series) {
                show(new SeriesListing(stream(reader, EVERYTHING, range)));
            } else {
                show(ChunkReport.of(chunk, reader));
            }
            PrintWriter err = spec.commandLine().getErr();
            lost.forEach(loss -> err.println("tsvault: " + text(reader, loss)));
        } catch (UnsupportedChunk e) {
            throw chunk.unsupported(e);
        }
        return lost.isEmpty() ? 0 : Failure.NOT_WHOLE;
    }

    private void requireMeaning() {
        if (series && samples != null) {
            throw new IllegalArgumentException("--series and --samples: give one of them");
        }
        if (!series && samples == null && (from != null || to != null)) {
            throw new IllegalArgumentException("--from and --to go with --series or --samples");
        }
    }

    private TimeRange range() {
        Instant now = Instant.now();
        long fromMs = from == null ? Long.MIN_VALUE : Times.parse(from, now);
        long toMs = to == null ? Long.MAX_VALUE : Times.parse(to, now);
        if (fromMs >= toMs) {
            throw new IllegalArgumentException("--from " + from + " is not before --to " + to);
        }
        return new TimeRange(fromMs, toMs);
    }

    /// Ends early when nobody reads any more, as behind `| head`.
    private Stream<Series> stream(ChunkReader reader, Selector selector, TimeRange range) {
        PrintWriter out = spec.commandLine().getOut();
        return reader.series(selector, range).takeWhile(_ -> !out.checkError());
    }

    private void show(Listing listing) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!main.wantsJson()) {
            listing.print(out);
            return;
        }
        Json.stream(
                out,
                json -> {
                    json.writeStartObject();
                    listing.write(json);
                    writeLosses(json);
                    json.writeEndObject();
                });
    }

    private void writeLosses(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("damage");
        for (Loss loss : lost) {
            json.writeStartObject();
            json.writeNumberField("byte", loss.damage().offset());
            json.writeStringField("reason", loss.damage().getMessage());
            if (loss.rowGroup().isPresent()) {
                RowGroup group = loss.rowGroup().get();
                json.writeNumberField("series", group.size().series());
                json.writeNumberField("samples", group.size().samples());
                json.writeStringField("first", Times.text(group.times().minMs()));
                json.writeStringField("last", Times.text(group.times().maxMs()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String text(ChunkReader reader, Loss loss) {
        String what =
                loss.rowGroup()
                        .map(
                                group ->
                                        "row group %d, %d samples of %d series from %s to %s"
                                                .formatted(
                                                        reader.rowGroups().indexOf(group),
                                                        group.size().samples(),
                                                        group.size().series(),
                                                        Times.text(group.times().minMs()),
                                                        Times.text(group.times().maxMs())))
                        .orElse("the metadata, or the number of series");
        return what + ", cannot be read: " + loss.damage().getMessage();
    }
}
