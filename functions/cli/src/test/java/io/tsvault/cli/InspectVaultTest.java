package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.json.Json;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Empty;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.GapAck;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a person sees who looks into a vault, object by object.
class InspectVaultTest {
    private static final String GARBAGE =
            "streams/prod/chunks/20260101t000000000z/%032x-%064x.chunk".formatted(1, 2);

    @TempDir private Path folder = Path.of("");

    private Path root = Path.of("");
    private Terminal terminal = new Terminal("");

    @BeforeEach
    void make() {
        root = folder.resolve("v");
        terminal = new Terminal(root.toString());
        assertThat(terminal.run("init")).isZero();
    }

    private Path file(String pattern) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("streams"))) {
            return files.filter(file -> file.toString().matches(".*" + pattern))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String key(Path file) {
        return root.relativize(file).toString();
    }

    private static void rewrite(Path file, String old, String replacement) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, replacement));
    }

    private void append(Event event) {
        assertThat(terminal.log().append(_ -> Optional.of(event))).isPresent();
    }

    @Test
    void aRecordIsShownWithItsPlaceInTheChain() throws IOException {
        terminal.fill(3);
        String key = key(file("_0000000002\\.json"));
        assertThat(terminal.run("inspect", key)).isZero();
        assertThat(terminal.out())
                .startsWith(key)
                .contains("record    2 of streams/prod")
                .contains("kind      COMMIT")
                .contains("slice     2026-01-01T02:00:00.000Z to 2026-01-01T04:00:00.000Z")
                .contains("capture   remote-read of http://a:9090, version 3.5.0")
                .containsPattern("chunk     [0-9a-f]{32}-[0-9a-f]{64}: 1 sample of 1 series, ")
                .containsPattern("previous  [0-9a-f]{64}")
                .contains("its head is 3 " + terminal.log().head().sha256());
        String text = terminal.out();
        assertThat(terminal.run("inspect", "prod@2")).isZero();
        assertThat(terminal.out()).isEqualTo(text);
    }

    @Test
    void aRecordAsJsonIsOneDocument() {
        terminal.fill(1);
        assertThat(terminal.run("--json", "inspect", "prod@1")).isZero();
        assertThat(terminal.out())
                .contains("\"chained\":true")
                .contains("\"from\":\"2026-01-01T00:00:00.000Z\"")
                .contains("\"kind\":\"COMMIT\"");
        byte[] bytes = terminal.out().strip().getBytes(StandardCharsets.UTF_8);
        assertThat(Json.parse(bytes, "stdout")).isInstanceOf(Json.Members.class);
    }

    @Test
    void everyKindOfRecordHasItsWords() {
        append(new Gap(Terminal.slice(0), "the source lost it"));
        append(new GapAck(Terminal.slice(0), "seen by Ada"));
        append(new Empty(Terminal.slice(1), Terminal.CAPTURE));
        append(new Pin("lawsuit", Terminal.slice(1), "keep"));
        append(new Event.Unpin("lawsuit"));
        append(
                new Event.Attempt(
                        Terminal.slice(2), "no route to host", Event.Attempt.Outlook.TIME));
        append(new Event.Expire(List.of(Terminal.slice(1)), "keep-last 1"));
        append(new Event.SweepPlan(List.of(GARBAGE)));
        append(new Event.SweepDone(8));
        List<String> words =
                List.of(
                        "reason    the source lost it",
                        "note      seen by Ada",
                        "capture   remote-read",
                        "range     2026-01-01T02:00:00.000Z to",
                        "holder    lawsuit",
                        "problem   no route to host",
                        "rule      keep-last 1",
                        "deletes   " + GARBAGE,
                        "plan      record 8");
        for (int seq = 1; seq <= words.size(); seq++) {
            assertThat(terminal.run("inspect", "prod@" + seq)).as("record %d", seq).isZero();
            assertThat(terminal.out()).contains(words.get(seq - 1));
        }
    }

    @Test
    void aStateRecordAndItsPageAreShown() throws IOException {
        terminal.fill(33);
        assertThat(terminal.run("inspect", "prod@32")).isZero();
        assertThat(terminal.out())
                .contains("kind      STATE")
                .contains("page      records 1 to 31");
        String page = key(file("\\.gz"));
        assertThat(terminal.run("inspect", page)).isZero();
        assertThat(terminal.out())
                .contains("records   1 to 31, ")
                .contains("kinds     COMMIT 31")
                .contains("chain     whole within this page");
        assertThat(terminal.run("--json", "inspect", page)).isZero();
        assertThat(terminal.out()).contains("\"kinds\":{\"COMMIT\":31}");
    }

    @Test
    void aChangedPageIsNamed() throws IOException {
        terminal.fill(33);
        Path page = file("\\.gz");
        byte[] bytes = Files.readAllBytes(page);
        bytes[40] ^= 1;
        Files.write(page, bytes);
        assertThat(terminal.run("inspect", key(page))).isEqualTo(Failure.NOT_WHOLE);
        assertThat(terminal.err())
                .contains(key(page) + ": its SHA-256 is not the one in its key")
                .contains("vault repair --from");
    }

    @Test
    void aChunkOfTheVaultIsShownAsAFileIs() throws IOException {
        terminal.fill(1);
        Path chunk = file("\\.chunk");
        assertThat(terminal.run("inspect", key(chunk))).isZero();
        assertThat(terminal.out()).containsPattern("samples +1\n").contains(key(chunk));
        assertThat(terminal.run("inspect", key(chunk), "--series")).isZero();
        Files.write(chunk, Files.readAllBytes(root.resolve("vault.json")));
        assertThat(terminal.run("inspect", key(chunk))).isEqualTo(Failure.WRONG_USE);
        assertThat(terminal.err()).contains(key(chunk) + " cannot be opened");
    }

    @Test
    void aChunkUnderAnotherNameIsToldSo() throws IOException {
        terminal.fill(1);
        Path chunk = file("\\.chunk");
        String hash = key(chunk).replaceFirst(".*-([0-9a-f]{64})\\.chunk", "$1");
        Path renamed = Path.of(chunk.toString().replace(hash, "0".repeat(64)));
        Files.move(chunk, renamed);
        assertThat(terminal.run("inspect", key(renamed))).isEqualTo(Failure.NOT_WHOLE);
        assertThat(terminal.err()).contains("its SHA-256 is not the one in its key");
        assertThat(terminal.out()).containsPattern("samples +1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "vault.json, this is a vault",
        "replica.json, 'this is a copy, which no backup writes to'",
        "promoted.json, this was a copy",
        "copied/9999999998_0000000001.json, how far this copy was when it was finished",
    })
    void theFilesOfAVaultAreShown(String key, String words) {
        String copy = folder.resolve("copy").toString();
        Terminal there = new Terminal(copy);
        terminal.fill(1);
        assertThat(terminal.run("vault", "copy", copy)).isZero();
        assertThat(there.run("vault", "promote", "--confirm")).as(there.out()).isZero();
        assertThat(there.run("inspect", key)).isZero();
        assertThat(there.out()).contains("tells     " + words);
    }

    @Test
    void theFilesOfARestoreAreKnown() throws IOException {
        Vault vault = VaultTask.open(new VaultAddress(root.toString()));
        byte[] content = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        ObjectStore job = vault.restore("job");
        job.create("manifest.json", content);
        job.create("report-1.html", content);
        job.create("partitions/0000/9999999998_0000000001.json", content);
        assertThat(terminal.run("inspect", "restores/job/manifest.json")).isZero();
        assertThat(terminal.out())
                .contains("tells     what was asked for")
                .contains("content   {\"a\":1}")
                .contains("record    none names it");
        String hash = Head.hash(content);
        vault.append(LogName.ofRestore("job"), _ -> Optional.of(new Event.Accepted("", hash)));
        assertThat(terminal.run("inspect", "restores/job/manifest.json")).isZero();
        assertThat(terminal.out()).contains("a record of the restore names this SHA-256");
        assertThat(terminal.run("inspect", "restores/job/report-1.html")).isZero();
        assertThat(terminal.out()).contains("report 1 for people");
        String progress = "restores/job/partitions/0000/9999999998_0000000001.json";
        assertThat(terminal.run("inspect", progress)).isZero();
        assertThat(terminal.out()).contains("how far partition 0 had come");
        assertThat(terminal.run("verify")).isZero();
        assertThat(terminal.out()).doesNotContain("no part of a vault");

        Files.writeString(root.resolve("restores/job/manifest.json"), "{\"a\":2}");
        assertThat(terminal.run("inspect", "restores/job/manifest.json"))
                .isEqualTo(Failure.NOT_WHOLE);
        assertThat(terminal.err())
                .contains("its record names another SHA-256", "copies hold no restores")
                .doesNotContain("vault repair");
        assertThat(terminal.run("job", "show", "job")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(terminal.err())
                .contains("damaged: restores/job/manifest.json: its record names another SHA-256");
        assertThat(terminal.run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(terminal.out()).contains("damaged: restores/job/manifest.json");
    }

    @Test
    void aRecordThatWasEditedIsNamed() throws IOException {
        terminal.fill(2);
        Path record = file("_0000000001\\.json");
        rewrite(record, "3.5.0", "3.6.0");
        assertThat(terminal.run("inspect", "prod@1")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(terminal.out()).contains("version 3.6.0");
        assertThat(terminal.err())
                .contains("damaged: " + key(record) + ": the chain is broken at ")
                .contains("_0000000002.json")
                .contains("vault repair --from");
        assertThat(terminal.run("--json", "inspect", "prod@1")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(terminal.out()).contains("\"problem\":\"the chain is broken");
    }

    @Test
    void aRecordThatWasEditedIsNamedThoughAPageHasTheTrueOne() throws IOException {
        terminal.fill(33);
        rewrite(file("_0000000001\\.json"), "3.5.0", "3.6.0");
        assertThat(terminal.run("inspect", "prod@1")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(terminal.err()).contains("the chain has another record here: it was changed");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"kind\":\"COMMIT\"', '\"kind\": \"COMMIT\"', it was changed: not in canonical form, 3",
        "'{\"attempt\"', '\"attempt\"', not a record, 3",
        "'\"seq\":1,', '\"seq\":7,', it is record 7 of streams/prod, 3",
        "'\"log\":\"streams/prod\"', '\"log\":\"streams/dev\"', it is record 1 of streams/dev, 3",
        "'\"format\":1,', '\"format\":9,', 'has format 9, this version of tsvault knows 1', 2",
        "'\"kind\":\"COMMIT\"', '\"kind\":\"MERGE\"', is of the kind MERGE, 2",
    })
    void whatIsNoRecordOfThisPlaceIsNamed(String old, String edited, String words, int code)
            throws IOException {
        terminal.fill(1);
        Path record = file("_0000000001\\.json");
        rewrite(record, old, edited);
        String text = Files.readString(record);
        assertThat(terminal.run("inspect", key(record))).isEqualTo(code);
        assertThat(terminal.err()).contains(key(record)).contains(words);
        assertThat(record).hasContent(text);
    }

    @Test
    void whatIsOfAnotherVaultIsNamed() throws IOException {
        terminal.fill(1);
        Terminal other = new Terminal(folder.resolve("other").toString());
        assertThat(other.run("init")).isZero();
        Path record = file("_0000000001\\.json");
        Path copied = folder.resolve("other").resolve(key(record));
        Files.createDirectories(copied.getParent());
        Files.copy(record, copied);
        Files.copy(root.resolve("vault.json"), folder.resolve("other/replica.json"));
        for (String key : List.of(key(record), "replica.json")) {
            assertThat(other.run("inspect", key)).isEqualTo(Failure.NOT_WHOLE);
            assertThat(other.err()).contains(key + ": it is of another vault: ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "streams/prod/log/9999999990_0000000009.json, has no object",
        "prod@9, has no record 9",
        "dev@1, has no stream \"dev\"; it has [prod]",
        "Prod@1, cannot be a name",
        "../v/vault.json, cannot be a key",
        "notes.txt, is nothing that tsvault wrote",
    })
    void whatCannotBeShownIsSaidSo(String what, String words) throws IOException {
        terminal.fill(1);
        Files.writeString(root.resolve("notes.txt"), "mine");
        assertThat(terminal.run("inspect", what)).isEqualTo(Failure.WRONG_USE);
        assertThat(terminal.err()).contains(words).hasLineCount(1);
        assertThat(terminal.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"format\":2}', 'has format 2, this version of tsvault knows 1', 2",
        "'{\"format\":1}', it does not describe a vault, 3",
        "'{', it does not describe a vault, 3",
        "'', it does not describe a vault, 3",
    })
    void aReplicaFileThatWasEditedIsNamed(String text, String words, int code) throws IOException {
        Files.writeString(root.resolve("replica.json"), text);
        assertThat(terminal.run("inspect", "replica.json")).isEqualTo(code);
        assertThat(terminal.err()).contains("replica.json", words).hasLineCount(1);
    }

    @Test
    void optionsForChunksMeanNothingElsewhere() {
        terminal.fill(1);
        assertThat(terminal.run("inspect", "prod@1", "--series")).isEqualTo(Failure.WRONG_USE);
        assertThat(terminal.err()).contains("--series and --samples are for chunks");
    }

    @Test
    void anObjectIsFoundByThePathOfItsFile() throws IOException {
        terminal.fill(1);
        String record = file("_0000000001\\.json").toString();
        assertThat(terminal.run("inspect", record)).isZero();
        assertThat(terminal.out()).startsWith(key(Path.of(record)));
        StringWriter out = new StringWriter();
        PrintWriter both = new PrintWriter(out);
        assertThat(Main.run(both, both, "inspect", record)).isZero();
        assertThat(out.toString()).startsWith(key(Path.of(record)));
        String nothing = root.resolve("streams/prod").toString();
        assertThat(terminal.run("inspect", nothing)).isEqualTo(Failure.WRONG_USE);
        assertThat(terminal.err()).contains("has no object streams/prod; name a record");
    }

    @Test
    void aFileNeedsNoVault() throws IOException {
        terminal.fill(1);
        StringWriter out = new StringWriter();
        String chunk = file("\\.chunk").toString();
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(out), "inspect", chunk)).isZero();
        assertThat(out.toString()).containsPattern("samples +1\n");
    }
}
