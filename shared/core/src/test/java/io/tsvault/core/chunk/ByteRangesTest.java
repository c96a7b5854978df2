package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

class ByteRangesTest {
    private static final byte[] CONTENT = new byte[600_000];

    static {
        new Random(7).nextBytes(CONTENT);
    }

    @TempDir private Path directory;

    enum Kind {
        MEMORY,
        PIECES,
        FILE
    }

    private ByteRanges ranges(Kind kind, byte[] content) throws IOException {
        return switch (kind) {
            case MEMORY -> ByteRanges.of(content);
            case PIECES -> pieces(content);
            case FILE -> ByteRanges.of(Files.write(directory.resolve("content"), content));
        };
    }

    /// Written in blocks that are not as long as a piece.
    private static ByteRanges pieces(byte[] content) {
        FileSink sink = new FileSink();
        for (int at = 0; at < content.length; at += 70_001) {
            sink.bytes(Arrays.copyOfRange(content, at, Math.min(at + 70_001, content.length)));
        }
        return sink.ranges();
    }

    @ParameterizedTest
    @EnumSource
    void everyRangeWithinIsGiven(Kind kind) throws IOException {
        try (ByteRanges ranges = ranges(kind, CONTENT)) {
            assertThat(ranges.size()).isEqualTo(CONTENT.length);
            int[][] some = {
                {0, 600_000},
                {0, 0},
                {0, 1},
                {599_999, 1},
                {600_000, 0},
                {17, 570_000},
                {262_144, 1},
                {262_143, 262_145}
            };
            for (int[] range : some) {
                byte[] wanted = Arrays.copyOfRange(CONTENT, range[0], range[0] + range[1]);
                assertThat(ranges.read(range[0], range[1])).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRangeBeyondTheEndIsGiven(Kind kind) throws IOException {
        try (ByteRanges ranges = ranges(kind, CONTENT)) {
            long[][] beyond = {
                {0, 600_001}, {599_999, 2}, {600_001, 0}, {-1, 1}, {1, -1}, {1L << 32, 1}
            };
            for (long[] range : beyond) {
                assertThatThrownBy(() -> ranges.read(range[0], (int) range[1]))
                        .as(Arrays.toString(range))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsARangeToo(Kind kind) throws IOException {
        try (ByteRanges ranges = ranges(kind, new byte[0])) {
            assertThat(ranges.size()).isZero();
            assertThat(ranges.read(0, 0)).isEmpty();
        }
    }

    @Test
    void aFileThatIsCutWhileItIsReadIsNoEmptyRange() throws IOException {
        try (ByteRanges ranges = ranges(Kind.FILE, CONTENT)) {
            Files.write(directory.resolve("content"), Arrays.copyOf(CONTENT, 50));
            assertThat(ranges.read(0, 50)).isEqualTo(Arrays.copyOf(CONTENT, 50));
            assertThatThrownBy(() -> ranges.read(0, 51))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("was cut while it was read");
        }
    }

    @Test
    void aClosedFileGivesNothing() throws IOException {
        ByteRanges ranges = ranges(Kind.FILE, CONTENT);
        ranges.close();
        ranges.close();
        assertThatThrownBy(() -> ranges.read(0, 1)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aFileThatIsNotThereCannotBeOpened() {
        assertThatThrownBy(() -> ByteRanges.of(directory.resolve("absent")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
