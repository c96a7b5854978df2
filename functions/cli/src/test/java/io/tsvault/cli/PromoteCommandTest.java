package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A copy that a person makes the vault that counts, and what is told when it is damaged later.
class PromoteCommandTest {
    private static final String UNFINISHED =
            "this copy is not finished yet, or has lost records: copy again first";

    @TempDir private Path folder = Path.of("");

    private Terminal here = new Terminal("");
    private Terminal there = new Terminal("");

    @BeforeEach
    void copy() {
        here = new Terminal(folder.resolve("v").toString());
        there = new Terminal(folder.resolve("copy").toString());
        assertThat(here.run("init")).isZero();
        assertThat(here.run("source", "add", "a", "--url", "http://127.0.0.1:9")).isZero();
        assertThat(here.run("stream", "add", "prod", "--source", "a")).isZero();
        here.fill(5);
        assertThat(here.run("vault", "copy", folder.resolve("copy").toString())).isZero();
    }

    private void drop(String path) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("copy").resolve(path))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void promote() {
        assertThat(there.run("vault", "promote", "--confirm")).isZero();
    }

    @Test
    void H25_theDryRunTellsWhatIsHere() {
        assertThat(there.run("vault", "promote")).isZero();
        assertThat(there.out())
                .containsPattern("streams/prod: sound, head 5 [0-9a-f]{64}\n")
                .containsPattern("config/sources/a: sound, head 1 ")
                .contains("nothing was changed; say --confirm to do it");
        promote();
        assertThat(there.out()).contains("streams/prod: sound", "is the vault that counts");
    }

    @Test
    void onlyACopyIsPromotedDryOrNot() {
        for (List<String> more : List.of(List.<String>of(), List.of("--confirm"))) {
            String[] command =
                    Stream.concat(Stream.of("vault", "promote"), more.stream())
                            .toArray(String[]::new);
            assertThat(here.run(command)).isEqualTo(Failure.WRONG_USE);
            assertThat(here.err()).contains("is no copy; nothing was changed");
        }
    }

    @Test
    void H25_chunksThatWaitForTheirRecordsKeepACopyFromPromotion() throws IOException {
        Files.delete(folder.resolve("copy/streams/prod/log/9999999994_0000000005.json"));
        for (String command : List.of("vault promote", "vault promote --confirm", "verify")) {
            assertThat(there.run(command.split(" "))).as(command).isEqualTo(Failure.NOT_WHOLE);
            assertThat(there.out())
                    .contains("streams/prod/chunks/", UNFINISHED)
                    .contains("copy again: tsvault --vault ORIGINAL vault copy HERE");
        }
        assertThat(here.run("vault", "copy", folder.resolve("copy").toString())).isZero();
        promote();
    }

    @Test
    void H25_aStreamThatIsNotHereAnyMoreIsToldByName() throws IOException {
        drop("streams/prod");
        assertThat(there.run("vault", "promote", "--confirm")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.out())
                .contains("in doubt: streams/prod/log/9999999998_0000000001.json: records 1 to 5")
                .contains("if this is meant, say --force too");
        assertThat(there.run("status")).isZero();
        assertThat(there.out()).contains("a copy");
        assertThat(there.run("vault", "promote", "--force")).isZero();
        assertThat(there.out()).contains("in doubt: ", "say --confirm");
        assertThat(there.run("vault", "promote", "--force", "--confirm")).isZero();
        assertThat(there.out()).contains("in doubt: ", "is the vault that counts");
    }

    @Test
    void H25_whatACopyRefusesIsARefusalAndSaidOnce() {
        for (String command :
                List.of(
                        "backup",
                        "backup prod",
                        "gc --confirm",
                        "expire --keep-last 1 --confirm",
                        "hold prod case-7",
                        "stream add x --source a")) {
            assertThat(there.run(command.split(" "))).as(command).isEqualTo(Failure.REFUSED);
            assertThat(there.err())
                    .as(command)
                    .containsOnlyOnce("is a copy of a vault")
                    .hasLineCount(1);
            assertThat(there.out()).isEmpty();
        }
        assertThat(there.run("backup", "--dry-run")).isNotEqualTo(Failure.REFUSED);
    }

    @Test
    void H25_twoThatWereBothWrittenToAreRefusedForEachOther() {
        promote();
        assertThat(here.run("hold", "prod", "here")).isZero();
        assertThat(there.run("hold", "prod", "there")).isZero();
        String copy = folder.resolve("copy").toString();
        assertThat(here.run("vault", "repair", "--from", copy)).isEqualTo(Failure.REFUSED);
        assertThat(here.err()).contains("both were written to", "Nothing was changed");
        assertThat(here.run("vault", "copy", copy)).isEqualTo(Failure.REFUSED);
    }

    @Test
    void H18_whatAPromotedCopyHadIsMissedByEverybody() throws IOException {
        promote();
        Files.delete(folder.resolve("copy/streams/prod/log/9999999994_0000000005.json"));
        for (String command : List.of("status", "verify")) {
            assertThat(there.run(command)).as(command).isEqualTo(Failure.NOT_WHOLE);
            assertThat(there.out()).contains("records 5 to 5 are lost", "vault repair --from");
        }
        assertThat(there.run("hold", "prod", "case-7")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.err()).contains("records 5 to 5 are lost");
        drop("streams");
        drop("config/sources");
        assertThat(there.run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.out())
                .contains("streams/prod/log/: the log is gone", "config/sources/a/log/: the log");
        assertThat(there.run("status")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.run("hold", "prod", "case-7")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.run("backup", "prod")).isEqualTo(Failure.NOT_WHOLE);
        String original = folder.resolve("v").toString();
        assertThat(there.run("vault", "repair", "--from", original, "--confirm")).isZero();
        assertThat(there.run("verify")).isZero();
    }

    @Test
    void H18_aPromotionThatCannotBeReadIsMendedByAnother() throws IOException {
        promote();
        Path mark = folder.resolve("copy/promoted.json");
        Files.writeString(mark, "{}");
        assertThat(there.run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.out())
                .containsOnlyOnce("damaged: promoted.json: ")
                .contains("promote it again: tsvault vault promote")
                .contains("prod: sound; read 5 of 5 chunks")
                .doesNotContain("--from");
        assertThat(there.run("verify", "prod")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.out()).containsOnlyOnce("damaged: promoted.json: ");
        assertThat(there.run("hold", "prod", "case-7")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.err()).contains("promoted.json", "promote it again");
        Files.delete(mark);
        promote();
        assertThat(there.run("verify")).isZero();
        Files.writeString(mark, "{\"format\":2}");
        assertThat(there.run("verify")).isEqualTo(Failure.WRONG_USE);
        assertThat(there.out()).contains("of another version: promoted.json: has format 2");
        assertThat(there.run("hold", "prod", "case-7")).isEqualTo(Failure.WRONG_USE);
    }

    @Test
    void H18_aMarkOfACopyThatCannotBeReadIsTheSameAsTheVault() throws IOException {
        Path mark = folder.resolve("copy/replica.json");
        Files.writeString(mark, "junk");
        assertThat(there.run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.out()).contains("replica.json: ", "put a copy of vault.json in its place");
        assertThat(there.run("vault", "promote")).isEqualTo(Failure.NOT_WHOLE);
        Files.writeString(mark, Files.readString(folder.resolve("copy/vault.json")));
        assertThat(there.run("verify")).isZero();
        promote();
    }

    @Test
    void H18_aStreamThatWasJustRegisteredIsToldAndNoAlarm() throws IOException {
        assertThat(here.run("stream", "add", "new", "--source", "a")).isZero();
        assertThat(here.run("verify")).isZero();
        assertThat(here.out())
                .containsPattern("new is registered since [0-9TZ:.-]+, and nothing of it is here")
                .contains("never backed up, or lost");
        assertThat(here.run("--json", "verify")).isZero();
        assertThat(here.out()).contains("\"absent\":[{\"late\":false,\"since\":");
    }

    @Test
    void H18_aStreamWhoseConfigurationIsLostIsToldAndComesBackFromTheOriginal() throws IOException {
        drop("config");
        assertThat(there.run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.out())
                .contains("prod has records and nothing that says how they were had")
                .contains("tsvault vault repair --from OTHER", "tsvault stream add");
        assertThat(there.run("--json", "verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.out()).contains("\"unregistered\":[\"prod\"]");
        String original = folder.resolve("v").toString();
        String[] repair = {"vault", "repair", "--from", original, "--newer", "--confirm"};
        assertThat(there.run(repair)).as(there.out()).isZero();
        assertThat(there.run("verify")).isZero();
    }

    @Test
    void H18_aStreamWhoseConfigurationIsLostIsRegisteredAgain() throws IOException {
        promote();
        Files.delete(folder.resolve("copy/promoted.json"));
        Files.delete(folder.resolve("copy/replica.json"));
        drop("config");
        assertThat(there.run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.run("source", "add", "a", "--url", "http://127.0.0.1:9")).isZero();
        assertThat(there.run("stream", "add", "prod", "--source", "a")).isZero();
        assertThat(there.run("verify")).isZero();
    }
}
