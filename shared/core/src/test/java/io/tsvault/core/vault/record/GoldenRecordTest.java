package io.tsvault.core.vault.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.ChunkSummary;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.Event.Capture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The bytes of version 1 are committed, a record a line; each version of the reader reads them.
class GoldenRecordTest {
    private static final Path PAGE =
            Path.of("src/main/java/io/tsvault/core/vault/record/package-info.java");
    private static final TimeRange SLICE = new TimeRange(1_767_225_600_000L, 1_767_226_500_000L);
    private static final Capture CAPTURE =
            new Capture(
                    "query-range",
                    30_000,
                    "http://prometheus:9090",
                    "3.5.0",
                    List.of("stale markers"),
                    List.of("a \"warning\" in two\nlines"));

    private static final Capture NOTED =
            new Capture(
                    "raw",
                    0,
                    "{cluster=\"a\"}",
                    "3",
                    List.of(),
                    List.of(),
                    Map.of("piece", "PT1H"));

    private static ChunkRef chunk(int number) {
        ChunkSummary summary =
                new ChunkSummary(
                        12, 3456, SLICE.startMs(), SLICE.endMs() - 1, 2, 7890, -1L - number);
        return new ChunkRef("%032x".formatted(number), "%064x".formatted(number + 15), summary);
    }

    private static List<Event> events() {
        return List.of(
                new Event.Gap(SLICE, "the source lost it"),
                new Event.GapAck(SLICE, "seen by Ann"),
                new Event.Part(SLICE, "a..m", List.of(chunk(1)), CAPTURE),
                new Event.Commit(SLICE, true, List.of(chunk(2), chunk(3)), List.of(3L), CAPTURE),
                new Event.Commit(SLICE, false, List.of(), List.of(), Capture.UNKNOWN),
                new Event.Empty(SLICE, CAPTURE),
                new Event.Amend(SLICE, List.of(chunk(4)), CAPTURE),
                new Event.Attempt(SLICE, "503 Service Unavailable", Event.Attempt.Outlook.TIME),
                new Event.Expire(List.of(SLICE, new TimeRange(-5, 5)), "keep last 3"),
                new Event.SweepPlan(List.of("streams/prod/chunks/a", "streams/prod/chunks/b")),
                new Event.SweepDone(10),
                new Event.Pin("job-1", SLICE, "a restore"),
                new Event.Unpin("job-1"),
                new Event.Config(Map.of("url", "http://a:9090", "äöü", "\u0001\\")),
                new Event.Config(Map.of()),
                new Event.State(
                        List.of(
                                new Event.Page(1, 31, "%064x".formatted(1), 1234),
                                new Event.Page(32, 63, "%064x".formatted(2), 5678))),
                new Event.Reread(List.of(SLICE, new TimeRange(-5, 5))),
                new Event.Empty(SLICE, NOTED),
                new Event.Accepted("local", "%064x".formatted(3)),
                new Event.Planned("%064x".formatted(4)),
                new Event.Cancel("by hand"),
                new Event.Resume("asked for again"),
                new Event.Report(1, "DONE", "%064x".formatted(5)));
    }

    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        String previous = Head.NONE.sha256();
        for (Event event : events()) {
            Entry entry =
                    new Entry(
                            "0000000000000000000000000000000a",
                            LogName.ofStream("prod"),
                            entries.size() + 1L,
                            previous,
                            "00000000000000000000000000000001",
                            "tsvault 1.0",
                            1_767_229_200_000L,
                            event);
            entries.add(entry);
            previous = Head.hash(entry.toBytes());
        }
        return entries;
    }

    private static List<byte[]> golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        GoldenRecordTest.class.getResourceAsStream("v1-records.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
        }
    }

    @Test
    void everyKindIsReadAsItWasWritten() throws IOException {
        List<Entry> read = new ArrayList<>();
        for (byte[] bytes : golden()) {
            read.add(Entry.read(bytes, "golden"));
        }
        assertThat(read).isEqualTo(entries());
    }

    @Test
    void everyKindIsWrittenAsItWas() throws IOException {
        assertThat(entries().stream().map(entry -> text(entry.toBytes())))
                .containsExactlyElementsOf(golden().stream().map(GoldenRecordTest::text).toList());
    }

    @Test
    void everyKindIsThere() throws IOException {
        List<String> onThePage =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.matches("/// \\| [A-Z_]+ \\|.*"))
                        .map(line -> line.substring(6, line.indexOf(' ', 6)))
                        .toList();
        assertThat(onThePage).hasSize(20);
        assertThat(entries().stream().map(Entry::kind).distinct())
                .containsExactlyInAnyOrderElementsOf(onThePage);
    }

    @Test
    void theExampleOfTheFormatPageIsTheFirst() throws IOException {
        String page = Files.readString(PAGE);
        String example = page.substring(page.indexOf("```json") + 7);
        example = example.substring(0, example.indexOf("/// ```"));
        assertThat(example.replaceAll("\n(/// )?", "")).isEqualTo(text(golden().getFirst()));
        assertThat(page).contains("`" + Head.hash(golden().getFirst()) + "`");
    }

    @Test
    void membersOfLaterVersionsAreIgnored() throws IOException {
        String text = text(golden().getFirst());
        String more = text.replace("\"body\":{", "\"body\":{\"a\":{\"b\":[1]},");
        assertThat(Entry.read(bytes(more), "it").event()).isEqualTo(events().getFirst());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"seq\":1|\"seq\":0",
                "\"seq\":1|\"seq\":\"1\"",
                "\"log\":\"streams/prod\"|\"log\":\"streams/../prod\"",
                "\"log\":\"streams/prod\"|\"log\":\"else/prod\"",
                "\"endMs\":1767226500000|\"endMs\":1767225600000",
                "\"reason\":\"the source lost it\"|\"raison\":\"the source lost it\"",
                "\"format\":1|\"format\": 1",
                "\"writer\":\"tsvault 1.0\",|",
            })
    void aRecordThatIsNoneIsDamaged(String change) throws IOException {
        String[] parts = change.split("\\|", -1);
        String text = text(golden().getFirst());
        assertThat(text).contains(parts[0]);
        assertThatThrownBy(() -> Entry.read(bytes(text.replace(parts[0], parts[1])), "the/key"))
                .isInstanceOf(DamagedVault.class)
                .hasMessageStartingWith("the/key: ");
    }

    @Test
    void aRecordHasAtMostAMebibyte() {
        Entry first = entries().getFirst();
        Event huge = new Event.Gap(SLICE, "x".repeat(1 << 20));
        Entry entry =
                new Entry(
                        first.vault(),
                        first.log(),
                        1,
                        first.previous(),
                        first.attempt(),
                        first.writer(),
                        0,
                        huge);
        assertThatThrownBy(entry::toBytes)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1,048,576");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
