package io.tsvault.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.json.Json;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

class ReportPageTest {
    private static final Json MISSING =
            Json.object()
                    .with("kind", "MISSING")
                    .with("series", "m{path=\"</td><script>alert(1)</script>&\"}")
                    .with("from", "2026-01-01T00:00:00Z")
                    .with("to", "2026-01-01T01:00:00Z")
                    .with("samples", 240)
                    .with("expected", "1.5")
                    .with("actual", "");
    private static final Json LETTER =
            Json.object()
                    .with("series", "m")
                    .with("time", "2026-01-01T00:00:00Z")
                    .with("reason", "OUT_OF_ORDER")
                    .with("message", "400 out of order sample");

    private static Json.Members report() {
        return Json.object()
                .with("job", "0123abcd")
                .with("state", "PARTIAL")
                .with("manifest", Json.object().with("target", "dr"))
                .with("samplesInBackup", 2_772_000)
                .with("alreadyThere", 1_000_000)
                .with("written", 1_771_760)
                .with("missing", 240)
                .with("conflicts", 0)
                .with("notes", List.of("not everything is there"))
                .with("differences", Json.of(List.of(MISSING)))
                .with("deadLetters", Json.of(List.of(LETTER)))
                .with("files", List.of("restores/0123abcd/missing-1.jsonl.gz"));
    }

    private static String page(Json report) {
        return new String(ReportPage.of(report), StandardCharsets.UTF_8);
    }

    @Test
    void itSaysWhatCameOfItAndNamesWhatIsNot() {
        assertThat(page(report()))
                .contains("<span class=\"partial\">PARTIAL</span>")
                .contains("2,771,760 of 2,772,000 samples")
                .contains("<td class=\"number\">240<td>are missing")
                .doesNotContain("have another value")
                .contains("not everything is there")
                .contains("2026-01-01T01:00:00Z")
                .contains("400 out of order sample")
                .contains("missing-1.jsonl.gz")
                .contains("{&quot;target&quot;:&quot;dr&quot;}");
    }

    @Test
    void labelsAreNoMarkup() {
        assertThat(page(report()))
                .contains("&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;")
                .doesNotContain("<script");
    }

    @Test
    void aLongListIsCutAndSaysSo() {
        Json many = Json.of(Collections.nCopies(1_001, MISSING));

        assertThat(page(report().with("differences", many)))
                .contains("The first 1,000;")
                .satisfies(page -> assertThat(page.split("<td>missing", -1)).hasSize(1_001));
    }

    @Test
    void whatIsNotThereIsNotShown() {
        Json nothing = Json.of(List.of());
        assertThat(
                        page(
                                report().with("differences", nothing)
                                        .with("deadLetters", nothing)
                                        .with("files", List.of())))
                .doesNotContain("<h2>Differences")
                .doesNotContain("<h2>Refused")
                .doesNotContain("<h2>Files");
    }
}
