package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.json.Json;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Report;
import io.tsvault.core.vault.record.Event.Resume;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.lab.twin.Generation;
import io.tsvault.lab.twin.Twin;
import io.tsvault.lab.twin.TwinOptions;
import io.tsvault.lab.twin.TwinOptions.Feature;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Restores as a person asks for them, into a server of this process.
class RestoreCommandsTest {
    @TempDir private Path folder = Path.of("");

    private final Twin twin = Twin.of(Generation.V3_5);
    private String out = "";
    private String err = "";

    private Terminal terminal() {
        return new Terminal(folder.resolve("v").toString());
    }

    private int run(String... args) {
        Terminal terminal = terminal();
        int code = terminal.run(args);
        out = terminal.out();
        err = terminal.err();
        return code;
    }

    @BeforeEach
    void make() {
        assertThat(run("init")).isZero();
        terminal().fill(3);
        assertThat(run("target", "add", "dr", "--url", twin.uri().toString())).isZero();
    }

    @AfterEach
    void stop() {
        twin.close();
    }

    private int restore(String... more) {
        return run(
                Stream.concat(
                                Stream.of("restore", "--stream", "prod", "--target", "dr"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private SortedMap<String, Json> json() {
        return Json.parse(out.getBytes(StandardCharsets.UTF_8), "it")
                        instanceof Json.Members(var members)
                ? members
                : new TreeMap<>();
    }

    private Path manifest(String text) {
        try {
            return Files.writeString(folder.resolve("restore.json"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long files() {
        try (Stream<Path> files = Files.walk(folder.resolve("v"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTargetSaysWhatItTakes() {
        assertThat(run("target", "test", "dr")).isZero();
        assertThat(out).contains("dr is prometheus 3.5", "only samples newer than the last one");
        assertThat(run("--json", "target", "test", twin.uri().toString())).isZero();
        assertThat(json()).containsKeys("product", "version", "order", "newest", "readBack");
    }

    @Test
    void aTargetWithoutAReceiverSaysHowToGetOne() {
        TwinOptions without = TwinOptions.of(Generation.V3_5).without(Feature.RECEIVER);
        try (Twin closed = Twin.of(without)) {
            assertThat(run("target", "test", closed.uri().toString())).isEqualTo(2);
        }
        assertThat(err).contains("--web.enable-remote-write-receiver");
    }

    @Test
    void aRestoreByOptionsIsProven() {
        assertThat(restore()).isZero();
        assertThat(out).contains(": DONE", "written                3", "report  ");
        assertThat(out).contains("v/restores/").doesNotContain("//");
        assertThat(err).contains("preflight", "replay");
    }

    @Test
    void aBackupIsComparedWithALiveServer() {
        String[] compare = {"compare", "--stream", "prod", "--with", "dr"};
        assertThat(run(compare)).isEqualTo(Failure.NOT_WHOLE);
        assertThat(out)
                .contains("NOT EQUAL", "missing in the server  3", "missing up, 2026-01-01T04");
        assertThat(restore()).isZero();

        assertThat(run(compare)).isZero();
        assertThat(out)
                .startsWith("EQUAL: prod and dr, by remote-read")
                .contains("equal          3");
        assertThat(run("--json", "compare", "--stream", "prod", "--with", twin.uri().toString()))
                .isZero();
        assertThat(json()).containsEntry("isEqual", Json.of(true)).containsKey("covered");
        assertThat(run("compare", "--stream", "prod", "--with", "nobody")).isEqualTo(2);
        assertThat(err).contains("no source and no target nobody");
    }

    @Test
    void theJsonOfARestoreIsAContract() {
        assertThat(run("--json", "restore", "--stream", "prod", "--target", "dr")).isZero();
        assertThat(json())
                .containsKeys(
                        "job",
                        "state",
                        "samplesInBackup",
                        "alreadyThere",
                        "written",
                        "conflicts",
                        "deadLettered",
                        "missing",
                        "verified",
                        "report")
                .containsEntry("state", Json.of("DONE"));
        assertThat(out).contains("\"written\":3", "\"verified\":true");
    }

    @Test
    void aUrlBecomesATarget() {
        assertThat(run("target", "remove", "dr")).isZero();
        assertThat(run("restore", "--stream", "prod", "--target", twin.uri().toString())).isZero();
        assertThat(err).contains("registered " + twin.uri() + " as target 127-0-0-1-");
        assertThat(run("target", "list")).isZero();
        assertThat(out).contains("127-0-0-1-");
    }

    @Test
    void H15_aServerHasOneName() {
        String url = twin.uri().toString();
        assertThat(run("target", "add", "again", "--url", url + "/")).isEqualTo(2);
        assertThat(err).contains("is target dr already: use that name");
        String local = url.replace("127.0.0.1", "localhost");
        assertThat(run("target", "add", "again", "--url", local)).isEqualTo(2);
        assertThat(run("target", "add", "b", "--url", url, "--header", "X-Scope-OrgID=b")).isZero();
        assertThat(run("restore", "--stream", "prod", "--target", local)).isZero();
        assertThat(err).doesNotContain("registered");
    }

    @Test
    void H15_aUrlIsNotTakenForAnotherTargetOfThatHost() {
        String host = Sources.nameOf(twin.uri().toString());
        assertThat(run("target", "remove", "dr")).isZero();
        assertThat(run("target", "add", host, "--url", twin.uri() + "/other")).isZero();
        String[] restore = {"restore", "--stream", "prod", "--target", twin.uri().toString()};
        for (String more : List.of("--dry-run", "--parallel=1")) {
            String[] words =
                    Stream.concat(Stream.of(restore), Stream.of(more)).toArray(String[]::new);
            assertThat(run(words)).isEqualTo(2);
            assertThat(err)
                    .contains(host + " is another target")
                    .contains("tsvault target add NAME --url " + twin.uri());
        }
        assertThat(run("target", "add", "dr", "--url", twin.uri().toString())).isZero();
        assertThat(run(restore)).isZero();
        assertThat(err).doesNotContain("registered");
    }

    @Test
    void aServerThatDoesNotAnswerGetsNoName() {
        assertThat(run("restore", "--stream", "prod", "--target", "http://127.0.0.1:1")).isOne();
        assertThat(run("target", "list")).isZero();
        assertThat(out).doesNotContain("127-0-0-1-1");
    }

    @Test
    void aManifestIsRestored() {
        Path manifest =
                manifest(
                        """
                        { "tsvaultManifest": 1, "stream": "prod", "target": "dr",
                          "to": "2026-01-01T04:00:00Z" }
                        """);

        assertThat(run("restore", manifest.toString())).isZero();
        assertThat(out).contains("written                2");
    }

    @Test
    void aPlanWritesNothing() {
        long files = files();

        assertThat(run("plan", "--stream", "prod", "--target", "dr")).isZero();
        assertThat(out)
                .contains("samples to write             3", "verdict", "possible")
                .containsPattern("reads of the vault about +[0-9]+ requests, [0-9,]+ bytes");
        assertThat(restore("--dry-run")).isZero();
        assertThat(files()).isEqualTo(files);
        assertThat(run("--json", "target", "test", "dr")).isZero();
        assertThat(out).contains("\"newest\":\"none\"");
    }

    @Test
    void H01_theSameAgainIsPointedToARunId() {
        assertThat(restore()).isZero();
        assertThat(restore()).isEqualTo(2);
        assertThat(err).contains("runId");
        assertThat(restore("--run-id", "2")).isZero();
        assertThat(out).contains("already there          3", "written                0");
    }

    @Test
    void aStandbyFollowsAndGoesOnWhereItWas() {
        assertThat(restore("--follow", "--for", "1s")).isZero();
        assertThat(out)
                .isEqualTo(
                        "prod into dr: DONE until 2026-01-01T06:00:00.000Z; 3 samples written, 3 in"
                                + " all; 0 there before, 0 missing, 0 with another value\n");
        terminal().fill(3, 2);

        assertThat(
                        run(
                                "--json",
                                "restore",
                                "--stream",
                                "prod",
                                "--target",
                                "dr",
                                "--follow",
                                "--for",
                                "1s"))
                .isZero();
        assertThat(out.lines()).hasSize(1);
        assertThat(json())
                .containsEntry("written", Json.of(5))
                .containsEntry("until", Json.of("2026-01-01T10:00:00.000Z"));

        assertThat(run("job", "list")).isZero();
        assertThat(out).contains("RUNNING", "prod into dr");
        String id = out.substring(0, 32);
        assertThat(run("job", "cancel", id)).isZero();
        assertThat(run("job", "show", id, "--watch")).isEqualTo(Failure.STOPPED);
        assertThat(out).contains("CANCELLED", "until 2026-01-01T10:00:00.000Z", "5 written");
    }

    @Test
    void aFollowHasNoEnd() {
        assertThat(restore("--follow", "--to", "2026-01-01T04:00:00Z")).isEqualTo(2);
        assertThat(err).contains("it has no end");
        assertThat(run("restore", manifest("{}").toString(), "--follow")).isEqualTo(2);
        assertThat(err).contains("\"follow\": true");
    }

    @Test
    void aJobThatHasEndedIsWatchedOnce() {
        assertThat(restore()).isZero();
        assertThat(run("job", "list")).isZero();
        String id = out.substring(0, 32);

        assertThat(run("job", "show", id, "--watch")).isZero();
        assertThat(out.lines()).hasSize(1);
        assertThat(out).contains("DONE", "100 %", "3 written");
        assertThat(run("--json", "job", "show", id, "--watch")).isZero();
        assertThat(json())
                .containsEntry("state", Json.of("DONE"))
                .containsEntry("written", Json.of(3));
    }

    @Test
    void jobsAreListedAndShown() {
        assertThat(run("job", "list")).isZero();
        assertThat(out).contains("nothing was ever restored");
        assertThat(restore()).isZero();

        assertThat(run("job", "list")).isZero();
        assertThat(out).contains("DONE", "prod into dr");
        String id = out.substring(0, 32);
        assertThat(run("job", "show", id.substring(0, 6))).isZero();
        assertThat(out).contains(id, "\"samplesInBackup\":3");
        assertThat(run("job", "show", "zz")).isEqualTo(2);
        assertThat(err).contains("see tsvault job list");
    }

    @Test
    void H27_aJobOfWhichNothingIsHeardSaysSo() {
        Clock hourAgo = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        String id = begun(hourAgo);
        String since = "no word of it since ";
        String next = "tsvault job resume " + id;

        assertThat(run("job", "list")).isZero();
        assertThat(out).contains("RUNNING", since, next);
        assertThat(run("job", "show", id)).isZero();
        assertThat(out).contains("RUNNING", since, next);
        assertThat(run("--json", "job", "show", id)).isZero();
        assertThat(json()).containsKey("silentSince").containsEntry("state", Json.of("RUNNING"));
        assertThat(run("job", "resume", id)).isZero();
        assertThat(run("job", "list")).isZero();
        assertThat(out).contains("DONE").doesNotContain(since);
    }

    /// A job that was asked for by this clock, and then nothing was done.
    private String begun(Clock clock) {
        Surroundings real = Surroundings.real("test");
        Surroundings past =
                new Surroundings(
                        clock, real.random(), real.pause(), real.parallel(), real.writer());
        Vault vault = Vault.open(new VaultAddress(folder.resolve("v").toString()).open(), past);
        String text = "{\"tsvaultManifest\": 1, \"stream\": \"prod\", \"target\": \"dr\"}";
        Manifest manifest = Manifest.read(text.getBytes(StandardCharsets.UTF_8));
        try (Target target = Targets.open(Map.of("url", twin.uri().toString()))) {
            Restored begun =
                    new Restorer(
                                    vault,
                                    target,
                                    new Restorer.Surroundings(
                                            clock, real.pause(), Instant.MIN, Watcher.SILENT))
                            .run(Restoration.TENANT, manifest);
            return begun.job();
        }
    }

    @Test
    void H06_allThatIsUnknownIsToldAtOnce() {
        String text =
                "{\"tsvaultManifest\": 1, \"stream\": [\"b\", \"prod\", \"a\"], \"target\": \"c\"}";

        for (String command : List.of("restore", "plan")) {
            assertThat(run(command, manifest(text).toString())).isEqualTo(2);
            assertThat(err)
                    .contains(
                            "/stream: no stream is called a, there is prod",
                            "/stream: no stream is called b",
                            "/target: no target is called c, there is dr");
        }
        assertThat(run("restore", "--stream", "a", "--target", twin.uri().toString())).isEqualTo(2);
        assertThat(err).contains("/stream").doesNotContain("/target", "registered");
    }

    @Test
    void H03_aJobIsCancelledAndResumed() {
        twin.close();
        assertThat(restore()).isEqualTo(1);
        try (Twin again = Twin.of(Generation.V3_5)) {
            assertThat(run("target", "add", "dr", "--replace", "--url", again.uri().toString()))
                    .isZero();
            terminal().log().append(_ -> Optional.of(new Gap(Terminal.slice(3), "away")));
            assertThat(restore()).isEqualTo(3);
            assertThat(out).contains(": PARTIAL", "is missing from 2026-01-01T06:00:00Z");

            assertThat(run("job", "list")).isZero();
            String id = out.substring(0, 32);
            assertThat(run("job", "cancel", id)).isZero();
            assertThat(out).contains("has come to an end already: PARTIAL");
            assertThat(run("job", "resume", id)).isEqualTo(3);
            assertThat(out).contains("already there          3");
        }
    }

    private String restored() {
        assertThat(restore()).isZero();
        assertThat(run("job", "list")).isZero();
        return out.substring(0, 32);
    }

    @Test
    void H03_whoCancelsWhatNobodyWorksOnReleasesItsPins() {
        String id = restored();
        StreamLog log = terminal().log();
        log.append(_ -> Optional.of(new Pin("restore-" + id, TimeRange.ALL, "restore into dr")));
        Vault vault = terminal().vault();
        vault.append(LogName.ofRestore(id), _ -> Optional.of(new Resume("and is killed")));

        assertThat(run("hold", "prod", "restore-" + id, "--release")).isEqualTo(Failure.REFUSED);
        assertThat(out).contains("that restore has not ended", "tsvault job cancel " + id);
        log.refresh();
        assertThat(log.state().pins()).hasSize(1);

        assertThat(run("job", "cancel", id)).isZero();
        assertThat(out).contains("will stop", "its pins are released: prod");
        assertThat(terminal().log().state().pins()).isEmpty();
        assertThat(run("job", "cancel", id)).isZero();
        assertThat(out).contains("CANCELLED").doesNotContain("released");
    }

    @Test
    void O14_whatAFailedRestoreHoldsIsToldAndLetGoByEitherCommand() {
        String id = restored();
        Report failed = new Report(2, "FAILED", "0".repeat(64));
        terminal().vault().append(LogName.ofRestore(id), _ -> Optional.of(failed));
        Pin pin = new Pin("restore-" + id, TimeRange.ALL, "restore into dr");
        terminal().log().append(_ -> Optional.of(pin));
        assertThat(run("status")).isZero();
        assertThat(out).contains("it has ended, FAILED; to let go: tsvault job cancel " + id);
        assertThat(run("job", "cancel", id)).isZero();
        assertThat(out).contains("has come to an end already: FAILED; its pins are released: prod");
        terminal().log().append(_ -> Optional.of(pin));
        assertThat(run("hold", "prod", pin.holder(), "--release")).isZero();
        assertThat(terminal().log().state().pins()).isEmpty();
    }

    @Test
    void whatIsRefusedBeforeTheFirstWriteExitsWithFour() {
        assertThat(
                        run(
                                "restore",
                                "--stream",
                                "prod",
                                "--target",
                                "dr",
                                "--from",
                                "2026-01-01T04:00:00Z"))
                .isZero();

        assertThat(restore()).isEqualTo(4);
        assertThat(out).contains(": REFUSED", "out_of_order_time_window");
        assertThat(run("plan", "--stream", "prod", "--target", "dr")).isEqualTo(4);
    }

    @Test
    void T28_overwritingIsRefusedWhereNothingCanBeDeleted() {
        assertThat(restore("--overlap", "overwrite")).isEqualTo(2);
        assertThat(err).contains("name the target once more");
        assertThat(restore("--overlap", "overwrite", "--confirm", "dr")).isEqualTo(4);
        assertThat(out).contains("REFUSED", "overlap overwrite");
        assertThat(run("job", "list")).isZero();
        assertThat(run("job", "undo", out.substring(0, 32))).isEqualTo(2);
        assertThat(err).contains("has replaced nothing");
    }

    @Test
    void theTargetIsBackedUpFirstWhenThatIsAskedFor() {
        assertThat(restore("--to", "2026-01-01T04:00:00Z")).isZero();

        assertThat(restore("--backup-first")).as("%s %s", out, err).isZero();

        assertThat(out).contains("what the target had is kept in stream before-");
        assertThat(run("list")).isZero();
        assertThat(out).contains("before-");
    }

    @Test
    void aPlanTellsOfEveryMetric() {
        assertThat(restore("--to", "2026-01-01T04:00:00Z")).isZero();

        assertThat(run("plan", "--stream", "prod", "--target", "dr")).isZero();
        assertThat(out).contains("metric", "different", "missing", "will take about");
        assertThat(run("--json", "plan", "--stream", "prod", "--target", "dr")).isZero();
        assertThat(out).contains("\"advice\":\"skip\"", "\"equal\":2", "\"requests\":");
    }

    @Test
    void H06_aBadManifestTouchesNothing() {
        long files = files();
        for (String bad :
                List.of(
                        "no JSON",
                        "{}",
                        "{\"tsvaultManifest\": 1, \"stream\": \"prod\", \"traget\": \"dr\"}",
                        "{\"tsvaultManifest\": 1, \"stream\": \"prod\", \"target\": \"none\"}",
                        "{\"tsvaultManifest\": 1, \"stream\": \"pord\", \"target\": \"dr\"}",
                        "[".repeat(10_000),
                        " ".repeat(300_000))) {
            String start = bad.substring(0, Math.min(bad.length(), 90));
            assertThat(run("restore", manifest(bad).toString())).as(start).isEqualTo(2);
            assertThat(err).as(start).startsWith("tsvault: ").doesNotContain("this is a bug");
            assertThat(out).as(start).isEmpty();
        }
        assertThat(files()).isEqualTo(files);
    }

    @Test
    void aManifestAndOptionsExcludeEachOther() {
        assertThat(run("restore")).isEqualTo(2);
        assertThat(run("restore", manifest("{}").toString(), "--stream", "prod")).isEqualTo(2);
        assertThat(run("restore", "--stream", "prod")).isEqualTo(2);
        assertThat(run("restore", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err).contains("there is no file");
    }
}
