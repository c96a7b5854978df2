package io.tsvault.lab.chunk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;

/// Another JVM with a heap of its own, that writes or reads one chunk: what it does inside of a
/// limit it does in that memory.
final class SmallHeap {
    private SmallHeap() {}

    /// @param heapBytes that it may have
    /// @return what it printed
    /// @throws IllegalStateException when it needed more, or failed
    static String run(long heapBytes, Work work, Path chunk) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Xmx" + (heapBytes >> 10) + "k",
                                "-XX:+UseSerialGC", // what a function with little memory gets
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SmallHeap.class.getName(),
                                work.name(),
                                chunk.toString())
                        .redirectErrorStream(true)
                        .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    "%s in a heap of %,d bytes: %s".formatted(work, heapBytes, printed));
        }
        return printed;
    }

    /// What can be done.
    enum Work {
        WRITE_DAY,
        WRITE_MANY,
        READ_WINDOWS,
        READ_SERIES
    }

    /// Does the work and prints the number of samples.
    public static void main(String[] args) throws IOException {
        Path chunk = Path.of(args[1]);
        System.out.println(
                switch (Work.valueOf(args[0])) {
                    case WRITE_DAY ->
                            write(
                                    chunk,
                                    Yardstick.PUBLIC_1_DAY
                                            .fleet()
                                            .windows(WrittenFleet.WINDOW)
                                            .flatMap(window -> window.series()));
                    case WRITE_MANY -> write(chunk, ManySeries.all());
                    case READ_WINDOWS -> {
                        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
                            yield reader.windows(
                                            WrittenFleet.EVERYTHING,
                                            TimeRange.ALL,
                                            WrittenFleet.WINDOW)
                                    .mapToLong(window -> count(window.series()))
                                    .sum();
                        }
                    }
                    case READ_SERIES -> {
                        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
                            yield count(reader.series(WrittenFleet.EVERYTHING, TimeRange.ALL));
                        }
                    }
                });
    }

    private static long write(Path chunk, Stream<Series> all) {
        ChunkWriter writer =
                new ChunkWriter(
                        WrittenFleet.LARGEST,
                        Map.of(),
                        finished -> {
                            try (OutputStream out =
                                    Files.newOutputStream(chunk, StandardOpenOption.CREATE_NEW)) {
                                finished.writeTo(out);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        long samples = count(all.peek(writer::add));
        writer.close();
        return samples;
    }

    private static long count(Stream<Series> all) {
        return all.mapToLong(series -> series.samples().size()).sum();
    }
}
