package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.RowGroup.Size;
import io.tsvault.core.chunk.Specimens.Specimen;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Inputs that Jazzer invented. The build runs those that are kept beside the other resources: a
/// few that together reach nearly all that was ever reached, and each that found a fault. To look
/// for more, one test at a time, for as long as it says:
///
/// ```text
/// JAZZER_FUZZ=1 mvn -Dquick -pl shared/core test \
///     -Dtest='ChunkFuzzTest#anyContentOfARowGroupIsDamage'
/// ```
///
/// It goes on where the last search ended (`.cifuzz-corpus`). What it finds it writes to the kept
/// inputs of that test; commit it with the fix. `JAZZER_MAX_DURATION=1h`, together with
/// `-Dtest.timeout=2h`, searches for longer.
class ChunkFuzzTest {
    private static final List<Specimen> SPECIMENS = Specimens.all();

    @FuzzTest(maxDuration = "5m")
    void anyBytesAreDamage(byte[] bytes) {
        try {
            Reading.of(bytes);
        } catch (DamagedChunk | UnsupportedChunk e) {
            assertThat(e).hasMessageMatching("(?s).+: .+|.+; it is too .+");
        }
    }

    /// A specimen whose streams have other contents, behind checksums that match.
    @FuzzTest(maxDuration = "5m")
    void aChangedContentIsDamageOrChangesNoSample(FuzzedDataProvider data) {
        Specimen specimen = data.pickValue(SPECIMENS);
        Anatomist parts = new Anatomist(specimen.bytes());
        List<Extent> streams = parts.streams();
        Extent stream = data.pickValue(streams);
        byte[] plain = changed(parts.plain(stream), data);
        byte[] chunk = parts.with(stream, Anatomist.stream(parts.kind(stream), plain));
        try {
            Reading reading = Reading.of(chunk);
            assertThat(reading.series()).isEqualTo(Reading.of(specimen.bytes()).series());
        } catch (DamagedChunk e) {
            assertThat(e.offset()).isBetween(0L, (long) chunk.length);
        }
    }

    /// A specimen with another index behind a checksum that matches: it may hide series, and names
    /// none that are not there.
    @FuzzTest(maxDuration = "5m")
    void aChangedIndexIsDamageOrAddsNothing(FuzzedDataProvider data) {
        Specimen specimen = data.pickValue(SPECIMENS);
        Anatomist parts = new Anatomist(specimen.bytes());
        byte[] chunk = parts.withIndex(changed(parts.index().encode(), data));
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            List<Series> written = specimen.groups().stream().flatMap(List::stream).toList();
            reader.windows(Reading.EVERYTHING, TimeRange.ALL, Reading.TWO_HOURS)
                    .forEach(window -> assertThat(written).containsAll(window.series().toList()));
        } catch (DamagedChunk e) {
            assertThat(e.offset()).isBetween(0L, (long) chunk.length);
        }
    }

    private static byte[] changed(byte[] plain, FuzzedDataProvider data) {
        ByteSink changed = new ByteSink();
        int at = 0;
        while (at < plain.length && data.remainingBytes() > 0) {
            int kept = data.consumeInt(0, plain.length - at);
            changed.bytes(plain, at, kept);
            int dropped = data.consumeInt(0, Math.min(10, plain.length - at - kept));
            changed.bytes(data.consumeBytes(data.consumeInt(0, 10)));
            at += kept + dropped;
        }
        changed.bytes(plain, at, plain.length - at);
        return changed.toArray();
    }

    /// The digest, if nothing else, says that it is not what was written.
    @FuzzTest(maxDuration = "5m")
    void anyContentOfARowGroupIsDamage(FuzzedDataProvider data) {
        int series = data.consumeInt(1, 4);
        int samples = data.consumeInt(series, 400);
        Size size = new Size(series, samples, data.consumeInt(samples, 2000));
        HostileFile file = new HostileFile().labels(series);
        byte[] columns = columns(data);
        byte[] tokens = lanes(data);
        ByteSink group = new ByteSink();
        group.bytes(Anatomist.stream(1, columns));
        group.bytes(Anatomist.stream(2, tokens));
        group.bytes(Anatomist.stream(3, data.consumeBytes(data.consumeInt(0, 100))));
        group.bytes(Anatomist.stream(4, data.consumeRemainingAsBytes()));
        byte[] chunk = file.group(group.toArray(), size).finish();
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            List<Series> read = reader.series(Reading.EVERYTHING, TimeRange.ALL).toList();
            throw new AssertionError("nobody wrote " + read);
        } catch (DamagedChunk e) {
            assertThat(e.offset()).isBetween(0L, (long) chunk.length);
        }
    }

    /// COLUMNS of any blocks.
    private static byte[] columns(FuzzedDataProvider data) {
        ByteSink sink = new ByteSink();
        sink.varint(data.consumeInt(0, 4));
        for (int i = 0; i < 5; i++) {
            sink.block(data.consumeBytes(data.consumeInt(0, 60)));
        }
        return sink.toArray();
    }

    /// TOKENS of any lanes.
    private static byte[] lanes(FuzzedDataProvider data) {
        ByteSink heads = new ByteSink();
        ByteSink bodies = new ByteSink();
        int lanes = data.consumeInt(1, 3);
        heads.varint(lanes);
        for (int i = 0; i < lanes; i++) {
            byte[] lane = data.consumeBytes(data.consumeInt(0, 200));
            heads.u8(data.consumeBoolean() ? StreamSink.ZERO_RUNS : StreamSink.RAW);
            heads.varint(lane.length);
            heads.varint(lane.length);
            bodies.bytes(lane);
        }
        heads.append(bodies);
        return heads.toArray();
    }

    @FuzzTest(maxDuration = "5m")
    void anyNamesAreDamageOrAreWrittenAgain(byte[] content) {
        LabelBlock block;
        try {
            block = LabelBlock.decode(new ByteSource(content, 0));
        } catch (DamagedChunk e) {
            assertThat(e.offset()).isBetween(0L, (long) content.length);
            return;
        }
        List<Labels> labels = block.run(0, block.size()).labels().toList();
        LabelBlock again = LabelBlock.decode(new ByteSource(LabelBlock.encode(labels), 0));
        assertThat(again.run(0, again.size()).labels()).containsExactlyElementsOf(labels);
    }

    @FuzzTest(maxDuration = "5m")
    void whatIsWrittenIsRead(FuzzedDataProvider data) {
        List<Series> series = series(data);
        List<Chunk> chunks = new ArrayList<>();
        ChunkWriter writer = new ChunkWriter(chunks::add);
        series.forEach(writer::add);
        writer.close();
        List<Series> read = new ArrayList<>();
        for (Chunk chunk : chunks) {
            read.addAll(Reading.of(chunk.bytes()).inWindows());
        }
        assertThat(read).isEqualTo(series);
    }

    /// Series of one window, in label order.
    private static List<Series> series(FuzzedDataProvider data) {
        Map<Labels, Series> series = new TreeMap<>();
        Samples before = Samples.NONE;
        long window = data.consumeLong(-1_280_000_000_000L, 1_280_000_000_000L);
        while (data.remainingBytes() > 0 && series.size() < 20) {
            Labels labels =
                    Labels.ofBytes("__name__".getBytes(StandardCharsets.UTF_8), nameOf(data));
            before = samples(window, before, data);
            series.put(labels, new Series(labels, before));
        }
        return List.copyOf(series.values());
    }

    private static byte[] nameOf(FuzzedDataProvider data) {
        byte[] name = data.consumeBytes(data.consumeInt(1, 6));
        return name.length == 0 ? new byte[] {'n'} : name;
    }

    /// Steady or not, with values of many kinds, at the times of the series before or their own.
    private static Samples samples(long window, Samples before, FuzzedDataProvider data) {
        Samples.Builder samples = Samples.builder();
        boolean same = before.size() > 0 && data.consumeBoolean();
        int n = same ? before.size() : data.consumeInt(1, 60);
        long value = data.consumeLong();
        int behind = data.consumeInt(0, 1000);
        for (int i = 0; i < n; i++) {
            behind += i == 0 ? 0 : data.consumeInt(1, 60_000);
            long timestampMs = same ? before.timestampMs(i) : window * Limits.WINDOW_MS + behind;
            value = next(value, data);
            samples.addBits(timestampMs, value);
        }
        return samples.build();
    }

    private static long next(long bits, FuzzedDataProvider data) {
        double value = Double.longBitsToDouble(bits);
        return switch (data.consumeInt(0, 7)) {
            case 0, 1 -> bits;
            case 2 -> Double.doubleToRawLongBits(value + 1);
            case 3 -> Double.doubleToRawLongBits(value + data.consumeInt() / 100.0);
            case 4 -> Double.doubleToRawLongBits(data.consumeInt());
            case 5 -> Samples.STALE_MARKER;
            case 6 -> bits + data.consumeInt(-3, 3);
            default -> data.consumeLong();
        };
    }
}
