package io.tsvault.cli;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.UnsupportedChunk;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Head;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// Shows a chunk, or any object of a vault. What is damaged is left out and named, and the exit
/// code says so.
@Command(
        name = "inspect",
        description = "Show what a chunk or a record of a vault holds; checks all of it.")
final class InspectCommand implements Callable<Integer> {
    private static final Selector EVERYTHING = Selector.of(List.of());

    @Parameters(
            paramLabel = "WHAT",
            description =
                    "A chunk in a file; or an object of the vault, by its key or the path of its"
                            + " file, or a record as prod@17. With --vault it is of the vault.")
    private String what = "";

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

    private final Losses lost = new Losses();

    @ParentCommand private Main main = new Main();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        requireMeaning();
        Optional<VaultAddress> vault = vault(Path.of(what));
        if (vault.isEmpty()) {
            return inspect(ChunkFile.of(Path.of(what)));
        }
        VaultObject object = VaultObject.find(vault.get(), what);
        return object.isChunk() ? inspectChunk(object) : inspect(object);
    }

    /// A chunk that is a file needs no vault, whatever the environment says; all else is what it is
    /// by its place in one.
    private Optional<VaultAddress> vault(Path file) {
        if (main.hasVaultOption() || (main.namesVault() && !Files.exists(file))) {
            return Optional.of(main.vault());
        }
        return what.endsWith(".chunk") ? Optional.empty() : VaultAddress.around(file);
    }

    private int inspect(VaultObject object) {
        if (series || samples != null) {
            throw new IllegalArgumentException(
                    "--series and --samples are for chunks; %s is none".formatted(object.key()));
        }
        Inspection seen = object.inspect();
        seen.problem().ifPresent(problem -> tell(seen.key(), problem));
        return seen.answer().print(spec.commandLine().getOut(), main.wantsJson());
    }

    private int inspectChunk(VaultObject object) throws IOException {
        byte[] bytes = object.bytes();
        int code = inspect(new ChunkFile(object.key(), () -> ByteRanges.of(bytes)));
        if (ObjectKey.promised(object.key()).map(Head.hash(bytes)::equals).orElse(true)) {
            return code;
        }
        tell(object.key(), "its SHA-256 is not the one in its key");
        return Failure.NOT_WHOLE;
    }

    private void tell(String key, String problem) {
        var _ = Failure.tell(new DamagedVault(key, problem), spec.commandLine().getErr());
    }

    private int inspect(ChunkFile chunk) throws IOException {
        TimeRange range = Times.range(from, to, Instant.now());
        Optional<Selector> selector = Optional.ofNullable(samples).map(Selector::parse);
        try (ChunkReader reader = chunk.open(lost::add)) {
            if (selector.isPresent()) {
                show(new SampleListing(stream(reader, selector.get(), range)));
            } else if (series) {
                show(new SeriesListing(stream(reader, EVERYTHING, range)));
            } else {
                show(ChunkReport.of(chunk, reader));
            }
            lost.tell(reader, spec.commandLine().getErr());
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
                    lost.write(json);
                    json.writeEndObject();
                });
    }
}
