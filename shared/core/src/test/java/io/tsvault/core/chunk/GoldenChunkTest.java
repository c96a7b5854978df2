package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;

class GoldenChunkTest {
    static List<GoldenChunk> all() {
        return GoldenChunk.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aGoldenReadsAsItWasWritten(GoldenChunk golden) throws IOException {
        requireContent(golden, golden.bytes());
    }

    /// Not byte for byte: writers may find better ways.
    @ParameterizedTest
    @MethodSource("all")
    void todaysWriterKeepsTheContentOfAGolden(GoldenChunk golden) {
        requireContent(golden, golden.written().bytes());
    }

    private static void requireContent(GoldenChunk golden, byte[] chunk) {
        Reading reading = Reading.of(chunk);
        assertThat(reading.inWindows()).isEqualTo(golden.series());
        assertThat(reading.metadata()).containsExactlyElementsOf(golden.metadata());
        assertThat(reading.properties()).isEqualTo(golden.properties());
        assertThat(reading.summary().series()).isEqualTo(reading.series().size());
    }

    @Test
    void theTinyOneIsForPeople() throws IOException {
        assertThat(GoldenChunk.TINY.bytes()).hasSizeLessThan(256);
    }

    @Test
    void theModesAreAllThere() throws IOException {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(GoldenChunk.MODES.bytes()))) {
            assertThat(reader.anatomy().modes()).hasSameSizeAs(ValueMode.values());
        }
    }
}
