package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Chunks whose bytes are committed. Every version of the reader reads those of every version of
/// the format: the file of a version that was released is never written again.
///
/// `main` writes those that are not there yet, into the folder that it is given.
final class GoldenChunks {
    private GoldenChunks() {}

    /// What is in the files, by their names.
    static Map<String, List<Series>> contents() {
        Map<String, List<Series>> contents = new LinkedHashMap<>();
        contents.put("v1-example.chunk", example());
        contents.put("v1-variety.chunk", GoldenVariety.series());
        Specimens.all()
                .forEach(
                        specimen -> {
                            List<Series> series = new ArrayList<>();
                            specimen.groups().forEach(series::addAll);
                            contents.put(
                                    "v1-" + specimen.name().replace(' ', '-') + ".chunk", series);
                        });
        return contents;
    }

    /// The two series of the example of the format page.
    static List<Series> example() {
        long[] timestamps = {1_700_000_000_000L, 1_700_000_015_000L, 1_700_000_030_000L};
        return List.of(
                new Series(
                        Labels.of("__name__", "load", "job", "node"),
                        Samples.of(timestamps, Shapes.bits(0.25, 0.75, 0.5))),
                new Series(
                        Labels.of("__name__", "up", "job", "node"),
                        Samples.of(timestamps, Shapes.bits(1, 1, 1))));
    }

    static List<Metadata> exampleMetadata() {
        return List.of(new Metadata("up", Metadata.Type.GAUGE, "", ""));
    }

    public static void main(String[] folder) throws IOException {
        write(Path.of(folder[0], "v1-example.chunk"), exampleMetadata(), example());
        write(Path.of(folder[0], "v1-variety.chunk"), List.of(), GoldenVariety.series());
        for (Specimens.Specimen specimen : Specimens.all()) {
            Path file = Path.of(folder[0], "v1-" + specimen.name().replace(' ', '-') + ".chunk");
            if (!Files.exists(file)) {
                Files.write(file, specimen.bytes());
            }
        }
    }

    private static void write(Path file, List<Metadata> metadata, List<Series> series)
            throws IOException {
        if (!Files.exists(file)) {
            List<Chunk> chunks = new ArrayList<>();
            ChunkWriter writer = new ChunkWriter(chunks::add);
            metadata.forEach(writer::add);
            series.forEach(writer::add);
            writer.close();
            Files.write(file, chunks.getFirst().bytes());
        }
    }
}
