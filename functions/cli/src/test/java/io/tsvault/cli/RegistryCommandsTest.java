package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Sources and streams as a person registers them.
class RegistryCommandsTest {
    private static final String URL = "http://prometheus:9090";

    @TempDir private Path folder = Path.of("");

    private String out = "";
    private String err = "";

    private int run(String... args) {
        Terminal terminal = new Terminal(folder.resolve("v").toString());
        int code = terminal.run(args);
        out = terminal.out();
        err = terminal.err();
        return code;
    }

    private int run(String command, String options) {
        List<String> args = new ArrayList<>(List.of(command.split(" ")));
        args.addAll(List.of(options.split(" ")));
        return run(args.toArray(String[]::new));
    }

    @BeforeEach
    void make() {
        assertThat(run("init")).isZero();
    }

    @Test
    void aSourceIsRegisteredShownAndForgotten() {
        assertThat(run("source", "list")).isZero();
        assertThat(out).contains("there is no source yet");
        assertThat(run("source", "add", "a", "--url", URL, "--header", "X-Scope-OrgID=prod"))
                .isZero();
        assertThat(out).contains("source a is registered; try it: tsvault source test a");
        assertThat(run("source", "show", "a")).isZero();
        assertThat(out).contains(URL).contains("header.X-Scope-OrgID");
        assertThat(run("--json", "source", "list")).isZero();
        assertThat(out)
                .startsWith("{\"sources\":[{\"name\":\"a\",\"settings\":{")
                .contains("\"url\":\"http://prometheus:9090\"");
        assertThat(run("source", "remove", "a")).isZero();
        assertThat(out).contains("source a is forgotten");
        assertThat(run("source", "show", "a")).isEqualTo(2);
        assertThat(err).contains("no source is called a").contains("tsvault source add");
        assertThat(run("source", "remove", "a")).isEqualTo(2);
    }

    @Test
    void whatIsThereIsOnlyChangedOnPurpose() {
        String other = "http://other:9090";
        assertThat(run("source", "add", "a", "--url", URL)).isZero();
        assertThat(run("source", "add", "a", "--url", URL)).isZero();
        assertThat(run("source", "add", "a", "--url", other)).isEqualTo(2);
        assertThat(err).contains("url is " + URL).contains("change it by --replace");
        assertThat(run("source", "add", "a", "--url", other, "--replace")).isZero();
        assertThat(run("source", "show", "a")).isZero();
        assertThat(out).contains(other);
    }

    @Test
    void whatIsNotSaidStaysWhenOneIsReplaced() {
        run("source", "add", "a", "--url", URL);
        run("stream add x", "--source a --selector up --settle 20m --slice 15m");
        assertThat(run("stream add x", "--replace --settle 30m --unset slice")).as(err).isZero();
        assertThat(out)
                .contains("stream x is changed; epoch 2 begins")
                .contains("settle           20m -> 30m")
                .contains("slice            15m -> not set")
                .doesNotContain("selectors");
        assertThat(run("stream", "show", "x")).isZero();
        assertThat(out).contains("selectors        up").contains("source           a");
        assertThat(run("--json", "stream", "add", "x", "--replace", "--settle", "1h")).isZero();
        assertThat(out)
                .contains("\"epoch\":3")
                .contains("\"changed\":{\"settle\":{\"before\":\"30m\",\"now\":\"1h\"}}");
    }

    @Test
    void whereNothingChangesNoEpochBegins() {
        run("source", "add", "a", "--url", URL);
        assertThat(run("source", "add", "a", "--url", URL, "--replace")).isZero();
        assertThat(out).contains("source a has these settings already: nothing is changed");
        assertThat(run("--json", "source", "add", "a", "--replace")).isZero();
        assertThat(out).contains("\"epoch\":1").contains("\"changed\":{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--replace --unset setle          | --unset setle: that is not set; settle was"
                        + " meant?",
                "--unset settle                   | add --replace",
                "--replace --unset source         | source is missing",
                "--replace --mode raw             | --unset SETTING takes it away",
                "--replace --source b             | no source is called b",
            })
    void aWrongReplacementChangesNothing(String options, String message) {
        run("source", "add", "a", "--url", URL);
        run("stream add x", "--source a --settle 20m --mode query-range --step 30s");
        run("stream", "show", "x");
        String before = out;
        assertThat(run("stream add x", options)).isEqualTo(2);
        assertThat(err).contains(message);
        run("stream", "show", "x");
        assertThat(out).isEqualTo(before);
    }

    @Test
    void whoAsksIsNotForgottenWhenASourceMoves() {
        run("source", "add", "a", "--url", URL, "--bearer-env", "TOKEN", "--header", "X-A=b");
        run("stream add x", "--source a");
        assertThat(run("source add a", "--replace --url http://other:9090")).as(err).isZero();
        assertThat(out)
                .contains("url              http://prometheus:9090 -> http://other:9090")
                .contains("the next backup of x asks whether it is the server");
        run("source", "show", "a");
        assertThat(out).contains("bearer-env       TOKEN").contains("header.X-A");
    }

    @Test
    void aSourceThatIsReadIsNotForgotten() {
        run("source", "add", "a", "--url", URL);
        run("stream add x", "--source a");
        run("stream add y", "--source a");
        assertThat(run("source", "remove", "a")).isEqualTo(2);
        assertThat(err).contains("source a is read by x, y");
        run("stream", "remove", "x");
        run("stream", "remove", "y");
        assertThat(run("source", "remove", "a")).isZero();
    }

    @Test
    void filesAreKnownFromEveryFolder() {
        assertThat(
                        run(
                                "source add a",
                                "--url http://a --bearer-file secret/../token --ca-file ca.pem"))
                .as(err)
                .isZero();
        run("source", "show", "a");
        assertThat(out)
                .contains("bearer-file      " + Path.of("token").toAbsolutePath())
                .contains("ca-file          " + Path.of("ca.pem").toAbsolutePath());
    }

    @Test
    void aSourceIsTriedByNameOrAddress() throws Exception {
        try (Fed fed = Fed.twin()) {
            assertThat(run("source", "test", fed.url())).as(err).isZero();
            assertThat(out)
                    .contains("prometheus 3.5.3")
                    .contains("best way         remote-read loses exemplars")
                    .contains("also             raw loses exemplars, stale markers")
                    .contains("identity         none")
                    .contains("set external_labels under global");
            assertThat(run("source", "add", "a", "--url", fed.url())).isZero();
            assertThat(run("--json", "source", "test", "a")).isZero();
            assertThat(out)
                    .contains("\"product\":\"prometheus\"")
                    .contains("\"way\":\"remote-read\"")
                    .contains("\"loses\":[\"exemplars\"]");
        }
        assertThat(run("source", "test", "a")).isEqualTo(1);
        assertThat(run("source", "test", "b")).isEqualTo(2);
        assertThat(err).contains("no source is called b; there is a");
    }

    @ParameterizedTest
    @CsvSource({
        "--header X=y,                        url is missing",
        "--url prometheus:9090,               url: is not like http://host:9090/path",
        "--url http://u:p@host,               password",
        "--url http://a --timeout total=x,    timeout-total",
        "--url http://a --timeout all=1m,     timeout-all is unknown",
        "--url http://a --username-env U,     password",
        "--url http://a --sign gcp:x,         sign",
        "--url http://a --env-file prod.env,  env-file needs the names of its variables",
    })
    void aWrongSourceIsToldWhatIsWrong(String options, String message) {
        assertThat(run("source add a", options)).isEqualTo(2);
        assertThat(err).contains(message);
        assertThat(run("source", "show", "a")).isEqualTo(2);
    }

    @Test
    @Tag("slow")
    void theIntervalOfScrapesIsMeasuredAndProposedAsAStep() throws Exception {
        try (Fed fed = Fed.twin(Instant.now().minus(Duration.ofHours(4)))) {
            assertThat(run("source", "test", fed.url())).as(err).isZero();
            assertThat(out)
                    .contains("scraped every    10m; on a grid take --mode query-range --step 10m");
            assertThat(run("--json", "source", "test", fed.url())).isZero();
            assertThat(out).contains("\"scrapeInterval\":\"10m\"");
            assertThat(run("backup --source " + fed.url(), "--mode query-range")).isEqualTo(2);
            assertThat(err).contains("the source is scraped every 10m, add --step 10m");
            run("source", "add", "a", "--url", fed.url());
            assertThat(run("stream add x --source a", "--mode query-range")).isEqualTo(2);
            assertThat(err).contains("the source is scraped every 10m, add --step 10m");
        }
    }

    @Test
    void H12_credentialsInAFileOfVariablesAreNeverShown() throws Exception {
        Path env = folder.resolve("prod.env");
        Files.writeString(env, "# who reads\nexport READER_TOKEN='canary-77'\n");
        String options = " --bearer-env READER_TOKEN --env-file " + env;
        assertThat(run("source add a", "--url http://127.0.0.1:9" + options)).as(err).isZero();
        run("source", "show", "a");
        assertThat(out).contains("READER_TOKEN", env.toString());
        assertThat(run("source", "test", "a")).isEqualTo(1);
        assertThat(out + err).contains("Connection refused").doesNotContain("canary");
        Files.writeString(env, "READER_TOKEN canary-77\n");
        assertThat(run("source", "test", "a")).isEqualTo(2);
        assertThat(out + err).contains("line 1 of " + env).doesNotContain("canary");
    }

    @Test
    void aStreamIsRegisteredShownAndForgotten() {
        run("source", "add", "a", "--url", URL);
        assertThat(run("stream add x", "--source a --selector up --slice 15m --start now-7d"))
                .as(err)
                .isZero();
        assertThat(out).contains("stream x is registered; keep it: tsvault backup x");
        assertThat(run("stream", "show", "x")).isZero();
        assertThat(out).contains("slice            15m").contains("selectors        up");
        assertThat(run("stream", "remove", "x")).isZero();
        assertThat(run("stream", "list")).isZero();
        assertThat(out).contains("there is no stream yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--source b                               | no source is called b; there is a",
                "--source a --slice 7m                    | take 1m to 2h, if two hours",
                "--source a --settle soon                 | settle: \"soon\" is no length of time",
                "--source a --mode fast                   | mode: \"fast\" is no way to read",
                "--source a --mode query-range            | query-range needs a step: how often",
                "--source a --mode raw --step 30s         | a step has no meaning",
                "--source a --step 30s                    | a step needs mode query-range",
                "--source a --count never                 | none of auto, always, off",
                "--source a --start yesterday             | is no time; write 2026-01-31T12:00:00Z",
                "--source a --external-labels drop        | neither keep nor strip",
                "--source a --selector up{                | selectors: ",
                "--source a --parallel 0                  | parallel: \"0\" is no number of",
                "--source a --slice 7m --count never      | count: ",
            })
    void aWrongStreamIsToldWhatIsWrong(String options, String message) {
        run("source", "add", "a", "--url", URL);
        assertThat(run("stream add x", options)).isEqualTo(2);
        assertThat(err).contains(message);
        assertThat(run("stream", "show", "x")).isEqualTo(2);
    }
}
