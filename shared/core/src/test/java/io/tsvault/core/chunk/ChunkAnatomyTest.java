package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.ChunkAnatomy.Mode;
import io.tsvault.core.chunk.ChunkAnatomy.Timestamps;
import io.tsvault.core.chunk.ChunkAnatomy.Use;
import io.tsvault.core.chunk.ChunkAnatomy.Window;
import io.tsvault.core.chunk.ChunkReader.Loss;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongToDoubleFunction;

class ChunkAnatomyTest {
    private static final long WINDOW_MS = Duration.ofHours(2).toMillis();
    private static final int N = 60;

    private final List<Loss> lost = new ArrayList<>();

    private static Series series(String name, long window, LongToDoubleFunction value) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < N; i++) {
            samples.add((window * WINDOW_MS) + (i * 15_000L), value.applyAsDouble(i));
        }
        return new Series(Labels.of(Labels.METRIC_NAME, name), samples.build());
    }

    /// Three windows of three series: constant, copied or counting, and decimal.
    private static byte[] chunk() {
        List<Chunk> chunks = new ArrayList<>();
        ChunkWriter writer = new ChunkWriter(ChunkWriter.DEFAULT_SIZE_LIMIT, Map.of(), chunks::add);
        writer.add(new Metadata("up", Metadata.Type.GAUGE, "Is it up?", ""));
        for (long window = -1; window < 2; window++) {
            writer.add(series("a", window, i -> 1));
            writer.add(series("b", window, i -> i * i));
            writer.add(series("c", window, i -> i * i));
        }
        writer.close();
        return chunks.getFirst().bytes();
    }

    private ChunkReader salvage(byte[] bytes) {
        return ChunkReader.salvage(ByteRanges.of(bytes), lost::add);
    }

    /// Turns a bit in the middle of something.
    private static byte[] damaged(byte[] bytes, RowGroup.Extent extent) {
        bytes[(int) extent.offset() + extent.length() / 2] ^= 1;
        return bytes;
    }

    @Test
    void everyByteHasAUse() {
        byte[] bytes = chunk();
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(bytes))) {
            List<Use> uses = reader.anatomy().uses();
            assertThat(uses.stream().mapToLong(Use::bytes).sum()).isEqualTo(bytes.length);
            assertThat(uses)
                    .extracting(Use::what)
                    .containsExactly(
                            "columns", "tokens", "bits", "labels", "metadata", "index", "frame");
        }
    }

    @Test
    void everyColumnIsCountedByItsMode() {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk()))) {
            ChunkAnatomy anatomy = reader.anatomy();
            assertThat(anatomy.modes())
                    .containsExactly(
                            new Mode("constant", 3, 3 * N),
                            new Mode("copy", 3, 3 * N),
                            new Mode("decimal", 3, 3 * N));
            assertThat(anatomy.timestamps()).isEqualTo(new Timestamps(3, 3 * N));
            assertThat(anatomy.verified()).isEqualTo(3);
            assertThat(anatomy.format()).isEqualTo("1.0");
            assertThat(reader.anatomy()).as("a second time").isEqualTo(anatomy);
        }
    }

    @Test
    void windowsAddUpToTheSummary() {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk()))) {
            List<Window> windows = reader.anatomy().windows();
            assertThat(windows)
                    .extracting(Window::startMs)
                    .containsExactly(-WINDOW_MS, 0L, WINDOW_MS);
            assertThat(windows).extracting(Window::series).containsOnly(3L);
            assertThat(windows.stream().mapToLong(Window::samples).sum())
                    .isEqualTo(reader.summary().samples());
            assertThat(windows.stream().mapToInt(Window::rowGroups).sum())
                    .isEqualTo(reader.summary().rowGroups());
        }
    }

    /// A series of more values than a row group holds goes on in the next one.
    @Test
    void aSeriesInTwoRowGroupsIsOneOfItsWindow() {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < WINDOW_MS / 20; i++) {
            samples.add(i * 20L, i % 7);
        }
        Series whole = new Series(Labels.of(Labels.METRIC_NAME, "fast"), samples.build());
        List<Chunk> chunks = new ArrayList<>();
        ChunkWriter writer = new ChunkWriter(chunks::add);
        writer.add(whole);
        writer.close();
        try (ChunkReader reader = ChunkReader.open(chunks.getFirst().ranges())) {
            Window window = reader.anatomy().windows().getFirst();
            assertThat(window.rowGroups()).isGreaterThan(1);
            assertThat(window.series()).isEqualTo(1);
        }
    }

    @Test
    void aDamagedRowGroupIsLeftOutAndTold() {
        byte[] bytes = chunk();
        RowGroup victim;
        try (ChunkReader reader = salvage(bytes)) {
            victim = reader.rowGroups().get(1);
        }
        damaged(bytes, victim.extent());
        try (ChunkReader reader = salvage(bytes)) {
            ChunkAnatomy anatomy = reader.anatomy();
            assertThat(lost).extracting(Loss::rowGroup).containsExactly(Optional.of(victim));
            assertThat(lost.getFirst().damage().offset())
                    .isBetween(victim.extent().offset(), victim.extent().end());
            assertThat(anatomy.verified()).isEqualTo(2);
            assertThat(anatomy.uses())
                    .contains(new Use("damaged", victim.extent().length()))
                    .extracting(Use::what)
                    .doesNotContain("other");
            assertThat(anatomy.windows()).hasSize(3).extracting(Window::series).containsOnly(3L);
            assertThat(anatomy.modes()).contains(new Mode("constant", 2, 2 * N));
            assertThat(reader.series(Selector.parse("a"), TimeRange.ALL))
                    .singleElement()
                    .satisfies(a -> assertThat(a.samples().size()).isEqualTo(2 * N));
        }
    }

    @Test
    void damagedNamesAreTold() {
        byte[] bytes = chunk();
        try (ChunkReader reader = salvage(bytes)) {
            damaged(bytes, reader.index().labelBlocks().getFirst().extent());
        }
        try (ChunkReader reader = salvage(bytes)) {
            assertThat(reader.series(Selector.parse("a"), TimeRange.ALL)).isEmpty();
            assertThat(lost).hasSize(3);
            assertThat(reader.anatomy().verified()).isZero();
        }
    }

    @Test
    void damagedMetadataIsTold() {
        byte[] bytes = chunk();
        try (ChunkReader reader = salvage(bytes)) {
            damaged(bytes, reader.index().metadata().orElseThrow());
        }
        try (ChunkReader reader = salvage(bytes)) {
            assertThat(reader.metadata()).isEmpty();
            assertThat(lost).extracting(Loss::rowGroup).containsExactly(Optional.empty());
        }
    }

    @Test
    void anOrdinaryReaderStopsAtTheDamage() {
        byte[] bytes = chunk();
        try (ChunkReader reader = salvage(bytes)) {
            damaged(bytes, reader.rowGroups().getLast().extent());
        }
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(bytes))) {
            assertThatThrownBy(reader::anatomy)
                    .isInstanceOf(DamagedChunk.class)
                    .hasMessageContaining("does not match");
        }
    }

    @Test
    void whatCannotBeSalvagedIsClosed() {
        byte[] bytes = chunk();
        for (int at : new int[] {0, bytes.length - 1}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            AtomicBoolean closed = new AtomicBoolean();
            assertThatThrownBy(() -> salvage(damaged, closed).close())
                    .isInstanceOf(DamagedChunk.class);
            assertThat(closed).as("closed, byte %d is damaged", at).isTrue();
        }
    }

    private ChunkReader salvage(byte[] bytes, AtomicBoolean closed) {
        ByteRanges memory = ByteRanges.of(bytes);
        return ChunkReader.salvage(
                new ByteRanges() {
                    @Override
                    public long size() {
                        return memory.size();
                    }

                    @Override
                    public byte[] read(long offset, int length) {
                        return memory.read(offset, length);
                    }

                    @Override
                    public void close() {
                        closed.set(true);
                    }
                },
                lost::add);
    }
}
