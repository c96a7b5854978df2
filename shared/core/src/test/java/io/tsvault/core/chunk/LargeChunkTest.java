package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/// Writes a chunk of the most bytes in a Java of little heap.
class LargeChunkTest {
    private static final int MIB = 1 << 20;
    private static final int LARGE = 62 * MIB;
    private static final int REST = 96 * MIB;

    @Tag("slow")
    @Test
    void aWriterNeedsItsFileAnd96Megabytes() throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + (LARGE + REST) / MIB + "m",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LargeChunkTest.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(Integer.parseInt(said.strip())).isBetween(LARGE, Limits.FILE_BYTES);
    }

    /// In the small Java: random numbers of 500 series, until the first chunk is full.
    public static void main(String[] args) {
        int[] length = new int[1];
        Random random = new Random(1);
        ChunkWriter writer =
                new ChunkWriter(Limits.FILE_BYTES, Map.of(), chunk -> length[0] = chunk.length());
        for (long window = Limits.window(Shapes.START_MS); length[0] == 0; window++) {
            for (int i = 0; i < 500 && length[0] == 0; i++) {
                Labels labels = Labels.of("__name__", "m%03d".formatted(i));
                writer.add(new Series(labels, noise(Limits.startMs(window), random)));
            }
        }
        writer.discard();
        System.out.println(length[0]);
    }

    private static Samples noise(long startMs, Random random) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < Limits.WINDOW_MS / Shapes.SCRAPE_MS; i++) {
            samples.addBits(startMs + i * Shapes.SCRAPE_MS, random.nextLong());
        }
        return samples.build();
    }
}
