package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Gate;
import io.tsvault.lab.proxy.Reply;
import io.tsvault.lab.proxy.Request;
import io.tsvault.lab.proxy.Script;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A backup as a person runs it.
class BackupCommandTest {
    private static final String NOWHERE = "http://127.0.0.1:9";
    private static final long WINDOW_MS = Duration.ofHours(2).toMillis();
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Fault.Pass PASS = new Fault.Pass();

    @TempDir private Path folder = Path.of("");

    private String out = "";
    private String err = "";

    private int run(String... args) {
        Terminal terminal = new Terminal(vault());
        int code = terminal.run(args);
        out = terminal.out();
        err = terminal.err();
        return code;
    }

    private String vault() {
        return folder.resolve("v").toString();
    }

    private StreamState state(String stream) {
        return Vault.open(new VaultAddress(vault()).open(), Surroundings.real("test")).stream(
                        stream)
                .state();
    }

    @Test
    @Tag("slow")
    void oneLineMakesWhatIsMissingAndSaysSo() throws Exception {
        try (Fed fed = Fed.twin()) {
            assertThat(run("backup", "--source", fed.url(), "--to", Fed.END)).as(err).isZero();
            String name = "127-0-0-1-" + fed.uri().getPort();
            assertThat(err)
                    .contains("a vault")
                    .contains("registered %s as source %s".formatted(fed.url(), name))
                    .contains("registered stream default of source " + name)
                    .contains("default: 2 slices due, from 2026-03-01T00:00:00.000Z");
            assertThat(out)
                    .contains("default: 2 slices kept by remote-read")
                    .contains("%,d samples".formatted(fed.samples()))
                    .contains("backed up until 2026-03-01T04:00:00.000Z");
            long records = state("default").slices().size();

            assertThat(run("backup", "--source", fed.url(), "--to", Fed.END)).as(err).isZero();
            assertThat(out).contains("default: nothing new is kept; backed up until");
            assertThat(err).doesNotContain("registered").doesNotContain("a vault");
            assertThat(run("backup", "--to", Fed.END)).isZero();
            assertThat(state("default").slices()).hasSize((int) records);
        }
    }

    @Test
    void beforeTheFirstRunItIsToldWhatItTakes() throws Exception {
        try (Fed fed = Fed.twin()) {
            assertThat(run("backup", "--source", fed.url(), "--to", Fed.END, "--dry-run")).isZero();
            assertThat(out)
                    .contains("history          from 2026-03-01T00:00:00.000Z: 2 slices")
                    .contains("at 0.6 bytes per sample")
                    .contains("by remote-read");
            assertThat(folder.resolve("v")).doesNotExist();
            assertThat(run("--json", "backup", "--source", fed.url(), "--dry-run", "--to", Fed.END))
                    .isZero();
            assertThat(out)
                    .contains("\"dryRun\":true")
                    .contains("\"slices\":2")
                    .doesNotContain("committed");
            assertThat(run("--json", "backup", "--source", fed.url(), "--to", Fed.END))
                    .as(err)
                    .isZero();
            assertThat(err).contains("default: about what this takes");
            assertThat(out).contains("\"forecast\":{\"from\":").contains("\"committed\":2");
            assertThat(run("--json", "backup", "--to", Fed.END)).isZero();
            assertThat(out + err).doesNotContain("forecast").doesNotContain("takes");
            assertThat(run("backup", "--dry-run", "--to", Fed.END)).isZero();
            assertThat(out).contains("default: nothing is due");
        }
    }

    @Test
    void theDocumentIsWhatScriptsRelyOn() throws Exception {
        try (Fed fed = Fed.twin()) {
            assertThat(run("--json", "backup", "--source", fed.url(), "--to", Fed.END)).isZero();
            assertThat(fields(out))
                    .contains(
                            "stream",
                            "committed",
                            "empty",
                            "gaps",
                            "amended",
                            "samples",
                            "series",
                            "storedBytes")
                    .contains("watermark", "mode")
                    .doesNotContain("problem");
            assertThat(out)
                    .contains("\"stream\":\"default\"")
                    .contains("\"committed\":2")
                    .contains("\"gaps\":[]")
                    .contains("\"samples\":" + fed.samples())
                    .contains("\"series\":" + series(fed))
                    .contains("\"watermark\":\"2026-03-01T04:00:00.000Z\"")
                    .contains("\"mode\":\"remote-read\"");
        }
    }

    /// The most that one of the two slices has.
    private long series(Fed fed) {
        return state("default").slices().stream()
                .mapToLong(
                        settled ->
                                settled.chunks().stream()
                                        .mapToLong(chunk -> chunk.summary().series())
                                        .sum())
                .max()
                .orElse(fed.samples());
    }

    private static List<String> fields(String document) throws IOException {
        List<String> fields = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(document)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                fields.add(json.currentName());
                json.nextToken();
                json.skipChildren();
            }
            assertThat(json.nextToken()).isNull();
        }
        return fields;
    }

    @Test
    void onlyWhatIsAskedForIsKept() throws Exception {
        try (Fed fed = Fed.twin()) {
            String middle = "2026-03-01T02:00:00Z";
            assertThat(run("backup", "--source", fed.url(), "--from", middle, "--to", Fed.END))
                    .isZero();
            assertThat(out).contains("1 slice kept");
            assertThat(state("default").slices())
                    .singleElement()
                    .satisfies(
                            slice ->
                                    assertThat(Times.text(slice.slice().startMs()))
                                            .isEqualTo("2026-03-01T02:00:00.000Z"));
        }
    }

    @Test
    @Tag("slow")
    void severalStreamsAreOneDocument() throws Exception {
        try (Fed fed = Fed.twin()) {
            run("init");
            run("source", "add", "a", "--url", fed.url());
            run("stream", "add", "x", "--source", "a", "--selector", "up");
            run("stream", "add", "y", "--source", "a", "--mode", "raw", "--include", "up");
            assertThat(run("--json", "backup", "--to", Fed.END)).as(err).isZero();
            assertThat(fields(out)).containsExactly("streams");
            assertThat(out).contains("\"stream\":\"x\"").contains("\"mode\":\"raw\"");
            assertThat(run("backup", "x", "--to", Fed.END)).isZero();
            assertThat(out).startsWith("x: nothing new").doesNotContain("y:");
            assertThat(run("backup", "z")).isEqualTo(2);
            assertThat(err).contains("no stream is called z; there is x, y");
        }
    }

    @Test
    @Tag("slow")
    void aSliceInPartsHoldsWhatItHoldsInOne() throws Exception {
        Instant fourHoursAgo = Instant.now().minus(Duration.ofHours(4));
        try (Fed fed = Fed.twin(fourHoursAgo)) {
            run("init");
            run("source", "add", "a", "--url", fed.url());
            String[] inParts = {"stream", "add", "x", "--source", "a", "--shards", "3"};
            assertThat(run(inParts)).as(err).isZero();
            run("stream", "show", "x");
            assertThat(out).containsPattern("parts +[a-z_]+,[a-z_]+\n");
            run("stream", "add", "y", "--source", "a");
            String end =
                    Times.text(
                            Math.floorDiv(fourHoursAgo.toEpochMilli(), WINDOW_MS) * WINDOW_MS
                                    + 2 * WINDOW_MS);

            assertThat(run("backup", "--to", end)).as(err).isZero();

            assertThat(samples("x")).isEqualTo(samples("y")).isPositive();
        }
    }

    @Test
    @Tag("slow")
    void aDamagedStreamDoesNotKeepTheOthersFromBeingKept() throws Exception {
        try (Fed fed = Fed.twin()) {
            run("init");
            run("source", "add", "a", "--url", fed.url());
            run("stream", "add", "x", "--source", "a", "--selector", "up");
            run("stream", "add", "y", "--source", "a", "--selector", "up");
            run("backup", "--to", "2026-03-01T02:00:00Z");
            try (Stream<Path> records = Files.list(folder.resolve("v/streams/x/log"))) {
                for (Path record : records.toList()) {
                    Files.writeString(record, "{}");
                }
            }

            assertThat(run("backup", "--to", Fed.END)).as(out + err).isEqualTo(3);

            assertThat(out)
                    .contains("x: nothing could be kept", "damaged: ", "vault repair")
                    .contains("y: 1 slice kept");
            assertThat(run("--json", "backup", "--to", Fed.END)).isEqualTo(3);
            assertThat(fields(out)).containsExactly("streams");
            assertThat(out).contains("{\"problem\":\"damaged: ", "\"stream\":\"x\"");
        }
    }

    @Test
    @Tag("slow")
    void twoAtOnceOnAFreshPlaceFindWhatTheFirstHasMade() throws Exception {
        try (Fed fed = Fed.twin();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            CyclicBarrier barrier = new CyclicBarrier(2);
            Callable<Terminal> line =
                    () -> {
                        Terminal terminal = new Terminal(vault());
                        int _ = barrier.await(30, TimeUnit.SECONDS);
                        int code = terminal.run("backup", "--source", fed.url(), "--to", Fed.END);
                        assertThat(code).as(terminal.out() + terminal.err()).isZero();
                        return terminal;
                    };
            for (Future<Terminal> ended : threads.invokeAll(List.of(line, line))) {
                assertThat(ended.get().out()).contains("backed up until 2026-03-01T04:00");
            }
            assertThat(state("default").slices()).hasSize(2);
        }
    }

    @Test
    void aVaultThatAnotherMakesAtThisMomentIsTheVault() {
        List<Vault> others = new ArrayList<>();
        MemoryStore store = new MemoryStore();
        ObjectStore raced =
                racing(store, () -> others.add(Vault.init(store, VaultTask.surroundings())));

        VaultTask.Found found = VaultTask.openOrMade(raced);

        assertThat(found.made()).isFalse();
        assertThat(found.vault().id()).isEqualTo(others.getFirst().id());
    }

    @Test
    @Tag("slow")
    void S31_aRangeFromYearsBeforeTheSourceIsOneGap() throws Exception {
        try (Fed fed = Fed.twin()) {
            String from = "2016-01-01T00:00:00Z";
            assertThat(run("backup", "--source", fed.url(), "--from", from, "--to", Fed.END))
                    .as(err)
                    .isEqualTo(3);
            assertThat(out).contains("2 slices kept", "1 gap;", "backed up until 2026-03-01T04");
            assertThat(state("default").slices()).hasSize(3);
        }
    }

    private long samples(String stream) {
        return state(stream).slices().stream()
                .flatMap(settled -> settled.chunks().stream())
                .mapToLong(chunk -> chunk.summary().samples())
                .sum();
    }

    @Test
    void aWrongNumberOfPartsIsRefusedBeforeAnybodyIsAsked() {
        run("init");
        run("source", "add", "a", "--url", NOWHERE);
        assertThat(run("stream", "add", "x", "--source", "a", "--shards", "0")).isEqualTo(2);
        assertThat(err).contains("--shards 0: give a number from 1 to 9999, or auto");
        assertThat(run("stream", "add", "x", "--source", "a", "--shards", "2")).isEqualTo(1);
        assertThat(run("stream", "show", "x")).isEqualTo(2);
    }

    @Test
    void aSourceWithoutDataCannotBeDivided() throws Exception {
        try (Fed fed = Fed.twin()) {
            run("init");
            run("source", "add", "a", "--url", fed.url());
            assertThat(run("stream", "add", "x", "--source", "a", "--shards", "3")).isEqualTo(2);
            assertThat(err).contains("holds nothing, so it cannot be divided");
        }
    }

    @Test
    void withoutTimeNothingIsBegunAndWhatIsLeftIsTold() throws Exception {
        try (Fed fed = Fed.twin()) {
            run("init");
            run("source", "add", "a", "--url", fed.url());
            String[] stream = {"stream", "add", "x", "--source", "a", "--start", Fed.START};
            assertThat(run(stream)).as(err).isZero();
            assertThat(run("backup", "--to", Fed.END, "--for", "1ms")).as(out).isEqualTo(5);
            assertThat(out)
                    .contains("x: nothing new is kept", "2 still due", "no time was left to begin");
            assertThat(run("backup", "--to", Fed.END, "--for", "1h")).as(out + err).isZero();
        }
    }

    @Test
    void aFirstRunWithoutTimeIsStoppedAndMakesNothing() throws Exception {
        try (Fed fed = Fed.twin()) {
            assertThat(run("backup", "--source", fed.url(), "--for", "1ms")).as(err).isEqualTo(5);
            assertThat(out).contains("no time was left to begin", "--for");
            assertThat(run("status")).isEqualTo(2);
        }
    }

    @Test
    @Tag("slow")
    void aSourceThatNeverAnswersIsCutAtTheDeadlineAndOthersHadTheirTurn() throws Exception {
        try (Fed fed = Fed.twin();
                FaultProxy silent =
                        FaultProxy.to(
                                fed.uri(),
                                Script.always(new Fault.Delay(Fault.Leg.RESPONSE, MINUTE)))) {
            run("init");
            run("source", "add", "a", "--url", fed.url());
            run("source", "add", "b", "--url", silent.uri().toString());
            run("stream", "add", "x", "--source", "a", "--selector", "up");
            run("stream", "add", "y", "--source", "b", "--selector", "up");
            assertThat(run("backup", "--to", Fed.END, "--for", "4s")).as(out).isEqualTo(5);
            assertThat(out).contains("y: ", "not done in the last", "of this run");
        }
    }

    @Test
    @Tag("slow")
    void aWatchPrintsALineOfJsonInEachRoundAndNothingElse() throws Exception {
        try (Fed fed = Fed.twin()) {
            String[] all = {
                "--json",
                "backup",
                "--source",
                fed.url(),
                "--to",
                Fed.END,
                "--watch",
                "100ms",
                "--for",
                "20s"
            };
            assertThat(run(all)).as(err).isZero();
            List<String> lines = out.lines().toList();
            assertThat(lines).hasSizeGreaterThan(1);
            for (String line : lines) {
                assertThat(fields(line)).contains("stream", "committed");
            }
            assertThat(lines.getFirst()).contains("\"committed\":2");
            assertThat(lines.getLast()).contains("\"committed\":0");
            assertThat(err).doesNotContain("slice ", "slices kept");
        }
    }

    @Test
    @Tag("slow")
    void aGapIsToldByTheCode() throws Exception {
        try (Fed fed = Fed.twin()) {
            String before = "2026-02-28T22:00:00Z";
            String[] all = {"--source", fed.url(), "--start", before, "--to", Fed.END};
            List<String> args = new ArrayList<>(List.of("--json", "backup"));
            args.addAll(List.of(all));
            assertThat(run(args.toArray(String[]::new))).isEqualTo(3);
            assertThat(out)
                    .contains(
                            "\"gaps\":[{\"from\":\"2026-02-28T22:00:00.000Z\","
                                    + "\"to\":\"2026-03-01T00:00:00.000Z\"}]");
        }
    }

    @Test
    @Tag("slow")
    void S01_aServerThatIsNotThereIsTriedAgainAndTheVaultRemembers() {
        run("init");
        run("source", "add", "a", "--url", NOWHERE);
        run("stream", "add", "x", "--source", "a");
        assertThat(run("status")).isZero();
        assertThat(out).contains("x\n  state            fine");

        assertThat(run("--json", "backup")).isEqualTo(1);

        assertThat(out).contains("\"problem\":\"x from source a: GET " + NOWHERE);
        assertThat(err).contains("try 1 of 4, trying again in 2 s", "the same again; try 3 of 4");
        int _ = run("--json", "status");
        assertThat(out).contains("\"state\":\"failing\"", "\"problem\":\"GET " + NOWHERE);
    }

    @Test
    @Tag("slow")
    void S01_aDeadAddressLeavesNothingBehind() {
        assertThat(run("backup", "--source", NOWHERE)).isEqualTo(1);
        assertThat(err).contains(NOWHERE);
        assertThat(folder.resolve("v")).doesNotExist();
    }

    @Test
    void whatContradictsItselfLeavesNothingBehind() throws Exception {
        try (Fed fed = Fed.twin()) {
            String[] wrongMode = {"backup", "--source", fed.url(), "--mode", "export"};
            assertThat(run(wrongMode)).as(out).isEqualTo(2);
            assertThat(err).contains("--mode export: this source can be read by");
            assertThat(run("backup", "x", "y", "--source", fed.url())).isEqualTo(2);
            assertThat(run("backup", "--source", fed.url(), "--slice", "7m")).isEqualTo(2);
            assertThat(folder.resolve("v")).doesNotExist();
        }
    }

    @Test
    void whatContradictsTheVaultChangesNothing() throws Exception {
        try (Fed fed = Fed.twin()) {
            run("init");
            run("source", "add", "other", "--url", NOWHERE);
            run("stream", "add", "default", "--source", "other");
            assertThat(run("backup", "--source", fed.url())).isEqualTo(2);
            assertThat(err).contains("stream default has source other and not 127-0-0-1-");
            run("source", "list");
            assertThat(out).contains("other").doesNotContain(fed.url());
        }
    }

    @Test
    void S15_aWrongPasswordIsForAPerson() throws Exception {
        Reply refused = new Reply(401, Map.of("Content-Type", "text/plain"), "who are you?");
        try (Fed fed = Fed.twin();
                FaultProxy proxy =
                        FaultProxy.to(fed.uri(), Script.always(new Fault.Answer(refused)))) {
            assertThat(run("backup", "--source", proxy.uri().toString())).isEqualTo(2);
            assertThat(err).contains("401");
            assertThat(folder.resolve("v")).doesNotExist();
        }
    }

    @Test
    void S15_whatFailsLaterIsADoubtAndDoesNotHideWhatIsKept() throws Exception {
        Reply refused = new Reply(401, Map.of("Content-Type", "text/plain"), "who are you?");
        try (Fed fed = Fed.twin();
                FaultProxy proxy =
                        FaultProxy.to(fed.uri(), Script.always(new Fault.Answer(refused)))) {
            run("init");
            run("source", "add", "a", "--url", fed.url());
            run("stream", "add", "x", "--source", "a");
            assertThat(run("backup", "--to", Fed.END)).as(err).isZero();
            run("source", "add", "a", "--replace", "--url", proxy.uri().toString());

            assertThat(run("backup")).isEqualTo(3);

            assertThat(out)
                    .contains("backed up until 2026-03-01T04:00:00.000Z", "401")
                    .doesNotContain("nothing is kept yet");
            assertThat(run("--json", "backup")).isEqualTo(3);
            assertThat(out)
                    .contains("\"watermark\":\"2026-03-01T04:00:00.000Z\"")
                    .contains("\"halted\":false");
            assertThat(run("status")).isEqualTo(3);
            assertThat(out).contains("failing since", "mend that, and the next run goes on");
        }
    }

    @Test
    void S32_selectorsThatMatchNothingAreADoubt() throws Exception {
        try (Fed fed = Fed.twin()) {
            String[] misspelt = {"backup", "--source", fed.url(), "--include", "no_such"};
            assertThat(run(misspelt)).isEqualTo(3);
            assertThat(out)
                    .contains("no series of this source match", "no_such", "nothing is kept yet")
                    .contains("tsvault stream add default --replace");
            assertThat(run("status")).isEqualTo(3);
            assertThat(out).contains("failing since", "no series of this source match");
            assertThat(run("backup", "--dry-run")).isEqualTo(2);
            assertThat(out).contains("no series of this source match");
        }
    }

    @Test
    void S02_whereTlsFailsTheCommandsAreNamedThatHelp() throws Exception {
        byte[] alert = HexFormat.of().parseHex("15030300020228"); // fatal, handshake_failure
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread answering =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try (Socket client = server.accept()) {
                                            int _ = client.getInputStream().read(new byte[4096]);
                                            client.getOutputStream().write(alert);
                                            int _ = client.getInputStream().read();
                                        } catch (IOException e) {
                                            throw new UncheckedIOException(e);
                                        }
                                    });
            String url = "https://127.0.0.1:" + server.getLocalPort();
            assertThat(run("backup", "--source", url)).as(err).isEqualTo(2);
            answering.join();
            assertThat(err)
                    .contains("tsvault init, then tsvault source add 127-0-0-1-")
                    .contains(
                            "--url %s --ca-file FILE, then tsvault backup --source".formatted(url));
            assertThat(folder.resolve("v")).doesNotExist();
        }
    }

    @Test
    void S15_aVariableThatIsNotSetIsNamedWithItsSource() {
        run("init");
        run("source", "add", "a", "--url", NOWHERE, "--bearer-env", "NOT_SET_HERE");
        assertThat(run("source", "test", "a")).isEqualTo(2);
        assertThat(err)
                .contains("source a: the environment variable NOT_SET_HERE is not set")
                .contains("export it where tsvault runs");
    }

    @Test
    @Tag("slow")
    void S17_whatIsNotWholeIsToldByTheCode() throws Exception {
        Reply partial =
                new Reply(
                        200,
                        Map.of("Content-Type", "application/json"),
                        """
                        {"status":"success","warnings":["a store is down"],"data":{
                         "resultType":"matrix","result":[{"metric":{"__name__":"up"},
                         "values":[[1772323200,"1"]]}]}}\
                        """);
        Script lying =
                request -> request.is("POST", "/api/v1/query") ? new Fault.Replace(partial) : PASS;
        try (Fed fed = Fed.twin();
                FaultProxy proxy = FaultProxy.to(fed.uri(), lying)) {
            run("init");
            run("source", "add", "a", "--url", proxy.uri().toString());
            String[] stream = {
                "stream",
                "add",
                "x",
                "--source",
                "a",
                "--mode",
                "query-range",
                "--step",
                "30s",
                "--start",
                Fed.START,
                "--accept-partial",
                "--selector",
                "up",
                "--count",
                "off"
            };
            assertThat(run(stream)).as(err).isZero();
            assertThat(run("backup", "--to", "2026-03-01T02:00:00Z")).as(out + err).isEqualTo(3);
            assertThat(out).contains("1 not whole");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--slice 7m | slices of 7m: take 1m to 2h",
                "--mode best | is no way to read: remote-read",
                "--mode query-range | query-range needs a step",
                "--step 30s | a step needs mode query-range",
                "--count maybe | is none of auto",
                "--reread x | reread: \"x\" is no length of time",
                "--selector {{ | selectors: ",
                "--from yesterday | 'yesterday' is no time; write",
                "--from now --to now-1h | --from now is not before --to now-1h",
                "--for soon | --for: \"soon\" is no length of time",
                "--watch 0s | --watch 0s: more than nothing",
                "--external-labels no | is neither keep nor strip",
            })
    void whatIsWrongIsSaidBeforeAnythingIsMade(String options, String message) {
        List<String> args = new ArrayList<>(List.of("backup", "--source", NOWHERE));
        args.addAll(List.of(options.split(" ")));
        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(err).contains(message);
        assertThat(folder.resolve("v")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://a, url: is not like http://host:9090/path",
        "http://user:word@a, password",
        "prod, make a new vault by tsvault init",
    })
    void aWrongSourceMakesNothing(String source, String message) {
        assertThat(run("backup", "--source", source)).isEqualTo(2);
        assertThat(err).contains(message);
        assertThat(folder.resolve("v/vault.json")).doesNotExist();
    }

    @Test
    @Tag("slow")
    void optionsOfAStreamThatIsThereAreNotIgnored() throws Exception {
        try (Fed fed = Fed.twin()) {
            run("backup", "--source", fed.url(), "--to", Fed.END);
            assertThat(run("backup", "--slice", "1h", "--mode", "raw")).isEqualTo(2);
            assertThat(err).contains("mode, slice: ").contains("tsvault stream add --replace");
            assertThat(run("backup", "--source", fed.url(), "--slice", "1h")).isEqualTo(2);
            assertThat(err)
                    .contains("stream default has slice unset and not 1h")
                    .contains("tsvault stream add --replace");
        }
    }

    @Test
    void withoutAnyStreamTheNextStepIsNamed() {
        run("init");
        assertThat(run("backup")).isEqualTo(2);
        assertThat(err).contains("begin by tsvault backup --source URL");
    }

    /// A store to which another writes first.
    private static ObjectStore racing(ObjectStore store, Runnable another) {
        Iterator<Runnable> once = List.of(another).iterator();
        return (ObjectStore)
                Proxy.newProxyInstance(
                        ObjectStore.class.getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (_, method, args) -> {
                            synchronized (once) { // whoever comes meanwhile comes too late
                                if (method.getName().equals("create") && once.hasNext()) {
                                    once.next().run();
                                }
                            }
                            return method.invoke(store, args);
                        });
    }

    @Test
    @Tag("slow")
    void aSignalBetweenTwoRoundsOfAWatchEndsItWithTheLastResult() throws Exception {
        try (Fed fed = Fed.twin()) {
            Process child =
                    Child.start(
                            folder,
                            "--vault",
                            vault(),
                            "--json",
                            "backup",
                            "--source",
                            fed.url(),
                            "--to",
                            Fed.END,
                            "--watch",
                            "1h");
            Path printed = folder.resolve("out");
            while (child.isAlive() && Files.size(printed) == 0) {
                assertThat(child.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
            }
            child.destroy();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(child.exitValue()).isZero();
            assertThat(Files.readString(folder.resolve("err")))
                    .endsWith("tsvault: stopped; the same command goes on from there\n");
            assertThat(Files.readAllLines(printed))
                    .singleElement()
                    .satisfies(line -> assertThat(fields(line)).contains("committed"));
        }
    }

    /// A child, since a signal is for a whole process.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("slow")
    void aSignalSaysHowToGoOnAndTheSameCommandDoes(boolean asJson) throws Exception {
        Gate gate = new Gate();
        Fault hold = new Fault.Hold(Fault.Leg.RESPONSE, gate);
        Script script = request -> isReading(request) ? hold : PASS;
        try (Fed fed = Fed.twin();
                FaultProxy proxy = FaultProxy.to(fed.uri(), script)) {
            String[] backup = {"backup", "--source", proxy.uri().toString(), "--to", Fed.END};
            List<String> args = new ArrayList<>(List.of("--vault", vault()));
            args.addAll(asJson ? List.of("--json") : List.of());
            args.addAll(List.of(backup));
            Process child = Child.start(folder, args.toArray(String[]::new));
            gate.awaitArrival();
            child.destroy();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            gate.release();

            assertThat(child.exitValue()).isEqualTo(5);
            String next = "stopped; what is recorded stays, and the same command goes on";
            assertThat(Files.readString(folder.resolve("err"))).contains(next);
            String document = Files.readString(folder.resolve("out"));
            if (asJson) {
                assertThat(fields(document)).containsExactlyInAnyOrder("error", "code");
                assertThat(document).contains(next, "\"code\":5");
            } else {
                assertThat(document).isEmpty();
            }
            assertThat(run(backup)).as(err).isZero();
            assertThat(out).contains("2 slices kept");
        }
    }

    private static boolean isReading(Request request) {
        return request.is("POST", "/api/v1/read");
    }
}
