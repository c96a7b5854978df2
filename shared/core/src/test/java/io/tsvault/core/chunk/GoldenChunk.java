package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Chunks that were written once and are read for ever: `v1-*.chunk` among the resources, and what
/// they hold, built in code.
///
/// A golden that was part of a release is never written again: it stands for the files that users
/// have. A format that changes gets goldens of its own. Until the first release they may be made
/// anew: compile the tests, then run [#main] with the folder of the goldens for its argument.
///
/// @param series window by window, in label order
record GoldenChunk(
        String file,
        List<Series> series,
        Collection<Metadata> metadata,
        Map<String, String> properties) {

    /// The example of the format's page.
    static final GoldenChunk TINY =
            new GoldenChunk(
                    "v1-tiny.chunk",
                    List.of(
                            new Series(
                                    Labels.of("__name__", "up", "job", "node"),
                                    Samples.builder()
                                            .add(1_700_000_000_000L, 1)
                                            .add(1_700_000_015_000L, 1)
                                            .add(1_700_000_030_000L, 0)
                                            .add(1_700_000_045_003L, 1)
                                            .build())),
                    List.of(),
                    Map.of());

    /// Every way to write a column of doubles.
    static final GoldenChunk MODES =
            new GoldenChunk("v1-modes.chunk", Specimens.everyMode(), List.of(), Map.of());

    /// Everything else: native histograms in two windows, metadata, properties.
    static final GoldenChunk HISTOGRAMS =
            new GoldenChunk(
                    "v1-histograms.chunk",
                    Stream.of(Specimens.histograms(0), Specimens.histograms(1))
                            .flatMap(List::stream)
                            .toList(),
                    List.of(
                            new Metadata(
                                    "custom",
                                    Metadata.Type.HISTOGRAM,
                                    "Ein schöner Text",
                                    "seconds"),
                            new Metadata("mixed", Metadata.Type.GAUGE_HISTOGRAM, "", "")),
                    Map.of("source", "prometheus-1", "stream", "fleet"));

    static List<GoldenChunk> all() {
        return List.of(TINY, MODES, HISTOGRAMS);
    }

    @Override
    public String toString() {
        return file;
    }

    /// The bytes that were written once.
    byte[] bytes() throws IOException {
        try (InputStream in = GoldenChunk.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing among the resources");
            }
            return in.readAllBytes();
        }
    }

    /// The same content as today's writer writes it.
    Chunk written() {
        List<Chunk> chunks = new ArrayList<>();
        ChunkWriter writer =
                new ChunkWriter(ChunkWriter.DEFAULT_SIZE_LIMIT, properties, chunks::add);
        metadata.forEach(writer::add);
        series.forEach(writer::add);
        writer.close();
        return chunks.getFirst();
    }

    /// Writes all goldens to a folder.
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (GoldenChunk golden : all()) {
            Files.write(folder.resolve(golden.file), golden.written().bytes());
        }
    }
}
