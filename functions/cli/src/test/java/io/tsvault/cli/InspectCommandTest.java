package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.chunk.RowGroup;
import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

class InspectCommandTest {
    private static final long START_MS = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
    private static final long WINDOW_MS = 7_200_000;
    private static final Labels UP = Labels.of(Labels.METRIC_NAME, "up", "job", "node");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    private int inspect(Object... args) {
        List<String> line = new ArrayList<>(List.of("inspect"));
        for (Object arg : args) {
            line.add(arg.toString());
        }
        return Main.run(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
    }

    private static Samples samples(long startMs, double... values) {
        Samples.Builder samples = Samples.builder();
        for (double value : values) {
            samples.add(startMs + (15_000L * samples.size()), value);
        }
        return samples.build();
    }

    private static byte[] chunk(Series... series) {
        List<Chunk> chunks = new ArrayList<>();
        ChunkWriter writer =
                new ChunkWriter(
                        ChunkWriter.DEFAULT_SIZE_LIMIT, Map.of("source", "prod"), chunks::add);
        writer.add(new Metadata("up", Metadata.Type.GAUGE, "Is it up?", ""));
        List.of(series).forEach(writer::add);
        writer.close();
        return chunks.getFirst().bytes();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.chunk"), bytes);
    }

    /// Two series in each of two windows.
    private static byte[] fourSeries() {
        Labels load = Labels.of(Labels.METRIC_NAME, "load", "job", "node");
        long secondMs = START_MS + WINDOW_MS;
        return chunk(
                new Series(load, samples(START_MS, 0.5, 0.25)),
                new Series(UP, samples(START_MS, 1, 1, 0)),
                new Series(load, samples(secondMs, 0.75)),
                new Series(UP, samples(secondMs, 1)));
    }

    private static RowGroup firstGroup(byte[] chunk) {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            return reader.rowGroups().getFirst();
        }
    }

    private static byte[] damaged(byte[] chunk) {
        RowGroup.Extent extent = firstGroup(chunk).extent();
        chunk[(int) extent.offset() + extent.length() / 2] ^= 1;
        return chunk;
    }

    /// Runs through a whole document, which must be the only one.
    private static int tokens(String text) throws IOException {
        int tokens = 0;
        try (JsonParser json = new JsonFactory().createParser(text)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            for (int depth = 1; depth > 0; tokens++) {
                JsonToken token = json.nextToken();
                assertThat(token).as(text).isNotNull();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            assertThat(json.nextToken()).isNull();
        }
        return tokens;
    }

    @Test
    void aWholeChunkIsVerified() throws IOException {
        assertThat(inspect(file(fourSeries()))).isZero();
        assertThat(out.toString())
                .contains("property    source = prod")
                .contains("series      2\n")
                .contains("samples     7\n")
                .contains("time        2026-01-31T12:00:00.000Z to 2026-01-31T14:00:00.000Z")
                .contains("families    1 with metadata")
                .contains("row groups  all 2 verified");
        assertThat(err).asString().isEmpty();
    }

    @Test
    @Tag("slow")
    void theReportAsJsonIsOneDocument() throws IOException {
        assertThat(inspect(file(fourSeries()), "--json")).isZero();
        assertThat(tokens(out.toString())).isGreaterThan(50);
        assertThat(out.toString()).contains("\"verified\":2").endsWith("\"damage\":[]}\n");
    }

    @Test
    void everySeriesHasALine() throws IOException {
        assertThat(inspect(file(fourSeries()), "--series")).isZero();
        assertThat(out)
                .hasToString(
                        """
                                3 2026-01-31T12:00:00.000Z 2026-01-31T14:00:00.000Z load{job="node"}
                                4 2026-01-31T12:00:00.000Z 2026-01-31T14:00:00.000Z up{job="node"}
                        """);
    }

    @Test
    void seriesAsJsonSayTheSame() throws IOException {
        assertThat(inspect(file(fourSeries()), "--series", "--json")).isZero();
        assertThat(out.toString())
                .startsWith(
                        """
                        {"series":[{"labels":{"__name__":"load","job":"node"},\
                        "samples":3,"histograms":0,\
                        "first":"2026-01-31T12:00:00.000Z","last":"2026-01-31T14:00:00.000Z"},\
                        """);
        assertThat(tokens(out.toString())).isPositive();
    }

    @Test
    void samplesAreShownInTheRangeThatIsAskedFor() throws IOException {
        int code =
                inspect(
                        file(fourSeries()),
                        "--samples",
                        "up{job=~\"no.*\"}",
                        "--from",
                        "2026-01-31T12:00:15Z",
                        "--to",
                        "2026-01-31T15:00:00+01:00");
        assertThat(code).isZero();
        assertThat(out)
                .hasToString(
                        """
                        up{job="node"}
                        2026-01-31T12:00:15.000Z 1
                        2026-01-31T12:00:30.000Z 0
                        """);
    }

    /// Values that neither a decimal nor JSON can carry, and two histograms among them.
    private static byte[] oddSamples() {
        Samples.Builder floats = Samples.builder().add(START_MS, 1e300);
        floats.addBits(START_MS + 1, Samples.STALE_MARKER);
        floats.addBits(START_MS + 2, 0x7ff8000000000001L);
        floats.addBits(START_MS + 3, 0x7ff8000000abcdefL);
        floats.add(START_MS + 5, Double.NEGATIVE_INFINITY).add(START_MS + 6, -0.0);
        HistogramLayout layout =
                new HistogramLayout(
                        HistogramLayout.Flavour.INTEGER, 0, 0, List.of(), List.of(), List.of());
        Histogram histogram =
                Histogram.of(
                        layout,
                        Histogram.ResetHint.UNKNOWN,
                        new Histogram.Totals(3, 3, Double.doubleToRawLongBits(4.5)));
        Histograms histograms =
                Histograms.builder()
                        .add(START_MS + 4, histogram)
                        .add(START_MS + 7, histogram)
                        .build();
        return chunk(new Series(UP, floats.build(), histograms));
    }

    @Test
    void oddValuesCanBeToldApart() throws IOException {
        assertThat(inspect(file(oddSamples()), "--samples", "up")).isZero();
        assertThat(out)
                .hasToString(
                        """
                        up{job="node"}
                        2026-01-31T12:00:00.000Z 1E300
                        2026-01-31T12:00:00.001Z stale
                        2026-01-31T12:00:00.002Z NaN
                        2026-01-31T12:00:00.003Z NaN(0x7ff8000000abcdef)
                        2026-01-31T12:00:00.004Z {count:3, sum:4.5, [-0,0]:3}
                        2026-01-31T12:00:00.005Z -Inf
                        2026-01-31T12:00:00.006Z -0
                        2026-01-31T12:00:00.007Z {count:3, sum:4.5, [-0,0]:3}
                        """);
    }

    @Test
    void oddValuesInJsonSayTheirBits() throws IOException {
        assertThat(inspect(file(oddSamples()), "--samples", "up", "--json")).isZero();
        assertThat(tokens(out.toString())).isPositive();
        assertThat(out.toString())
                .contains("{\"timeMs\":" + START_MS + ",\"value\":1E300}")
                .contains("\"value\":\"stale\",\"bits\":\"7ff0000000000002\"")
                .contains("\"value\":\"NaN(0x7ff8000000abcdef)\",\"bits\":\"7ff8000000abcdef\"")
                .contains("\"value\":\"-Inf\"}")
                .contains("\"value\":-0}")
                .contains("\"value\":\"{count:3, sum:4.5, [-0,0]:3}\"");
    }

    @Test
    void histogramsAreCounted() throws IOException {
        Path file = file(oddSamples());
        assertThat(inspect(file)).isZero();
        assertThat(inspect(file, "--series")).isZero();
        assertThat(out.toString())
                .contains("samples     8, of them histograms 2\n")
                .endsWith("up{job=\"node\"} (2 histograms)\n");
    }

    @Test
    void aDamagedRowGroupIsNamedAndTheRestShown() throws IOException {
        assertThat(inspect(file(damaged(fourSeries())))).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out.toString()).contains("row groups  1 verified, 1 DAMAGED");
        assertThat(err.toString())
                .startsWith(
                        "tsvault: row group 0, 5 samples of 2 series from"
                                + " 2026-01-31T12:00:00.000Z to 2026-01-31T12:00:30.000Z,"
                                + " cannot be read: damaged chunk at byte ")
                .hasLineCount(1);
    }

    @Test
    void whatIsLeftOfADamagedChunkCanBeListed() throws IOException {
        Path file = file(damaged(fourSeries()));
        assertThat(inspect(file, "--samples", "up")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).hasToString("up{job=\"node\"}\n2026-01-31T14:00:00.000Z 1\n");
        assertThat(err).asString().hasLineCount(1);
    }

    @Test
    void damageIsPartOfTheJson() throws IOException {
        Path file = file(damaged(fourSeries()));
        assertThat(inspect(file, "--series", "--json")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(tokens(out.toString())).isPositive();
        assertThat(out.toString())
                .contains("\"damage\":[{\"byte\":")
                .contains("\"series\":2,\"samples\":5,\"first\":\"2026-01-31T12:00:00.000Z\"");
    }

    /// Its only series is too long to be held.
    @Test
    @Tag("slow")
    void aLongChunkIsListedWhole() throws IOException {
        Series[] windows = new Series[10];
        for (int i = 0; i < windows.length; i++) {
            Samples.Builder samples = Samples.builder();
            for (int sample = 0; sample < 120_000; sample++) {
                samples.add(START_MS + (i * WINDOW_MS) + (60L * sample), 1);
            }
            windows[i] = new Series(UP, samples.build());
        }
        Path file = file(chunk(windows));
        assertThat(inspect(file, "--series")).isZero();
        assertThat(out).asString().hasLineCount(1);
        assertThat(out.toString()).startsWith("  1200000 2026-01-31T12:00:00.000Z 2026-02-01T07:");
        out.getBuffer().setLength(0);
        assertThat(inspect(file, "--samples", "up", "--json")).isZero();
        assertThat(tokens(out.toString())).isGreaterThan(4 * 1_200_000);
        out.getBuffer().setLength(0);
        assertThat(inspect(file, "--samples", "up")).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("up"))).hasSize(1);
        assertThat(out.toString().lines()).hasSize(1 + 1_200_000);
    }

    @Test
    @Tag("slow")
    void aChunkOfManyWindowsIsListedWhole() throws IOException {
        Series[] windows = new Series[5_000];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = new Series(UP, samples(START_MS + (i * WINDOW_MS), i));
        }
        Path file = file(chunk(windows));
        assertThat(inspect(file, "--series")).isZero();
        assertThat(out).asString().hasLineCount(1).startsWith("     5000 2026-01-31T12:00:00.000Z");
        assertThat(err).asString().isEmpty();
    }

    private void assertRefused(Path file, String... reasons) {
        assertThat(inspect(file)).isEqualTo(Failure.WRONG_USE);
        assertThat(out).asString().isEmpty();
        assertThat(err.toString()).startsWith("tsvault: " + file).contains(reasons);
        assertThat(err.toString()).hasLineCount(1);
    }

    @Test
    void aMissingFileIsRefused() {
        assertRefused(folder.resolve("no.chunk"), "does not exist");
    }

    @Test
    void aFolderIsRefused() {
        assertRefused(folder, "is no ordinary file");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        assertRefused(file(new byte[0]), "a file of 0 bytes is too short to be a chunk");
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        assertRefused(
                file("not a chunk at all\n".repeat(100).getBytes(StandardCharsets.UTF_8)),
                "at byte 0: it does not begin as a chunk does",
                "its SHA-256 is");
    }

    @Test
    void aCutFileIsRefused() throws IOException {
        byte[] bytes = fourSeries();
        assertRefused(
                file(Arrays.copyOf(bytes, bytes.length - 1)),
                "at byte " + (bytes.length - 41) + ": it does not end as a chunk does",
                "fetch it again");
    }

    @Test
    void aDamagedIndexIsRefused() throws IOException {
        byte[] bytes = fourSeries();
        bytes[bytes.length - 50] ^= 1;
        assertRefused(file(bytes), "the checksum of stream 18 does not match");
    }

    @ParameterizedTest
    @CsvSource({"2, 0, is too new", "1, 1, is too new", "0, 0, is too old"})
    void anotherVersionIsRefused(int major, int features, String reason) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(fourSeries()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(8, (short) major).putInt(12, features);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, 16);
        bytes.putInt(16, (int) crc.getValue());
        assertRefused(file(bytes.array()), "a chunk of format " + major + ".0", reason);
    }

    @Test
    void optionsThatMeanNothingTogetherAreRefused() throws IOException {
        Path file = file(fourSeries());
        assertThat(inspect(file, "--series", "--samples", "up")).isEqualTo(Failure.WRONG_USE);
        assertThat(inspect(file, "--from", "now-1h")).isEqualTo(Failure.WRONG_USE);
        assertThat(inspect(file, "--series", "--from", "now", "--to", "now-1h"))
                .isEqualTo(Failure.WRONG_USE);
        assertThat(inspect(file, "--samples", "up{")).isEqualTo(Failure.WRONG_USE);
        assertThat(inspect()).isEqualTo(Failure.WRONG_USE);
        assertThat(out).asString().isEmpty();
        assertThat(err.toString())
                .contains("give one of them")
                .contains("--from and --to go with --series or --samples")
                .contains("--from now is not before --to now-1h");
    }

    /// The other end of a pipe that takes one line and goes away.
    private static final class ClosingPipe extends Writer {
        private int writes;

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            writes++;
            if (writes > 1) {
                throw new IOException("Broken pipe");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({"--series", "--series --json", "--samples {job!=''}", "--samples {job!=''} --json"})
    void aClosedPipeEndsItInSilence(String options) throws IOException {
        Series[] many = new Series[500];
        for (int i = 0; i < many.length; i++) {
            Labels labels = Labels.of(Labels.METRIC_NAME, "up", "job", "node-" + (1000 + i));
            many[i] = new Series(labels, samples(START_MS, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        }
        List<String> args = new ArrayList<>(List.of("inspect", file(chunk(many)).toString()));
        args.addAll(List.of(options.split(" ", -1)));
        ClosingPipe pipe = new ClosingPipe();
        int code = Main.run(pipe, new PrintWriter(err), args.toArray(String[]::new));
        assertThat(code).isEqualTo(Failure.FAILED);
        assertThat(err).asString().isEmpty();
        assertThat(pipe.writes).as("writes").isLessThan(30);
    }

    @Test
    void aDocumentThatFailsOnTheWayIsNone() {
        assertThatThrownBy(
                        () ->
                                Json.stream(
                                        new PrintWriter(out),
                                        json -> {
                                            json.writeStartObject();
                                            throw new IOException("no more");
                                        }))
                .hasMessageContaining("no more");
        assertThat(out).hasToString("{");
    }
}
