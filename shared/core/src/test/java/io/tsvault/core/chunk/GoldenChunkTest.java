package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class GoldenChunkTest {
    private static final Path FORMAT_PAGE =
            Path.of("src/main/java/io/tsvault/core/chunk/package-info.java");
    private static final Pattern HEX = Pattern.compile("^/// ((?:[0-9a-f]{2} )+) *\\S");

    static List<String> names() {
        return List.copyOf(GoldenChunks.contents().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyReaderReadsIt(String name) throws IOException {
        List<Series> written = Objects.requireNonNull(GoldenChunks.contents().get(name));
        assertThat(read(bytes(name))).isEqualTo(whole(written));
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatItHoldsIsWrittenAgainAsItWas(String name) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        ChunkWriter writer = new ChunkWriter(chunks::add);
        try (ChunkReader golden = ChunkReader.open(ByteRanges.of(bytes(name)))) {
            writer.addAll(List.of(golden), Selector.of(List.of()), TimeRange.ALL);
            writer.close();
            assertThat(read(chunks.getFirst().bytes())).isEqualTo(read(bytes(name)));
            try (ChunkReader copy = ChunkReader.open(chunks.getFirst().ranges())) {
                assertThat(copy.metadata()).isEqualTo(golden.metadata());
                assertThat(copy.summary().series()).isEqualTo(golden.summary().series());
                assertThat(copy.summary().samples()).isEqualTo(golden.summary().samples());
            }
        }
    }

    @Test
    void oneOfThemHasEveryWayToWriteDoubles() throws IOException {
        ByteRanges golden = ByteRanges.of(bytes("v1-every-mode.chunk"));
        try (ChunkReader reader = ChunkReader.open(golden)) {
            assertThat(reader.anatomy().modes()).hasSameSizeAs(ValueMode.values());
        }
    }

    @Test
    void theExampleOfTheFormatPageIsAFile() throws IOException {
        String page = Files.readString(FORMAT_PAGE);
        StringBuilder hex = new StringBuilder();
        for (String line : page.substring(page.indexOf("/// # Example")).lines().toList()) {
            Matcher bytes = HEX.matcher(line);
            if (bytes.find()) {
                hex.append(bytes.group(1).replace(" ", ""));
            }
        }
        byte[] golden = bytes("v1-example.chunk");
        assertThat(hex.toString()).isEqualTo(HexFormat.of().formatHex(golden));
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(golden))) {
            assertThat(reader.metadata()).isEqualTo(GoldenChunks.exampleMetadata());
        }
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream file = GoldenChunkTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }

    private static List<Series> read(byte[] chunk) {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            return reader.series(Selector.of(List.of()), TimeRange.ALL).toList();
        }
    }

    /// Series that were written in parts are read as one.
    private static List<Series> whole(List<Series> parts) {
        Map<Labels, List<Series>> byLabels = new TreeMap<>();
        for (Series part : parts) {
            byLabels.computeIfAbsent(part.labels(), _ -> new ArrayList<>()).add(part);
        }
        return byLabels.values().stream().map(Parts::joined).toList();
    }
}
