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
    private static final byte[] CONTENT = new byte[100_000];

    static {
        new Random(7).nextBytes(CONTENT);
    }

    @TempDir private Path directory;

    enum Kind {
        MEMORY,
        FILE
    }

    private ByteRanges ranges(Kind kind, byte[] content) throws IOException {
        return switch (kind) {
            case MEMORY -> ByteRanges.of(content);
            case FILE -> ByteRanges.of(Files.write(directory.resolve("content"), content));
        };
    }

    @ParameterizedTest
    @EnumSource
    void everyRangeWithinIsGiven(Kind kind) throws IOException {
        try (ByteRanges ranges = ranges(kind, CONTENT)) {
            assertThat(ranges.size()).isEqualTo(CONTENT.length);
            int[][] some = {{0, 100_000}, {0, 0}, {0, 1}, {99_999, 1}, {100_000, 0}, {17, 70_000}};
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
                {0, 100_001}, {99_999, 2}, {100_001, 0}, {-1, 1}, {1, -1}, {1L << 32, 1}
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
