package io.tsvault.lab.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.lab.chunk.SmallHeap.Work;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/// The heap of a writer is its file and a bounded rest, that of a reader is bounded. The rest holds
/// the JVM itself and, for a writer, what makes the samples.
@Tag("slow")
class MemoryTest {
    private static final long WRITER = 96 << 20;
    private static final long READER = 64 << 20;

    /// The file of the million series has more, but a better encoder may make it smaller.
    private static final long MANY_BYTES = 14_000_000;

    private static final long MANY_SAMPLES =
            (long) ManySeries.METRICS * ManySeries.INSTANCES * ManySeries.SAMPLES;

    @TempDir Path folder;

    @Test
    void aDayOfAFleetIsWrittenAndReadInLittleHeap() throws Exception {
        Yardstick.Size day = Yardstick.PUBLIC_1_DAY.size();
        hold(Work.WRITE_DAY, day.bytes() * 9 / 10, day.samples());
    }

    @Test
    void aMillionSeriesAreWrittenAndReadInLittleHeap() throws Exception {
        hold(Work.WRITE_MANY, MANY_BYTES, MANY_SAMPLES);
    }

    /// @param bytes no more than the chunk has: what the writer may have beside its rest
    private void hold(Work write, long bytes, long samples) throws Exception {
        Path chunk = folder.resolve("chunk");
        String expected = Long.toString(samples);
        assertThat(SmallHeap.run(bytes + WRITER, write, chunk)).isEqualTo(expected);
        assertThat(Files.size(chunk)).isGreaterThanOrEqualTo(bytes);
        assertThat(SmallHeap.run(READER, Work.READ_WINDOWS, chunk)).isEqualTo(expected);
        assertThat(SmallHeap.run(READER, Work.READ_SERIES, chunk)).isEqualTo(expected);
    }
}
