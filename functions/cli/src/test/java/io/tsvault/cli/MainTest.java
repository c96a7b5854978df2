package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;

import io.tsvault.core.store.Finding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void theVersionGoesToStdout() {
        assertThat(run("--version")).isZero();
        assertThat(out).asString().startsWith("tsvault ");
        assertThat(err).asString().isEmpty();
    }

    @Test
    void withJsonStdoutIsOneDocument() throws Exception {
        assertThat(run("--json", "lab", "list")).isZero();
        try (JsonParser json = new JsonFactory().createParser(out.toString())) {
            assertThat(json.nextToken().isStructStart()).isTrue();
            json.skipChildren();
            assertThat(json.nextToken()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, backup --vault nowhere",
        "2, status --vault nowhere",
        "2, restore --vault nowhere no-such-manifest.json",
        "2, source --vault nowhere show a",
        "2, inspect no-such-file",
        "2, lab start promtheus",
        "2, backup --bogus",
        "2, bogus",
        "2, source",
        "2, restore",
    })
    void withJsonAFailureIsOneDocumentToo(int code, String command) throws Exception {
        List<String> args = new ArrayList<>(List.of("--json"));
        args.addAll(List.of(command.split(" ")));
        assertThat(run(args.toArray(String[]::new))).isEqualTo(code);
        assertThat(out.toString()).startsWith("{\"code\":" + code + ",\"error\":\"");
        try (JsonParser json = new JsonFactory().createParser(out.toString())) {
            assertThat(json.nextToken().isStructStart()).isTrue();
            json.skipChildren();
            assertThat(json.nextToken()).isNull();
        }
        assertThat(err.toString()).as("for people").isNotEmpty();
    }

    @Test
    void aDocumentThatHasBegunIsNotFollowedByAnother() throws Exception {
        Results results = new Results(new PrintWriter(out));
        results.write("{}".toCharArray(), 0, 2);
        results.end("{\"code\":1}");
        results.write("more".toCharArray(), 0, 4);
        assertThat(out.toString()).isEqualTo("{}");
    }

    @Test
    void wrongUseExitsWithTwoAndSaysWhatIsKnown() {
        assertThat(run("lab", "start", "promtheus")).isEqualTo(2);
        assertThat(err).asString().contains("no server is called 'promtheus'; there are [prom");
        assertThat(out).asString().isEmpty();
    }

    @Test
    void aBadDurationIsRefusedWithExamples() {
        assertThat(LabStartCommand.duration("30d")).isEqualTo(Duration.ofDays(30));
        assertThat(LabStartCommand.duration("12h")).isEqualTo(Duration.ofHours(12));
        assertThat(LabStartCommand.duration("90m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(LabStartCommand.duration("45s")).isEqualTo(Duration.ofSeconds(45));
        for (String bad : List.of("", "30", "0d", "-1d", "1w", "99999999999d")) {
            assertThatThrownBy(() -> LabStartCommand.duration(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("write 30d, 12h, 90m or 45s");
        }
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(run("lab", "--help")).isZero();
        assertThat(run("lab", "start", "--help")).isZero();
        assertThat(out).asString().contains("--out-of-order=WINDOW").contains("fetch");
    }

    @Test
    void aMisspeltVariableIsFoundByTheDoctor() {
        Map<String, String> environment =
                Map.of("TSVAULT_LAB_CAHCE", "x", "TSVAULT_LAB_PROMETEUS_3_5", "y");
        assertThat(variables(environment))
                .extracting(Finding::detail)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("TSVAULT_LAB_CAHCE is set"),
                        second -> assertThat(second).startsWith("TSVAULT_LAB_PROMETEUS_3_5 is"));
    }

    @Test
    void everyVariableThatNamesAProgramIsKnownToTheDoctor() {
        Map<String, String> environment =
                Map.of("TSVAULT_LAB_PROMETHEUS_3_5", "x", "TSVAULT_JAVA_HOME", "y", "OTHER", "z");
        assertThat(variables(environment)).isEmpty();
    }

    private static List<Finding> variables(Map<String, String> environment) {
        return new Machine(environment)
                .examine().stream().filter(finding -> finding.what().equals("variable")).toList();
    }
}
