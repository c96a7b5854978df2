package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.LogName;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;

/// A vault as a person meets it.
class VaultCommandsTest {
    @TempDir private Path folder = Path.of("");

    private String out = "";
    private String err = "";

    private int run(String... args) {
        Terminal terminal = terminal();
        int code = terminal.run(args);
        out = terminal.out();
        err = terminal.err();
        return code;
    }

    private Terminal terminal() {
        return new Terminal(folder.resolve("v").toString());
    }

    @BeforeEach
    void make() {
        assertThat(run("init")).isZero();
    }

    private StreamLog log() {
        return terminal().log();
    }

    private static TimeRange slice(int number) {
        return Terminal.slice(number);
    }

    private void fill(int slices) {
        terminal().fill(slices);
    }

    private Path chunk() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("v"))) {
            return files.filter(file -> file.toString().endsWith(".chunk"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aSecondInitSaysThatItIsThere() {
        assertThat(run("init")).isZero();
        assertThat(out).contains("is already a vault");
        assertThat(run("--json", "init")).isZero();
        assertThat(out).contains("\"created\":false");
    }

    @Test
    void anEmptyVaultHasAStatus() {
        assertThat(run("status")).isZero();
        assertThat(out).contains("no stream is registered yet");
    }

    @Test
    void theStatusSaysHowFarItCame() {
        fill(3);
        assertThat(run("status")).isZero();
        assertThat(out)
                .contains("backed up until  2026-01-01T06:00:00.000Z")
                .contains("3 samples in 3 chunks")
                .contains("head             3 " + log().head().sha256());
        assertThat(run("--json", "status")).isZero();
        assertThat(out)
                .contains("\"watermark\":\"2026-01-01T06:00:00.000Z\"")
                .contains("\"gaps\":0");
    }

    @Test
    void aStreamThatIsRegisteredIsListedBeforeItHasARecord() {
        run("source", "add", "a", "--url", "http://127.0.0.1:9");
        run("stream", "add", "new", "--source", "a");
        assertThat(run("status")).isZero();
        assertThat(out).contains("new\n  state            fine", "last slice       none yet");
        assertThat(run("--json", "status")).isZero();
        assertThat(out).contains("\"stream\":\"new\"", "\"state\":\"fine\"", "\"lagSeconds\":0");
    }

    @Test
    void whatAPersonHasToMendIsToldWithTheTimeAndTheCode() {
        run("source", "add", "a", "--url", "http://127.0.0.1:9");
        run("stream", "add", "prod", "--source", "a");
        log().append(
                        _ ->
                                Optional.of(
                                        new Attempt(
                                                TimeRange.ALL, "401 of http://a", Outlook.PERSON)));
        assertThat(run("status")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("failing since 20", " because 401 of http://a")
                .contains("mend that, and the next run goes on")
                .doesNotContain("halted");
        assertThat(run("--json", "status")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("\"state\":\"failing\"", "\"problem\":\"401 of http://a\"");
        assertThat(run("inspect", "streams/prod/log/9999999998_0000000001.json")).isZero();
        assertThat(out).contains("none in particular");
    }

    @Test
    void whileTheFirstSliceIsMissingNothingIsBackedUpUntilAnyTime() {
        log().append(_ -> Optional.of(new Attempt(slice(0), "503", Outlook.TIME)));
        terminal().fill(1, 2);
        assertThat(run("status")).isZero();
        assertThat(out).contains("backed up until  nothing yet");
        assertThat(run("--json", "status")).isZero();
        assertThat(out).doesNotContain("watermark").contains("\"slices\":2");
        fill(1);
        assertThat(run("status")).isZero();
        assertThat(out).contains("backed up until  2026-01-01T06:00:00.000Z");
    }

    @Test
    void S18_aStreamThatHasHaltedSaysSoAndGoesOnWhenThatWasSeen() {
        run("source", "add", "a", "--url", "http://127.0.0.1:9");
        run("stream", "add", "prod", "--source", "a");
        fill(1);
        for (int i = 0; i < 3; i++) {
            run("status");
            assertThat(out).doesNotContain("halted since").doesNotContain("tsvault ack");
            if (i > 0) {
                assertThat(out).contains("in doubt since 20", " because 9 read, 10 counted");
            }
            log().append(
                            _ ->
                                    Optional.of(
                                            new Attempt(
                                                    slice(1),
                                                    "9 read, 10 counted",
                                                    Outlook.UNSOUND)));
        }
        assertThat(run("status")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("halted since 20", " because 9 read, 10 counted")
                .contains("then say so: tsvault ack prod --note");
        assertThat(run("--json", "status")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("\"halted\":true");
        assertThat(run("ack", "prod", "--note", "the proxy is gone")).isZero();
        assertThat(out).contains("prod goes on with the next backup").doesNotContain("gap");
        run("status");
        assertThat(out).contains("prod\n  state ").doesNotContain("halted");
    }

    @Test
    void aGapThatWasSeenIsNotToldAgain() {
        fill(1);
        log().append(_ -> Optional.of(new Gap(slice(1), "lost")));
        assertThat(run("status")).isEqualTo(Failure.NOT_WHOLE);

        assertThat(run("ack", "prod", "--note", "seen by Ann")).isZero();
        assertThat(out).contains("acknowledged: 1 gap of prod");

        assertThat(run("status")).isZero();
        assertThat(run("ack", "prod", "--note", "again")).isZero();
        assertThat(out).contains("0 gaps");
    }

    @Test
    void whatIsHeldDoesNotExpireUntilItIsReleased() {
        fill(3);
        assertThat(run("hold", "prod", "case-7", "--note", "asked by the court")).isZero();
        assertThat(run("expire", "prod", "--keep-last", "1", "--confirm", "--force")).isZero();
        assertThat(log().state().liveChunks()).hasSize(3);

        assertThat(run("hold", "prod", "case-7", "--release")).isZero();
        assertThat(run("expire", "prod", "--keep-last", "1", "--confirm", "--force")).isZero();
        assertThat(log().state().liveChunks()).hasSize(1);
    }

    @Test
    void aHoldIsNeverChangedInSilence() {
        fill(3);
        String[] from = {"hold", "prod", "case-7", "--from", "2026-01-01T02:00:00Z"};
        assertThat(run(from)).isZero();
        assertThat(run(from)).isZero();
        assertThat(out).contains("nothing to do");
        assertThat(run("hold", "prod", "case-7")).isEqualTo(Failure.WRONG_USE);
        assertThat(err).contains("case-7 holds prod from 2026-01-01T02:00:00.000Z already");
        assertThat(run("hold", "prod", "case-8", "--release")).isEqualTo(Failure.WRONG_USE);
        assertThat(err).contains("prod has no hold case-8; it has case-7");
        assertThat(run("hold", "prod", "Case 7")).isEqualTo(Failure.WRONG_USE);
        assertThat(err).contains("cannot be the name of a hold");
        assertThat(run("hold", "prod", "x", "--from", "now", "--to", "now-1d"))
                .isEqualTo(Failure.WRONG_USE);
        assertThat(err).contains("--from now is not before --to now-1d");
        assertThat(log().state().pins()).containsOnlyKeys("hold-case-7");
    }

    @Test
    void H20_toKeepTheLastOfNoneIsRefusedWithWhatCanBeSaid() {
        for (String last : new String[] {"-1", "0"}) {
            assertThat(run("expire", "--keep-last", last)).isEqualTo(Failure.WRONG_USE);
            assertThat(err).contains("--keep-last has to be 1 or more, not " + last);
        }
    }

    @Test
    void whatIsNoPlaceOfAVaultIsNotTakenForAFolder() {
        for (String place : new String[] {"S3://b/p", "gs://b/p", "file:///tmp/v", "", " "}) {
            StringWriter stderr = new StringWriter();
            assertThat(Main.run(nowhere(), new PrintWriter(stderr), "--vault", place, "status"))
                    .isEqualTo(Failure.WRONG_USE);
            assertThat(stderr.toString())
                    .contains("no vault can be at \"" + place + "\"", "s3://bucket/prefix");
        }
    }

    @Test
    void O33_aFullDiskIsNoWrongUse() {
        Permanent full = Permanent.outOfOrder("the disk is full", new IOException("ENOSPC"));
        Permanent readOnly = new Permanent("it can only be read", new IOException("EROFS"));
        assertThat(Failure.known(full)).map(Failure.Told::code).contains(Failure.FAILED);
        assertThat(Failure.known(new Permanent("nothing was appended", full)))
                .map(Failure.Told::code)
                .contains(Failure.FAILED);
        assertThat(Failure.known(readOnly)).map(Failure.Told::code).contains(Failure.WRONG_USE);
    }

    @Test
    void O15_ofManyLossesTheFirstAreTold() throws IOException {
        fill(25);
        try (Stream<Path> files = Files.walk(folder.resolve("v/streams/prod/chunks"))) {
            for (Path chunk : files.filter(Files::isRegularFile).toList()) {
                Files.delete(chunk);
            }
        }
        assertThat(run("gc")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("damaged: and 5 more; --json names all")
                .contains("first mend what is named above, then say --confirm");
        assertThat(out.lines().filter(line -> line.startsWith("damaged: streams/"))).hasSize(20);
        assertThat(run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("damaged: and 5 more; --json names all");
        assertThat(run("--json", "verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out.split("\"what\":", -1)).hasSize(26);
    }

    @Test
    void H20_aHoldSaysWhatWasLetGoOfBefore() {
        fill(6);
        String[] expire = {"expire", "prod", "--keep-last", "4", "--confirm", "--force"};
        assertThat(run(expire)).isZero();
        assertThat(run("hold", "prod", "all")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("all of prod: is held; it keeps 4 slices; 2 slices");
        assertThat(out).contains("let go of before cannot be held");
        String[] late = {"hold", "prod", "late", "--to", "2026-01-01T04:00:00Z"};
        assertThat(run(late)).isEqualTo(Failure.REFUSED);
        assertThat(out).contains("late of prod: refused", "2 slices let go of before");
        assertThat(log().state().pins()).containsOnlyKeys("hold-all");
        String[] early = {"hold", "prod", "early", "--from", "2026-02-01T00:00:00Z"};
        assertThat(run(early)).isZero();
        assertThat(out).contains("early of prod: is held; it keeps nothing yet");
        assertThat(run("--json", "hold", "prod", "all")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("\"held\":false", "\"slices\":4", "\"expired\":2");
    }

    @Test
    void theStatusSaysWhoHoldsWhatAndWhy() {
        fill(3);
        String[] court = {"hold", "prod", "case-7", "--from", "2026-01-01T02:00:00Z", "--note"};
        assertThat(
                        run(
                                Stream.concat(Stream.of(court), Stream.of("asked by the court"))
                                        .toArray(String[]::new)))
                .isZero();
        assertThat(run("hold", "prod", "case-8")).isZero();
        assertThat(run("status")).isZero();
        assertThat(out)
                .contains(
                        """
                          pins             hold case-7 from 2026-01-01T02:00:00.000Z: asked by the court
                                           hold case-8 as a whole
                          head\
                        """);
        assertThat(run("--json", "status")).isZero();
        assertThat(out)
                .contains("\"pins\":[\"hold-case-7\",\"hold-case-8\"]")
                .contains("\"from\":\"2026-01-01T02:00:00.000Z\"", "\"note\":\"asked by");
    }

    @Test
    void H25_whatARestoreElsewhereHoldsIsLetGoByAPerson() {
        fill(6);
        log().append(_ -> Optional.of(new Pin("restore-gone", TimeRange.ALL, "restore into dr")));
        String remedy =
                "restore-gone as a whole: restore into dr; a restore that is not here; to let go:"
                        + " tsvault hold prod restore-gone --release";
        assertThat(run("status")).isZero();
        assertThat(out).contains("pins             " + remedy);
        String[] expire = {"expire", "prod", "--keep-last", "4", "--confirm", "--force"};
        assertThat(run(expire)).isZero();
        assertThat(out).contains("stays as it is pinned: 2 slices", "  pinned by " + remedy);
        assertThat(run("hold", "prod", "restore-gone")).isEqualTo(Failure.WRONG_USE);
        assertThat(err).contains("is how restores call theirs");

        assertThat(run("hold", "prod", "restore-gone", "--release")).isZero();
        assertThat(out).contains("restore-gone of prod is released");
        assertThat(log().state().pins()).isEmpty();
        assertThat(run(expire)).isZero();
        assertThat(log().state().liveChunks()).hasSize(4);
        assertThat(run("hold", "prod", "restore-gone", "--release")).isEqualTo(Failure.WRONG_USE);
        assertThat(err).contains("prod has no hold restore-gone; it has none");
    }

    @Test
    void H24_aDayOf23HoursIsADayLikeOthers() {
        TimeZone here = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
            Instant before = Instant.parse("2026-03-29T00:30:00Z");
            TimeRange lost = TimeRange.of(before, before.plus(Duration.ofHours(24)));
            log().append(_ -> Optional.of(new Gap(lost, "lost")));
            assertThat(run("list")).isZero();
            assertThat(out).contains("2026-03-29T00:30:00.000Z  2026-03-30T00:30:00.000Z");
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void aGapIsNotWhole() {
        fill(1);
        log().append(_ -> Optional.of(new Gap(slice(1), "lost")));
        assertThat(run("status")).isEqualTo(3);
        assertThat(out).contains("of which 1 gap,");
    }

    @Test
    void slicesAreListed() {
        fill(2);
        assertThat(run("list")).isZero();
        assertThat(out.lines()).hasSize(3).anyMatch(line -> line.contains("committed"));
        assertThat(run("list", "prod")).isZero();
        assertThat(run("list", "prd")).isEqualTo(2);
        assertThat(err).contains("has no stream \"prd\"; it has [prod]");
    }

    @Test
    void O35_damageIsFoundAndMendedFromACopy() throws IOException {
        fill(3);
        String copy = folder.resolve("copy").toString();
        assertThat(run("vault", "copy", copy)).isZero();
        assertThat(run("verify")).isZero();
        assertThat(out).contains("prod: sound; read 3 of 3 chunks, 3 samples");
        Path chunk = chunk();
        byte[] bytes = Files.readAllBytes(chunk);
        bytes[50] ^= 1;
        Files.write(chunk, bytes);
        assertThat(run("verify")).isEqualTo(3);
        assertThat(out).contains("damaged: streams/prod/chunks/").contains("vault repair --from");
        assertThat(run("vault", "repair", "--from", copy)).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("; comes back from " + copy + "/streams/prod/chunks/")
                .contains("1 object to mend; nothing was changed; say --confirm");
        assertThat(run("verify")).isEqualTo(3);
        assertThat(run("vault", "repair", "--from", copy, "--confirm")).isZero();
        assertThat(run("verify", "--sample", "100%")).isZero();
    }

    @Test
    void O35_aPageIsMadeAnewWithoutAnyCopy() throws IOException {
        fill(33);
        Path page;
        try (Stream<Path> files = Files.list(folder.resolve("v/streams/prod/pages"))) {
            page = files.findFirst().orElseThrow();
        }
        Files.write(page, new byte[9]);
        assertThat(run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("no data is lost by it")
                .contains("make it anew of what else is here: tsvault vault repair\n")
                .doesNotContain("--from");
        assertThat(run("vault", "repair")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("damaged: streams/prod/pages/", "say --confirm")
                .contains("; comes back from its records");
        assertThat(run("vault", "repair", "--confirm")).isZero();
        assertThat(out).contains("1 object mended; done");
        assertThat(run("verify")).isZero();
        assertThat(run("vault", "repair")).isZero();
    }

    private void loseRecords(Path vault, int first, int last) throws IOException {
        for (int seq = first; seq <= last; seq++) {
            String name = "%010d_%010d.json".formatted(9_999_999_999L - seq, seq);
            Files.delete(vault.resolve("streams/prod/log/" + name));
        }
    }

    @Test
    void O15_everybodySaysThatTheEndOfALogIsLost() throws IOException {
        fill(40);
        String copy = folder.resolve("copy").toString();
        loseRecords(folder.resolve("v"), 20, 41);
        String lost = "the end of the log is gone";
        for (String command : new String[] {"status", "verify"}) {
            assertThat(run(command)).as(command).isEqualTo(Failure.NOT_WHOLE);
            assertThat(out).contains(lost).contains("what else is here: tsvault vault repair\n");
        }
        assertThat(run("list")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(err).contains("damaged: streams/prod/pages/");
        assertThat(run("vault", "copy", copy)).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("damaged here, not copied: streams/prod/pages/", lost);
        assertThat(run("hold", "prod", "case-7")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(err).contains(lost, "tsvault vault repair puts back what pages hold");
        String[] expire = {"expire", "--keep-last", "18", "--confirm", "--force"};
        assertThat(run(expire)).isEqualTo(Failure.NOT_WHOLE);

        assertThat(run("vault", "repair")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("_0000000020.json; comes back from streams/prod/pages/0000000001-")
                .contains("12 objects to mend; nothing was changed");
        assertThat(run("vault", "repair", "--confirm")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("12 objects mended")
                .contains("streams/prod: 9 slices are captured whose records are not back")
                .contains("use --from OTHER before the next backup")
                .doesNotContain("done");
        assertThat(run("status")).isZero();
        assertThat(run("hold", "prod", "case-7")).isZero();
    }

    @Test
    void O15_whatAPromotedCopyHasBeyondTheEndIsTakenWhenAPersonSaysSo() throws IOException {
        fill(3);
        String copy = folder.resolve("copy").toString();
        assertThat(run("vault", "copy", copy)).isZero();
        Terminal there = new Terminal(copy);
        assertThat(there.run("vault", "promote", "--confirm")).isZero();
        loseRecords(folder.resolve("v"), 3, 3);
        for (String[] repair :
                List.of(
                        new String[] {"--from", copy},
                        new String[] {"--from", copy, "--confirm"})) {
            List<String> all = new ArrayList<>(List.of("vault", "repair"));
            all.addAll(List.of(repair));
            assertThat(run(all.toArray(String[]::new))).isEqualTo(Failure.NOT_WHOLE);
            assertThat(out)
                    .contains(
                            "streams/prod: " + copy + " goes on to record 3, and it ends at 2 here")
                    .contains("say --newer to take them")
                    .doesNotContain("done");
        }
        assertThat(run("--json", "vault", "repair", "--from", copy)).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("\"done\":false", "{\"here\":2,\"log\":\"streams/prod\",\"there\":3}");
        assertThat(run("vault", "repair", "--from", copy, "--newer", "--confirm")).isZero();
        assertThat(out).contains("1 object mended; done");
        assertThat(log().head().seq()).isEqualTo(3);
        assertThat(run("vault", "repair", "--newer")).isEqualTo(Failure.WRONG_USE);
        assertThat(err).contains("--newer goes with --from OTHER");
    }

    @Test
    void O15_aLogThatTellsOfFailuresAloneMakesWay() throws IOException {
        fill(3);
        String copy = folder.resolve("copy").toString();
        assertThat(run("vault", "copy", copy)).isZero();
        loseRecords(folder.resolve("v"), 1, 3);
        try (Stream<Path> files = Files.walk(folder.resolve("v/streams/prod/chunks"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        log().append(_ -> Optional.of(new Attempt(slice(9), "it is down", Outlook.TIME)));
        String[] repair = {"vault", "repair", "--from", copy, "--confirm"};
        assertThat(run(repair)).as(err).isZero();
        assertThat(out)
                .contains("makes way: streams/prod/log/9999999998_0000000001.json")
                .contains("6 objects mended; done");
        assertThat(run("verify")).isZero();
        assertThat(log().head().seq()).isEqualTo(3);
    }

    @Test
    void O14_aStreamWhoseConfigurationIsDamagedHidesNoOther() throws IOException {
        fill(2);
        assertThat(run("source", "add", "a", "--url", "http://127.0.0.1:9")).as(err).isZero();
        for (String stream : List.of("prod", "two")) {
            assertThat(run("stream", "add", stream, "--source", "a")).as(err).isZero();
        }
        String damaged = "config/streams/prod/log/9999999998_0000000001.json";
        Files.writeString(folder.resolve("v").resolve(damaged), "{}");
        assertThat(run("status")).as(err).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("state            not known: how it is registered is damaged")
                .contains("two\n  state            fine", "2 samples in 2 chunks")
                .contains("damaged: " + damaged);
        assertThat(run("backup", "--dry-run", "--for", "1m")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("prod: nothing could be kept", damaged, "two: ");
        assertThat(run("backup", "prod", "two", "--dry-run")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("two: ");
    }

    @Test
    void O14_aRecordThatSomebodyPutBehindTheEndHasOneRemedy() throws IOException {
        fill(4);
        String copy = folder.resolve("copy").toString();
        assertThat(run("vault", "copy", copy)).isZero();
        Path records = folder.resolve("v/streams/prod/log");
        byte[] other = Files.readAllBytes(records.resolve("9999999997_0000000002.json"));
        for (String name : List.of("9999999994_0000000005.json", "0000000000_9999999999.json")) {
            Path stray = Files.write(records.resolve(name), other);
            for (String[] command :
                    new String[][] {
                        {"verify"},
                        {"vault", "repair"},
                        {"vault", "repair", "--from", copy},
                        {"vault", "repair", "--from", copy, "--confirm"}
                    }) {
                assertThat(run(command)).as(err).isEqualTo(Failure.NOT_WHOLE);
                assertThat(out)
                        .contains("streams/prod/log/" + name + ": it is record 2 of streams/prod")
                        .contains("tsvault did not write it: move this file out of the vault")
                        .doesNotContain("bring it back", "done");
            }
            Files.delete(stray);
            assertThat(run("verify")).isZero();
        }
    }

    @Test
    void O14_whatIsCalledLikeAFarRecordAndIsNoneIsNamedItself() throws IOException {
        fill(40);
        String copy = folder.resolve("copy").toString();
        assertThat(run("vault", "copy", copy)).isZero();
        Path records = folder.resolve("v/streams/prod/log");
        for (String name : List.of("0000000000_9999999999.json", "9999999899_0000000100.json")) {
            Path stray = Files.writeString(records.resolve(name), "junk");
            for (String[] command :
                    new String[][] {
                        {"verify"}, {"vault", "repair"}, {"vault", "repair", "--from", copy}
                    }) {
                assertThat(run(command)).as(err).isEqualTo(Failure.NOT_WHOLE);
                assertThat(out)
                        .contains("streams/prod/log/" + name + ": not a record: ")
                        .contains("tsvault did not write it: move this file out of the vault")
                        .doesNotContain("though later ones are there");
            }
            assertThat(run("status")).isEqualTo(Failure.NOT_WHOLE);
            assertThat(out)
                    .contains("damaged: streams/prod/log/" + name, "none is before it")
                    .contains("if no copy has a record there, move it out of the vault");
            Files.delete(stray);
            assertThat(run("verify")).isZero();
        }
    }

    @Test
    void H18_aBackupTellsThatRecordsMayBeLostBeforeItKeepsTheirSlicesAnew() throws IOException {
        fill(5);
        assertThat(run("source", "add", "a", "--url", "http://127.0.0.1:9")).as(err).isZero();
        assertThat(run("stream", "add", "prod", "--source", "a")).as(err).isZero();
        loseRecords(folder.resolve("v"), 5, 5);
        run("backup", "--dry-run", "--for", "1m");
        assertThat(err).doesNotContain("captured");
        loseRecords(folder.resolve("v"), 3, 4);
        run("backup", "--dry-run", "--for", "1m");
        assertThat(err)
                .containsOnlyOnce("prod: 3 slices were captured whose records are not here")
                .contains("tsvault vault repair --from OTHER");
    }

    @Test
    void whatIsWholeIsDoneForMachinesToo() {
        fill(2);
        assertThat(run("--json", "vault", "repair")).isZero();
        assertThat(out).contains("\"done\":true");
    }

    @Test
    void O15_recordsThatAreLostWithoutAPageAreADoubt() throws IOException {
        fill(9);
        loseRecords(folder.resolve("v"), 5, 9);
        assertThat(run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("prod: doubtful; read 4 of 4 chunks")
                .contains("5 slices were captured whose records are not there")
                .contains("tsvault verify --expect-head")
                .doesNotContain("sound; read 4");
        assertThat(run("--json", "verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("\"captured\":5", "\"sound\":false");
    }

    @Test
    void whatARunLeftThatWasCutOffIsNoDoubt() throws IOException {
        fill(9);
        loseRecords(folder.resolve("v"), 9, 9);
        assertThat(run("verify")).isZero();
        assertThat(out).contains("prod: sound", "1 slice was captured whose records are not there");
    }

    @Test
    void whatIsTooYoungForTheCollectorIsSaidSo() {
        fill(30);
        assertThat(run("expire", "--keep-last", "28", "--confirm")).isZero();
        assertThat(run("verify")).isZero();
        assertThat(out).containsPattern("no record names; tsvault gc removes them from 20.*Z on");
    }

    @Test
    void O15_whatIsNowhereIsLostAndNothingIsCalledDone() throws IOException {
        fill(3);
        Path chunk = chunk();
        byte[] bytes = Files.readAllBytes(chunk);
        Files.delete(chunk);
        for (String[] repair :
                new String[][] {{"vault", "repair"}, {"vault", "repair", "--confirm"}}) {
            assertThat(run(repair)).isEqualTo(Failure.NOT_WHOLE);
            assertThat(out)
                    .contains("missing: streams/prod/chunks/", "lost: a copy may have it")
                    .contains("0 objects", ", 1 lost")
                    .doesNotContain("done", "--confirm");
        }
        String name = chunk.getFileName().toString();
        Files.write(chunk.resolveSibling("a".repeat(32) + name.substring(32)), bytes);
        assertThat(run("vault", "repair", "--confirm")).isZero();
        assertThat(chunk).hasBinaryContent(bytes);
    }

    @Test
    void O35_whatIsDamagedHereIsNotCalledLostByACopy() throws IOException {
        fill(3);
        Path chunk = chunk();
        byte[] bytes = Files.readAllBytes(chunk);
        bytes[50] ^= 1;
        Files.write(chunk, bytes);
        assertThat(run("vault", "copy", folder.resolve("copy").toString()))
                .isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("not copied: streams/prod/chunks/", ": its bytes were changed")
                .contains("bring it back from a copy: tsvault vault repair --from OTHER")
                .doesNotContain("lost");
    }

    @Test
    void H25_aCopyThatHasNotAllRecordsSaysSoAndIsNotPromoted() throws IOException {
        fill(5);
        Path copy = folder.resolve("copy");
        assertThat(run("vault", "copy", copy.toString())).isZero();
        loseRecords(copy, 1, 5);
        Terminal there = new Terminal(copy.toString());
        String why = "this copy is not finished yet, or has lost records: copy again first";
        for (String command : new String[] {"status", "verify"}) {
            assertThat(there.run(command)).as(command).isEqualTo(Failure.NOT_WHOLE);
            assertThat(there.out()).contains(why);
        }
        assertThat(there.run("vault", "promote", "--confirm")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(there.err()).contains(why);
        assertThat(run("vault", "copy", copy.toString())).isZero();
        assertThat(there.run("verify")).isZero();
        assertThat(there.run("vault", "promote", "--confirm")).isZero();
    }

    @Test
    void H25_aCopyIsReadOnlyBeforeAnythingIsDoubtful() {
        fill(5);
        String copy = folder.resolve("copy").toString();
        assertThat(run("vault", "copy", copy)).isZero();
        Terminal there = new Terminal(copy);
        assertThat(there.run("expire", "--keep-last", "1", "--confirm")).isEqualTo(Failure.REFUSED);
        assertThat(there.err()).contains("is a copy of a vault").doesNotContain("--force");
    }

    @Test
    void O35_aBreakInALogHidesNoDamagedChunk() throws IOException {
        fill(3);
        Files.writeString(folder.resolve("v/streams/prod/log/9999999996_0000000003.json"), "hello");
        Path chunk = chunk();
        Files.delete(chunk);
        assertThat(run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("prod: 2 damaged; read ")
                .contains("9999999996_0000000003.json: not a record")
                .contains("missing");
    }

    @Test
    void H16_whatALaterVersionWroteIsNotCalledDamaged() throws IOException {
        fill(3);
        Files.writeString(
                folder.resolve("v/streams/prod/log/9999999996_0000000003.json"), "{\"format\":2}");
        assertThat(run("verify")).isEqualTo(Failure.WRONG_USE);
        assertThat(out)
                .contains("prod: in part of another version of tsvault; read 2 of 2 chunks")
                .contains("it is too new: use a later version of tsvault")
                .contains("1 chunk that no record names which can be read")
                .doesNotContain("damaged", "repair");
        String copy = folder.resolve("copy").toString();
        assertThat(run("vault", "copy", copy)).isEqualTo(Failure.WRONG_USE);
        assertThat(out).contains("it is too new").doesNotContain("damaged");
    }

    @Test
    void O33_whoCannotWriteSaysWhatWasNotWritten() throws IOException {
        fill(3);
        Files.copy(folder.resolve("v/vault.json"), folder.resolve("v/replica.json"));
        assertThat(run("hold", "prod", "case-7")).isEqualTo(Failure.REFUSED);
        assertThat(err).contains("nothing was appended to streams/prod: ", "is a copy of a vault");
    }

    @Test
    void O11_theDoctorOpensTheVault() throws IOException {
        fill(1);
        run("doctor");
        assertThat(out).containsPattern("vault +[0-9a-f]{32}, 1 stream\n");
        String copy = folder.resolve("copy").toString();
        assertThat(run("vault", "copy", copy)).isZero();
        Files.writeString(folder.resolve("v/vault.json"), "{\"a");
        assertThat(run("doctor")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("it does not describe a vault", "vault repair --from OTHER")
                .doesNotContain("Source");
        assertThat(run("vault", "repair", "--from", copy, "--confirm")).isZero();
        assertThat(out).contains("damaged: vault.json");
        assertThat(run("verify")).isZero();
    }

    @Test
    void aVaultWithoutStreamsIsVerifiedToo() {
        assertThat(run("verify")).isZero();
        assertThat(out)
                .contains("no stream has been backed up yet")
                .contains("0 other logs: sound");
        assertThat(run("source", "add", "a", "--url", "http://a:9090")).as(err).isZero();
        assertThat(run("verify")).isZero();
        assertThat(out).contains("1 other log: sound");
    }

    @Test
    void whatIsNoPartOfTheVaultIsNamed() throws IOException {
        fill(1);
        Files.writeString(folder.resolve("v/Holiday.JPG"), "x");
        Files.writeString(folder.resolve("v/streams/notes.txt"), "x");
        assertThat(run("verify")).isZero();
        assertThat(out)
                .contains("no part of a vault: Holiday.JPG")
                .contains("no part of a vault: streams/notes.txt");
        assertThat(run("verify", "prod")).isZero();
        assertThat(out).doesNotContain("no part of a vault", "other logs");
    }

    @Test
    void O35_oneChunkAtLeastIsReadOfASample() {
        fill(3);
        assertThat(run("verify", "--sample", "1%")).isZero();
        assertThat(out).contains("prod: sound; read 1 of 3 chunks, 1 sample");
    }

    @Test
    void aDamagedLogHidesNoOtherStream() throws IOException {
        fill(3);
        Path copy = folder.resolve("copy");
        assertThat(run("vault", "copy", copy.toString())).isZero();
        StreamLog odd =
                Vault.open(
                        new VaultAddress(folder.resolve("v").toString()).open(),
                        VaultTask.surroundings())
                        .stream("a");
        odd.append(_ -> Optional.of(new Gap(slice(0), "lost")));
        Path record = folder.resolve("v/streams/a/log/9999999998_0000000001.json");
        Files.writeString(record, "{}");
        String named = "streams/a/log/9999999998_0000000001.json";

        assertThat(run("status")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("damaged: " + named, "3 samples in 3 chunks", "vault repair");
        assertThat(run("--json", "status")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("\"unread\":[{\"key\":\"" + named);
        assertThat(run("list")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out.lines()).hasSize(4);
        assertThat(err).contains(named);
        assertThat(run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("damaged: " + named, "prod: sound");
        assertThat(run("gc", "--grace", "0")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("damaged: " + named, "prod: to delete: 0 objects");
        assertThat(run("expire", "--keep-last", "3")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("damaged: " + named, "prod: would expire 0 slices");
        assertThat(run("vault", "copy", folder.resolve("copy2").toString()))
                .isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("damaged here, not copied: " + named);
        assertThat(new Terminal(folder.resolve("copy2").toString()).run("verify")).isZero();
    }

    @Test
    void aLogThatIsDamagedInTheCopyKeepsNoOtherFromComingBack() throws IOException {
        fill(3);
        assertThat(run("source", "add", "a", "--url", "http://a:9090")).isZero();
        Path copy = folder.resolve("copy");
        assertThat(run("vault", "copy", copy.toString())).isZero();
        String named = "config/sources/a/log/9999999998_0000000001.json";
        Files.writeString(copy.resolve(named), "{}");
        Files.delete(chunk());
        String[] repair = {"vault", "repair", "--from", copy.toString(), "--confirm"};
        assertThat(run(repair)).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("missing: streams/prod/chunks/", named, "1 object mended")
                .doesNotContain("done");
        assertThat(run("verify")).isZero();
    }

    @Test
    void aHeadThatWasWrittenDownIsProof() {
        fill(2);
        String head = log().head().sha256();
        fill(0);
        assertThat(run("verify", "--expect-head", head)).isZero();
        assertThat(out).contains("unchanged");
        assertThat(run("verify", "--expect-head", "0".repeat(64))).isEqualTo(3);
        assertThat(out).contains("the history was changed, or its end is lost: no record");
        String capitals = head.toUpperCase(Locale.ROOT);
        assertThat(run("verify", "prod", "prod", "--expect-head", capitals)).isZero();
        assertThat(out).containsOnlyOnce("prod: sound").contains("of streams/prod up to this head");
        for (String none : new String[] {"zzz", "", head + "0"}) {
            assertThat(run("verify", "--expect-head", none)).isEqualTo(Failure.WRONG_USE);
            assertThat(err).contains("is no hash");
        }
        for (String share : new String[] {"200%", "0%", "-1%"}) {
            assertThat(run("verify", "--sample", share)).isEqualTo(Failure.WRONG_USE);
            assertThat(err).contains("--sample is a percentage above 0%, up to 100%");
        }
        assertThat(run("verify", "--sample", "x")).isEqualTo(2);
    }

    @Test
    void theHeadsOfWhatIsConfiguredAreProofToo() throws IOException {
        Config settings = new Config(Map.of("url", "http://127.0.0.1:1"));
        VaultTask.open(new VaultAddress(folder.resolve("v").toString()))
                .append(LogName.ofConfig("sources", "a"), _ -> Optional.of(settings));
        String head =
                VaultTask.open(new VaultAddress(folder.resolve("v").toString()))
                        .head(LogName.ofConfig("sources", "a"))
                        .sha256();
        assertThat(run("status")).isZero();
        assertThat(out).contains("config/sources/a  head 1 " + head);
        assertThat(run("verify", "--expect-head", head)).isZero();
        assertThat(out).contains("the history of config/sources/a up to this head is unchanged");

        Path log = folder.resolve("v/config/sources/a/log");
        Path record;
        try (Stream<Path> files = Files.list(log)) {
            record = files.findFirst().orElseThrow();
        }
        Files.writeString(record, Files.readString(record).replace("127.0.0.1:1", "127.0.0.1:2"));
        assertThat(run("verify", "--expect-head", head)).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("the history was changed, or its end is lost: no record");

        Files.writeString(record, "{");
        assertThat(run("status")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("damaged: config/sources/a/log/");
    }

    @Test
    void H20_nothingExpiresUnlessConfirmed() {
        fill(30);
        assertThat(run("expire", "--keep-last", "28")).isZero();
        assertThat(out).contains("would expire 2 slices").contains("say --confirm");
        assertThat(log().head().seq()).isEqualTo(30);
        assertThat(run("expire", "--keep-last", "2")).isEqualTo(4);
        assertThat(out).contains("doubtful").contains("--force");
        assertThat(run("expire", "--keep-last", "2", "--confirm")).isEqualTo(4);
        assertThat(log().head().seq()).isEqualTo(30);
        assertThat(run("expire", "--keep-last", "28", "--confirm")).isZero();
        assertThat(out).contains("prod: expired 2 slices");
        assertThat(log().head().seq()).isEqualTo(31);
        assertThat(run("expire", "--keep-last", "28", "--confirm")).isZero();
        assertThat(out).contains("prod: expired 0 slices");
        assertThat(run("expire")).isEqualTo(2);
        assertThat(err).contains("nothing would be kept");
    }

    @Test
    void garbageGoesOnceItIsConfirmed() {
        fill(30);
        run("expire", "--keep-last", "28", "--confirm");
        assertThat(run("gc", "--grace", "1d")).isZero();
        assertThat(out).contains("prod: to delete: 0 objects");
        assertThat(run("gc", "--grace", "0")).isZero();
        assertThat(out).contains("prod: to delete: 2 objects").contains("say --confirm");
        assertThat(run("--json", "gc", "--grace", "0", "--confirm")).isZero();
        assertThat(out).contains("\"deleted\":2");
        assertThat(run("verify")).isZero();
        assertThat(out).contains("read 28 of 28 chunks").doesNotContain("no record names");
    }

    /// Gives a chunk the key of another attempt.
    private static Path renamed(Path chunk) throws IOException {
        String name = chunk.getFileName().toString();
        return Files.move(chunk, chunk.resolveSibling("0".repeat(32) + name.substring(32)));
    }

    @Test
    void H18_theOnlyBytesOfAChunkAreNoGarbage() throws IOException {
        fill(3);
        Path chunk = chunk();
        Path stray = renamed(chunk);
        assertThat(run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("damaged: streams/prod/chunks/")
                .contains("missing; its bytes are at streams/prod/chunks/")
                .contains("put its bytes back in their place: tsvault vault repair\n")
                .doesNotContain("that no record names", "--from");
        for (String[] insisting : new String[][] {{"--confirm"}, {"--confirm", "--force"}}) {
            List<String> gc = new ArrayList<>(List.of("gc", "--grace", "0"));
            gc.addAll(List.of(insisting));
            assertThat(run(gc.toArray(String[]::new))).isEqualTo(Failure.NOT_WHOLE);
            assertThat(out).contains("its bytes are at", "vault repair").doesNotContain("done");
            assertThat(stray).exists();
        }
        Files.move(stray, chunk);
        assertThat(run("verify")).isZero();
    }

    @Test
    void H18_whileChunksAreMissingNothingIsGarbageUnlessSomebodyInsists() throws IOException {
        fill(30);
        run("expire", "--keep-last", "28", "--confirm");
        Path lost = folder.resolve("v").resolve(log().state().liveChunks().lastKey());
        Files.delete(lost);
        String[] gc = {"gc", "--grace", "0", "--confirm"};
        assertThat(run(gc)).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("prod: to delete: 2 objects")
                .contains("doubtful: chunks that records name are missing: bring them back first")
                .contains("damaged: streams/prod/chunks/", "vault repair --from OTHER", "refused")
                .doesNotContain("done");
        assertThat(run("gc", "--grace", "0", "--confirm", "--force")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("prod: 2 objects deleted").doesNotContain("done");
    }

    @Test
    void whatIsDamagedIsNeverDone() throws IOException {
        fill(3);
        Files.writeString(folder.resolve("v/streams/prod/log/9999999998_0000000001.json"), "{}");
        assertThat(run("gc", "--grace", "0", "--confirm")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("damaged: ").doesNotContain("done");
        assertThat(run("expire", "--keep-last", "3", "--confirm")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("damaged: ").doesNotContain("done");
        assertThat(run("--json", "expire", "--keep-last", "3", "--confirm"))
                .isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("\"done\":false");
    }

    @Test
    void H18_aRecordThatWasEditedIsBlamedAndNotItsChunk() throws IOException {
        fill(3);
        Path record = folder.resolve("v/streams/prod/log/9999999996_0000000003.json");
        String right = Files.readString(record);
        Files.writeString(record, right.replace("\"samples\":1,", "\"samples\":7,"));
        assertThat(run("verify")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("prod: 1 damaged")
                .contains(
                        "damaged: streams/prod/log/9999999996_0000000003.json: it was changed:"
                                + " it says 7 samples, the chunk has 1; that chunk is sound:"
                                + " streams/prod/chunks/")
                .doesNotContain("ChunkSummary");
        String edited = right.replaceFirst("\"bytes\":[0-9]+", "\"bytes\":77");
        Files.writeString(record, edited.replace("\"samples\":1,", "\"samples\":7,"));
        assertThat(run("verify", "--sample", "1%")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out).contains("it says 7 samples, the chunk has 1; it says 77 bytes, the chunk");
    }

    @Test
    void H18_theDescriptionOfAnotherVaultIsToldOnceAndPutRight() throws IOException {
        fill(3);
        assertThat(run("source", "add", "a", "--url", "http://a:9090")).isZero();
        String copy = folder.resolve("copy").toString();
        assertThat(run("vault", "copy", copy)).isZero();
        Terminal other = new Terminal(folder.resolve("other").toString());
        assertThat(other.run("init")).isZero();
        Path description = folder.resolve("v/vault.json");
        byte[] right = Files.readAllBytes(description);
        byte[] wrong = Files.readAllBytes(folder.resolve("other/vault.json"));
        for (String from : new String[] {"", copy}) {
            Files.write(description, wrong);
            assertThat(run("verify")).isEqualTo(Failure.NOT_WHOLE);
            assertThat(out).isEmpty();
            assertThat(err)
                    .hasLineCount(1)
                    .contains("damaged: vault.json: it says that this is the vault ")
                    .contains("and all records are of ", "tsvault vault repair");
            List<String> repair = new ArrayList<>(List.of("vault", "repair", "--confirm"));
            repair.addAll(from.isEmpty() ? List.of() : List.of("--from", from));
            assertThat(run(repair.toArray(String[]::new))).as(err).isZero();
            assertThat(out).contains("damaged: vault.json");
            assertThat(run("verify")).as(out).isZero();
            assertThat(run("vault", "copy", copy)).as(err).isZero();
        }
        assertThat(description).hasBinaryContent(right);
        Files.delete(description);
        assertThat(run("vault", "repair", "--confirm")).isZero();
        assertThat(run("verify")).isZero();
    }

    @Test
    void H25_aCopyIsPromoted() {
        fill(1);
        String copy = folder.resolve("copy").toString();
        run("vault", "copy", copy);
        assertThat(run("--vault", copy, "status")).isEqualTo(2); // named twice
        assertThat(Main.run(nowhere(), nowhere(), "--vault", copy, "vault", "promote")).isZero();
        assertThat(Main.run(nowhere(), nowhere(), "--vault", copy, "vault", "promote", "--confirm"))
                .isZero();
        assertThat(Main.run(nowhere(), nowhere(), "--vault", copy, "vault", "promote", "--confirm"))
                .isEqualTo(2);
        assertThat(run("vault", "copy", copy)).isEqualTo(Failure.REFUSED);
        assertThat(err).contains("it was promoted");
    }

    private static PrintWriter nowhere() {
        return new PrintWriter(new StringWriter());
    }

    @Test
    void aFolderThatIsNoVaultIsSaidSo() {
        String other = folder.toString();
        StringWriter stderr = new StringWriter();
        assertThat(Main.run(nowhere(), new PrintWriter(stderr), "--vault", other, "status"))
                .isEqualTo(2);
        assertThat(stderr.toString()).contains("is no vault; make one by tsvault init");
    }

    @Test
    void H18_O11_aVaultWithoutItsFileIsGone() throws IOException {
        fill(1);
        Files.delete(folder.resolve("v/vault.json"));
        assertThat(run("status")).isEqualTo(Failure.NOT_WHOLE);
        assertThat(err).contains("damaged: vault.json: gone").contains("tsvault vault repair");
        assertThat(run("init")).isEqualTo(2);
        assertThat(err).contains("is not empty");
    }
}
