package io.tsvault.lab.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.RowGroup;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.wire.xor.XorEncoder;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/// Bytes for the same data are the same on every run, so they are tests and not benchmarks.
@Tag("slow")
class SizeTest {
    private static final double NOTICED_PERCENT = 0.5;
    private static final double MOST_LABEL_BYTES = 4;
    private static final int SAMPLES_PER_XOR_CHUNK = 120;

    /// Of the file: where the trailer has the offset of the index, and what the header takes.
    private static final int INDEX_OFFSET_FROM_END = 32;

    private static final int HEADER = 20;

    private final XorEncoder xor = new XorEncoder();

    @ParameterizedTest
    @FieldSource("io.tsvault.lab.chunk.Yardstick#ALL")
    void aFleetTakesTheBytesThatAreWrittenDown(Yardstick yardstick) {
        Chunk chunk = WrittenFleet.of(yardstick).chunk();
        Yardstick.Size expected = yardstick.size();
        print(yardstick, chunk);
        assertThat(chunk.summary().samples()).isEqualTo(expected.samples());
        assertThat(chunk.length())
                .as(
                        "bytes of %s. If that is meant to be, Yardstick says %d from now on",
                        yardstick, chunk.length())
                .isCloseTo((int) expected.bytes(), withinPercentage(NOTICED_PERCENT));
    }

    @ParameterizedTest
    @FieldSource("io.tsvault.lab.chunk.Yardstick#ALL")
    void aSampleTakesNoMoreThanIsPromised(Yardstick yardstick) {
        Chunk chunk = WrittenFleet.of(yardstick).chunk();
        assertThat((double) chunk.length() / chunk.summary().samples())
                .isLessThanOrEqualTo(yardstick.mostBytesPerSample());
    }

    @ParameterizedTest
    @FieldSource("io.tsvault.lab.chunk.Yardstick#ALL")
    void aSeriesIsNamedInFourBytes(Yardstick yardstick) {
        Chunk chunk = WrittenFleet.of(yardstick).chunk();
        assertThat((double) labelBytes(chunk) / chunk.summary().series())
                .isBetween(0.1, MOST_LABEL_BYTES);
    }

    @ParameterizedTest
    @FieldSource("io.tsvault.lab.chunk.Yardstick#ALL")
    void theSameFleetInXorChunksTakesThreeAndAHalfTimesAsMuch(Yardstick yardstick) {
        WrittenFleet written = WrittenFleet.of(yardstick);
        try (ChunkReader reader = written.read()) {
            long bytes =
                    reader.series(WrittenFleet.EVERYTHING, TimeRange.ALL)
                            .mapToLong(this::xorBytes)
                            .sum();
            assertThat(bytes).isEqualTo(yardstick.size().xorBytes());
            assertThat((double) bytes / written.chunk().length()).isBetween(3.3, 3.9);
        }
    }

    /// Everything before the index that is no row group: there is no metadata here.
    private static long labelBytes(Chunk chunk) {
        long indexOffset =
                ByteBuffer.wrap(chunk.bytes())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong(chunk.length() - INDEX_OFFSET_FROM_END);
        try (ChunkReader reader = ChunkReader.open(chunk.ranges())) {
            assertThat(reader.metadata()).isEmpty();
            long groups =
                    reader.rowGroups().stream()
                            .map(RowGroup::extent)
                            .mapToLong(RowGroup.Extent::length)
                            .sum();
            return indexOffset - HEADER - groups;
        }
    }

    private long xorBytes(Series series) {
        Samples samples = series.samples();
        long bytes = 0;
        for (int i = 0; i < samples.size(); i++) {
            xor.append(samples.timestampMs(i), samples.valueBits(i));
            if (xor.size() == SAMPLES_PER_XOR_CHUNK || i == samples.size() - 1) {
                bytes += xor.take().length;
            }
        }
        return bytes;
    }

    private static void print(Yardstick yardstick, Chunk chunk) {
        double samples = chunk.summary().samples();
        System.out.printf(
                Locale.ROOT,
                "%s: %,d bytes, %.4f per sample, labels %.2f per series;"
                        + " XOR chunks of 120 samples %,d, %.3f, %.2f times as much%n",
                yardstick,
                chunk.length(),
                chunk.length() / samples,
                (double) labelBytes(chunk) / chunk.summary().series(),
                yardstick.size().xorBytes(),
                yardstick.size().xorBytes() / samples,
                (double) yardstick.size().xorBytes() / chunk.length());
    }
}
