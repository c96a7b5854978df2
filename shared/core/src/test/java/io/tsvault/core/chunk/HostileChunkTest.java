package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;

import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Reads files that ask for more than there is, in a Java that has 64 MB of heap.
class HostileChunkTest {
    private static final long MIB = 1 << 20;

    /// What may be allocated to read any file in four ways, besides what follows: most of it for
    /// the 32,768 names that no row group needs to have, and for long labels.
    private static final long ANY_FILE = 1200 * MIB;

    /// What a value costs until it was read in four ways; most of it for histograms of thousands of
    /// buckets.
    private static final long BYTES_PER_VALUE = 2000;

    private static final long BYTES_PER_GROUP = 64 << 10;

    /// What a name costs that a row group has, however many others its label block has.
    private static final long BYTES_PER_NAME = 20 << 10;

    @Tag("slow")
    @Test
    void no64MegabytesAreExhausted(@TempDir Path directory) throws Exception {
        Map<String, byte[]> files = HostileFiles.all();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey().replace("/", "")), file.getValue());
        }
        Map<String, String> outcomes = outcomes(directory);
        assertThat(outcomes.keySet()).containsExactlyElementsOf(new TreeMap<>(files).keySet());
        outcomes.forEach(
                (file, outcome) ->
                        assertThat(outcome)
                                .as(file)
                                .startsWith(file.startsWith("whole: ") ? "read" : "damaged"));
    }

    @Tag("slow")
    @Test
    void aSeriesTooLongToHoldIsReadInNarrowerWindows() {
        byte[] chunk = HostileFiles.oneSeries(1, 6);
        assertThatThrownBy(() -> samples(chunk, Reading.TWO_HOURS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("read narrower windows");
        assertThat(samples(chunk, Duration.ofMinutes(5))).isEqualTo(6L * Limits.GROUP_VALUES);
    }

    private static long samples(byte[] chunk, Duration width) {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            return reader.windows(Reading.EVERYTHING, TimeRange.ALL, width)
                    .flatMap(ChunkWindow::series)
                    .mapToLong(series -> series.samples().size())
                    .sum();
        }
    }

    private static Map<String, String> outcomes(Path directory) throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HostileChunkTest.class.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        Map<String, String> outcomes = new TreeMap<>();
        said.lines()
                .forEach(
                        line -> {
                            int tab = line.indexOf('\t');
                            outcomes.put(
                                    line.substring(0, Math.max(0, tab)), line.substring(tab + 1));
                        });
        return outcomes;
    }

    /// In the small Java.
    public static void main(String[] args) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> inside = Files.list(Path.of(args[0]))) {
            inside.sorted().forEach(files::add);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (Path file : files) {
            long before = threads.getCurrentThreadAllocatedBytes();
            String outcome = outcome(file);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            if (allocated > allowed(file)) {
                outcome = "exhausting: " + outcome;
            }
            System.out.println(file.getFileName() + "\t" + outcome + ", " + allocated / MIB);
        }
    }

    private static String outcome(Path file) {
        String outcome = "read";
        for (Way way : Way.values()) {
            try {
                read(file, way);
            } catch (DamagedChunk e) {
                outcome = "damaged: " + e.getMessage();
            } catch (IllegalArgumentException e) {
                if (!String.valueOf(e.getMessage()).contains("narrower windows")) {
                    return "failed " + way + ": " + e;
                }
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                return "failed " + way + ": " + e;
            }
        }
        return outcome;
    }

    private enum Way {
        WINDOWS,
        SERIES,
        SALVAGE,
        ANATOMY
    }

    private static void read(Path file, Way way) throws IOException {
        ByteRanges bytes = ByteRanges.of(file);
        try (ChunkReader reader =
                way == Way.SALVAGE
                        ? ChunkReader.salvage(bytes, _ -> {})
                        : ChunkReader.open(bytes)) {
            reader.metadata();
            switch (way) {
                case WINDOWS, SALVAGE ->
                        reader.windows(Reading.EVERYTHING, TimeRange.ALL, Reading.TWO_HOURS)
                                .forEach(window -> window.series().forEach(_ -> {}));
                case SERIES -> reader.series(Reading.EVERYTHING, TimeRange.ALL).forEach(_ -> {});
                case ANATOMY -> reader.anatomy();
            }
        }
    }

    private static long allowed(Path file) throws IOException {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(file))) {
            boolean whole = file.getFileName().toString().startsWith("whole: ");
            long allowed = ANY_FILE;
            for (RowGroup group : reader.rowGroups()) {
                allowed += BYTES_PER_GROUP;
                allowed += group.size().series() * BYTES_PER_NAME;
                allowed += whole ? group.size().values() * BYTES_PER_VALUE : 0;
            }
            return allowed;
        } catch (DamagedChunk e) {
            return ANY_FILE;
        }
    }
}
