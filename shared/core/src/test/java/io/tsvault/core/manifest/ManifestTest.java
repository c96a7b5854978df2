package io.tsvault.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class ManifestTest {
    static final String REQUIRED = "'tsvaultManifest':1,'stream':'prod','target':'dr'";

    /// A manifest with what is required and more; `'` stands for `"`.
    static byte[] bytes(String more) {
        String comma = more.isEmpty() ? "" : ",";
        return ("{" + REQUIRED + comma + more + "}").replace('\'', '"').getBytes(UTF_8);
    }

    private static Manifest manifest(String more) {
        return Manifest.read(bytes(more));
    }

    private static List<String> problems(byte[] bytes) {
        try {
            throw new AssertionError("read " + Manifest.read(bytes));
        } catch (InvalidManifest e) {
            assertThat(e).hasMessage(String.join("; ", e.problems()));
            return e.problems();
        }
    }

    private static List<String> problems(String more) {
        return problems(bytes(more));
    }

    @Test
    void theSmallestBringsEverythingBack() {
        Manifest manifest = manifest("");
        assertThat(manifest.streams()).containsExactly("prod");
        assertThat(manifest.target()).isEqualTo("dr");
        assertThat(manifest.range()).isEqualTo(TimeRange.ALL);
        assertThat(manifest.selects(Labels.of("a", "b"))).isTrue();
        assertThat(manifest.overlap()).isEqualTo(Overlap.SKIP);
        assertThat(manifest.accept()).isEqualTo(Acceptance.USUAL);
        assertThat(manifest.accept().resampled()).isTrue();
        assertThat(manifest.shift()).isZero();
        assertThat(manifest.samplesPerSecond()).isZero();
        assertThat(manifest.asOf()).isEmpty();
        assertThat(manifest.backupFirst()).isFalse();
        assertThat(manifest)
                .hasToString("{\"stream\":\"prod\",\"target\":\"dr\",\"tsvaultManifest\":1}");
    }

    @Test
    void everythingCanBeSaid() {
        Manifest manifest =
                Manifest.read(
                        """
                        { "tsvaultManifest": 1, "stream": ["prod", "edge"], "target": "dr",
                          "from": "2026-01-01T01:00:00+01:00", "to": "2026-02-01T00:00:00.5Z",
                          "match": ["{job=\\"api\\"}", "up"], "overlap": "overwrite",
                          "confirm": "dr",
                          "relabel": [ { "action": "labeldrop", "regex": "replica" } ],
                          "shift": "-36h", "asOf": "2026-02-03T00:00:00Z",
                          "accept": { "partial": true, "resampled": false, "interleave": true,
                            "unverified": true, "allowSameSource": true },
                          "backupFirst": true,
                          "limits": { "samplesPerSecond": 5000 }, "runId": "again-1" }
                        """
                                .getBytes(UTF_8));
        assertThat(manifest.streams()).containsExactly("edge", "prod");
        assertThat(manifest.from()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(manifest.to()).contains(Instant.parse("2026-02-01T00:00:00.500Z"));
        assertThat(manifest.selects(Labels.of("job", "api"))).isTrue();
        assertThat(manifest.selects(Labels.of("job", "db"))).isFalse();
        assertThat(manifest.relabel()).hasSize(1);
        assertThat(manifest.shift()).isEqualTo(Duration.ofHours(-36));
        assertThat(manifest.accept()).isEqualTo(new Acceptance(true, true, false, true, true));
        assertThat(manifest.confirm()).contains("dr");
        assertThat(manifest)
                .hasToString(
                        """
                        {"accept":{"allowSameSource":true,"interleave":true,"partial":true,\
                        "resampled":false,"unverified":true},"asOf":"2026-02-03T00:00:00Z",\
                        "backupFirst":true,"confirm":"dr","from":"2026-01-01T00:00:00Z",\
                        "limits":{"samplesPerSecond":5000},"match":["{__name__=\\"up\\"}",\
                        "{job=\\"api\\"}"],"overlap":"overwrite",\
                        "relabel":[{"action":"labeldrop","regex":"replica"}],"runId":"again-1",\
                        "shift":"-1d12h","stream":["edge","prod"],"target":"dr",\
                        "to":"2026-02-01T00:00:00.500Z","tsvaultManifest":1}\
                        """);
    }

    @Test
    void H01_theSameManifestIsTheSameJobHoweverItIsSpelled() {
        String one =
                "'from':'2026-01-01T00:00:00Z','match':['up','{job=\\'a\\'}'],'shift':'1d','asOf':"
                        + "'2026-01-02T00:00:00Z'";
        String another =
                " 'shift' : '24h',\n"
                    + "'match':['{job=\\'a\\'}','{__name__=\\'up\\'}','up'],'runId':'',"
                    + "'accept':{'resampled':true},'overlap':'skip','relabel':[],'limits':{},"
                    + "'asOf':'2026-01-02T00:00:00.000+00:00','from':'2025-12-31T19:00:00-05:00'";
        assertThat(manifest(another)).isEqualTo(manifest(one));
        assertThat(manifest(another).canonical()).isEqualTo(manifest(one).canonical());
        assertThat(manifest(another).jobId("acme")).isEqualTo(manifest(one).jobId("acme"));
        assertThat(Manifest.read(manifest(one).canonical())).isEqualTo(manifest(one));
    }

    /// The id as any other program computes it.
    @Test
    void H01_theJobIsAHashOfTenantAndCanonicalBytes() {
        assertThat(manifest("").jobId("acme")).isEqualTo("82e14115bf8c7b93d4887f0bd0192830");
        assertThat(manifest("").jobId("other")).isNotEqualTo(manifest("").jobId("acme"));
        assertThatThrownBy(() -> manifest("").jobId("a\nb")).hasMessageContaining("one line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'runId':'2'",
                "'overlap':'warn'",
                "'to':'2026-01-01T00:00:00Z'",
                "'shift':'-1ms'",
                "'match':['up']",
                "'accept':{'partial':true}",
                "'limits':{'samplesPerSecond':1}",
                "'backupFirst':true",
                "'relabel':[{'target_label':'a'}]",
                "'confirm':'dr'"
            })
    void H02_anEditedManifestIsAnotherJob(String edit) {
        assertThat(manifest(edit).jobId("acme")).isNotEqualTo(manifest("").jobId("acme"));
        assertThat(Manifest.read(manifest(edit).canonical())).isEqualTo(manifest(edit));
    }

    @Test
    void H06_everythingThatIsWrongIsSaidAtOnceAndWhere() {
        assertThat(
                        problems(
                                """
                                {"tsvaultManifest": 2, "stream": ["prod", "Prod/x", "prod"],
                                 "form": "x", "to": 1767225600, "overlap": "skipp",
                                 "match": ["up", "{job=}", 3], "shift": "soon",
                                 "relabel": [{"action": "drp"}, {"regex": "("},
                                   {"action": "labeldrop", "separator": "-"}],
                                 "accept": {"resample": false}, "limits": {"samplesPerSecond": -1},
                                 "runId": "a b", "backupFirst": "yes"}
                                """
                                        .getBytes(UTF_8)))
                .extracting(problem -> problem.substring(0, Math.min(problem.length(), 45)))
                .containsExactly(
                        "/tsvaultManifest: a whole number from 1 to 1,",
                        "/stream/1: \"Prod/x\" cannot be a name: up to 6",
                        "/stream: name at least one stream, and each o",
                        "/target: missing",
                        "/to: a string is expected, not 1767225600",
                        "/overlap: \"skipp\" is unknown; skip was meant?",
                        "/match/1: selector '{job=}', position 5: a qu",
                        "/match/2: a string is expected, not 3",
                        "/relabel/0/action: \"drp\" is unknown; drop was",
                        "/relabel/1/regex: not an RE2 expression: '(':",
                        "/relabel/2: labeldrop takes only a regex",
                        "/shift: \"soon\" is no length of time, such as ",
                        "/accept/resample: unknown; resampled was mean",
                        "/backupFirst: true or false, not \"yes\"",
                        "/limits/samplesPerSecond: a whole number from",
                        "/runId: \"a b\" is no run id: up to 64 of A-Z a",
                        "/form: unknown; from was meant?");
    }

    @Test
    void H06_aMisspeltNameIsGuessed() {
        assertThat(problems("'form':'2026-01-01T00:00:00Z'"))
                .containsExactly("/form: unknown; from was meant?");
        assertThat(problems("'accept':{'resample':true}"))
                .containsExactly("/accept/resample: unknown; resampled was meant?");
        assertThat(problems("'relabel':[{'target_label':'a','source_label':['b']}]"))
                .containsExactly("/relabel/0/source_label: unknown; source_labels was meant?");
        assertThat(problems("'overlap':'overwritten'"))
                .containsExactly("/overlap: \"overwritten\" is unknown; overwrite was meant?");
    }

    @Test
    void H07_whatIsTooLargeIsNotLookedAt() {
        byte[] large = new byte[Manifest.MOST_BYTES + 1];
        assertThat(problems(large)).containsExactly("262145 bytes; a manifest has at most 262144");
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        assertThat(problems("'match':" + deep)).singleElement().asString().contains("levels");
        String many = "1,".repeat(10_000) + "1";
        assertThat(problems("'match':[" + many + "]"))
                .startsWith(": 10006 values; a manifest has at most 10000");
        assertThat(problems("'target':'dr'")).singleElement().asString().contains("twice");
    }

    @Test
    void H07_10000ValuesAreNotTooMany() {
        String many = "'up',".repeat(9_994) + "'up'";
        assertThat(manifest("'match':[" + many + "]").match()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/b", "a%2fb", "a\\u0000", "", "A", "dr.json"})
    void H08_namesAreNoPaths(String name) {
        for (String member : List.of("stream", "target")) {
            String json =
                    "{'tsvaultManifest':1,'stream':'prod','target':'dr'}"
                            .replaceFirst("'" + member + "':'[a-z]*'", "'" + member + "':'@'")
                            .replace("@", name)
                            .replace('\'', '"');
            assertThat(problems(json.getBytes(UTF_8)))
                    .singleElement()
                    .asString()
                    .startsWith("/" + member + ": ")
                    .contains("cannot be a name");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    'target':'http://169.254.169.254/latest'                | /target
                    'stream':['prod','s3://bucket/key']                     | /stream/1
                    'match':['{instance=\\'https://example.com/x\\'}']      | /match/0
                    'relabel':[{'target_label':'a','replacement':'ftp://h/$1'}] | /relabel/0/replacement
                    'url':'https://example.com'                             | /url
                    'https://example.com':1                                 | /withheld
                    """)
    void H10_aUrlIsRefusedAndNotShown(String more, String pointer) {
        byte[] json = document(more);
        assertThat(problems(json)).first().asString().startsWith(pointer + ": a URL");
        assertThat(problems(json)).allSatisfy(problem -> assertThat(problem).doesNotContain("://"));
    }

    /// With what is required, unless it is in `more`.
    private static byte[] document(String more) {
        StringBuilder json = new StringBuilder(more);
        for (String required : REQUIRED.split(",", -1)) {
            if (!more.contains(required.substring(0, required.indexOf(':')))) {
                json.append(',').append(required);
            }
        }
        return ("{" + json + "}").replace('\'', '"').getBytes(UTF_8);
    }

    @Test
    void aUrlCanBeMatchedByAnExpression() {
        Manifest manifest = manifest("'match':['{instance=~\\'https?://example.com\\'}']");
        assertThat(manifest.selects(Labels.of("instance", "https://example.com"))).isTrue();
    }

    private static final List<String> SECRETS =
            List.of(
                    "AKIA" + "IOSFODNN7EXAMPLE",
                    "wJalrXUtnFEMI/K7MDENG/" + "bPxRf1CYEXAMPLEKEY",
                    "ghp_" + "0123456789abcdefABCDEF0123456789abcd",
                    "glsa_" + "0123456789abcdefABCDEF0123456789",
                    "xoxb-" + "123456789012-abcdefghij",
                    "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                    "-----BEGIN RSA " + "PRIVATE KEY-----",
                    "Bearer " + "abcdefgh12345678",
                    "basic " + "YWxhZGRpbjpvcGVu",
                    "password" + "=hunter2",
                    "https://user:" + "hunter2@example.com",
                    "admin:" + "hunter2@example.com");

    @Test
    void H11_whatLooksLikeASecretIsRefusedWhereverItIsAndNotShown() {
        List<String> places =
                List.of(
                        "'target':'%s'",
                        "'runId':'%s'",
                        "'overlap':'%s'",
                        "'from':'%s'",
                        "'match':['{a=~\\'%s\\'}']",
                        "'relabel':[{'target_label':'a','replacement':'%s'}]",
                        "'relabel':'%s'",
                        "'%s':1",
                        "'tsvaultManifest':'%s'",
                        "'stream':'prod','password':'%s'",
                        "'runId':'%s'}}",
                        "'runId':%s");
        for (String secret : SECRETS) {
            for (String place : places) {
                List<String> problems = problems(document(place.formatted(secret)));
                assertThat(problems)
                        .as(place)
                        .anySatisfy(
                                problem ->
                                        assertThat(problem)
                                                .matches(".*(a secret|no secret|password;).*"));
                assertThat(String.join("", problems)).as(place).doesNotContain(secret.substring(4));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{id=\\'/docker/4f66a7a0d1f0c3ab5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4\\'}",
                "{image=\\'registry.example.com:5000/nginx:1.25@sha256:0123456789abcdef\\'}",
                "{secret=\\'db\\',token!=\\'x\\'}",
                "{uid=\\'0b9f1c1e-6f43-4b0e-9f53-3a8c2d7f6e10\\'}",
                "{alertname=\\'KubePersistentVolumeFillingUpCriticalForMoreThan4Hours\\'}",
                "{instance=~\\'[a-z0-9]+:9100\\',mail=\\'a@example.com\\'}",
            })
    void usualLabelsAreNoSecrets(String selector) {
        assertThat(manifest("'match':['" + selector + "']").match()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    '2026-01-01T00:00:00'             | is no time with a zone
                    '2026-01-01'                      | is no time with a zone
                    '2026-01-01 00:00:00Z'            | is no time with a zone
                    '1767225600'                      | is no time with a zone
                    1767225600                        | a string is expected, not 1767225600
                    1767225600000                     | a string is expected, not 1767225600000
                    '2026-02-30T00:00:00Z'            | is in no calendar
                    '2026-01-01T24:00:00Z'            | is in no calendar
                    '1999-12-31T23:59:59Z'            | years are 2000 to 2100
                    '2101-01-01T00:00:00Z'            | years are 2000 to 2100
                    '58026-01-01T00:00:00Z'           | is no time with a zone
                    '2026-01-01T00:00:00.0001Z'       | is no time with a zone
                    'now-7d'                          | is no time with a zone
                    '2026-01-01T00:00:00+25:00'       | is in no calendar
                    """)
    void H13_aTimeHasAZoneAndAYearOfBackups(String time, String message) {
        for (String member : List.of("from", "to", "asOf")) {
            assertThat(problems("'" + member + "':" + time))
                    .singleElement()
                    .asString()
                    .startsWith("/" + member + ": ")
                    .contains(message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2025-12-31T00:00:00Z"})
    void H13_aRangeEndsBehindItsStart(String to) {
        assertThat(problems("'from':'2026-01-01T00:00:00Z','to':'" + to + "'"))
                .singleElement()
                .asString()
                .startsWith("/to: ")
                .contains("is not behind 2026-01-01T00:00:00Z");
    }

    @Test
    void H14_theSourceAsTargetIsAcceptedOnlyWhenSaid() {
        assertThat(manifest("").accept().sameSource()).isFalse();
        assertThat(manifest("'accept':{'allowSameSource':true}").accept().sameSource()).isTrue();
    }

    @Test
    void H23_toOverwriteTheTargetIsNamedTwice() {
        assertThat(problems("'overlap':'overwrite'"))
                .containsExactly(
                        "/confirm: to overwrite what it has, name the target once more: dr");
        assertThat(problems("'overlap':'overwrite','confirm':'prod'"))
                .singleElement()
                .asString()
                .startsWith("/confirm: ");
        assertThat(manifest("'overlap':'overwrite','confirm':'dr'").overlap())
                .isEqualTo(Overlap.OVERWRITE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "[]", "7", "null", "{", "{}{}"})
    void H06_whatIsNoManifestIsRefused(String text) {
        assertThat(problems(text.getBytes(UTF_8))).isNotEmpty();
    }

    @Test
    void aManifestMadeInJavaIsCheckedToo() {
        Manifest good = manifest("");
        assertThatThrownBy(
                        () ->
                                new Manifest(
                                        List.of(),
                                        good.target(),
                                        good.from(),
                                        good.to(),
                                        good.match(),
                                        good.relabel(),
                                        good.shift(),
                                        good.asOf(),
                                        good.overlap(),
                                        good.accept(),
                                        false,
                                        false,
                                        0,
                                        "",
                                        Optional.empty()))
                .hasMessageContaining("at least one stream");
    }
}
