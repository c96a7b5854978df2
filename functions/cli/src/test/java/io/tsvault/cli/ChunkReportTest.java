package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.chunk.ChunkAnatomy;
import io.tsvault.core.chunk.ChunkAnatomy.Mode;
import io.tsvault.core.chunk.ChunkAnatomy.Timestamps;
import io.tsvault.core.chunk.ChunkAnatomy.Use;
import io.tsvault.core.chunk.ChunkAnatomy.Window;
import io.tsvault.core.chunk.ChunkSummary;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

class ChunkReportTest {
    private static final long START_MS = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
    private static final long WINDOW_MS = Duration.ofHours(2).toMillis();
    private static final Window WINDOW = new Window(START_MS, 2, 1_000, 480_000, 240_000);

    private static ChunkReport report(int verified, List<Window> windows) {
        ChunkSummary summary =
                new ChunkSummary(
                        1_000, 480_000, START_MS, START_MS + WINDOW_MS - 1, 2, 250_000, 0x1234L);
        ChunkAnatomy anatomy =
                new ChunkAnatomy(
                        "1.0",
                        verified,
                        480,
                        List.of(
                                new Use("columns", 10_000),
                                new Use("tokens", 230_000),
                                new Use("labels", 9_940),
                                new Use("frame", 60)),
                        List.of(
                                new Mode("constant", 250, 120_000),
                                new Mode("decimal", 750, 360_000)),
                        new Timestamps(10, 4_800),
                        windows);
        return new ChunkReport("a.chunk", "00ff", Map.of("source", "prod"), summary, anatomy, 12);
    }

    private static String text(ChunkReport report) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        report.print(out);
        out.flush();
        return text.toString().replace("\r\n", "\n");
    }

    @Test
    void itsTextIsThis() {
        assertThat(text(report(2, List.of(WINDOW))))
                .isEqualTo(
                        """
                        chunk       a.chunk
                        format      1.0
                        bytes       250,000
                        sha256      00ff
                        property    source = prod
                        series      1,000
                        samples     480,000, of them histograms 480
                        time        2026-01-31T12:00:00.000Z to 2026-01-31T13:59:59.999Z
                        length      1h 59m 59.999s
                        B/sample    0.521, 0.500 without labels
                        families    12 with metadata
                        row groups  all 2 verified

                        bytes of    bytes   share  B/sample
                        columns    10,000   4.0 %     0.021
                        tokens    230,000  92.0 %     0.479
                        labels      9,940   4.0 %     0.021
                        frame          60   0.0 %     0.000

                        written as   values   share  columns
                        constant    120,000  25.0 %      250
                        decimal     360,000  75.0 %      750
                        timestamps    4,800               10

                        window                    row groups  series  samples    bytes  B/sample
                        2026-01-31T12:00:00.000Z           2   1,000  480,000  240,000     0.500
                        """);
    }

    @Test
    void itsJsonIsThis() throws IOException {
        StringWriter text = new StringWriter();
        Json.print(
                new PrintWriter(text),
                json -> {
                    json.writeStartObject();
                    report(2, List.of(WINDOW)).write(json);
                    json.writeEndObject();
                });
        assertThat(text.toString().strip())
                .isEqualTo(
                        """
                        {"file":"a.chunk","format":"1.0","bytes":250000,"sha256":"00ff",\
                        "properties":{"source":"prod"},\
                        "series":1000,"samples":480000,"histograms":480,\
                        "first":"2026-01-31T12:00:00.000Z","last":"2026-01-31T13:59:59.999Z",\
                        "metricFamilies":12,"rowGroups":2,"verified":2,\
                        "bytesOf":{"columns":10000,"tokens":230000,"labels":9940,"frame":60},\
                        "modes":[{"mode":"constant","columns":250,"values":120000},\
                        {"mode":"decimal","columns":750,"values":360000}],\
                        "timestamps":{"vectors":10,"written":4800},\
                        "windows":[{"start":"2026-01-31T12:00:00.000Z","rowGroups":2,\
                        "series":1000,"samples":480000,"bytes":240000}]}\
                        """);
    }

    @Test
    void damageIsShouted() {
        assertThat(text(report(1, List.of(WINDOW)))).contains("row groups  1 verified, 1 DAMAGED");
    }

    @Test
    void twentyWindowsAreEnough() {
        List<Window> windows =
                LongStream.range(0, 1_025)
                        .mapToObj(i -> new Window(START_MS + (i * WINDOW_MS), 1, 1, 1, 1))
                        .toList();
        assertThat(text(report(2, windows)))
                .contains("2026-02-02T02:00:00.000Z")
                .doesNotContain("2026-02-02T04:00:00.000Z")
                .endsWith("... 1,005 more, all with --json\n");
    }

    @Test
    void aChunkWithoutSamplesHasNoTime() {
        ChunkReport empty =
                new ChunkReport(
                        "a.chunk",
                        "00ff",
                        Map.of(),
                        new ChunkSummary(0, 0, Long.MAX_VALUE, Long.MIN_VALUE, 0, 100, 0),
                        new ChunkAnatomy(
                                "1.0", 0, 0, List.of(), List.of(), new Timestamps(0, 0), List.of()),
                        0);
        assertThat(text(empty))
                .contains("B/sample    -, - without labels")
                .doesNotContain("time  ");
    }
}
