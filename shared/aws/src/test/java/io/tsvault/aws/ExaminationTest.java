package io.tsvault.aws;

import static io.tsvault.core.store.Finding.State.BAD;
import static io.tsvault.core.store.Finding.State.OK;
import static io.tsvault.core.store.Finding.State.WARN;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.store.Finding;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Reply;
import io.tsvault.lab.proxy.Request;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ExaminationTest {
    private static final Instant NOW = Instant.parse("2025-11-14T12:00:00Z");
    private static final String XML = "application/xml";
    private static final Reply ABSENT = S3Reply.error(404, "NoSuchKey", "It is not there.");
    private static final Reply DENIED = S3Reply.error(403, "AccessDenied", "Access Denied");

    private final Map<String, Reply> answers =
            new HashMap<>(
                    Map.ofEntries(
                            Map.entry("list-type", S3Reply.list(false, "")),
                            Map.entry("read", ABSENT),
                            Map.entry("head", Reply.status(200).with("Date", Reply.httpDate(NOW))),
                            Map.entry(
                                    "lifecycle",
                                    S3Reply.error(404, "NoSuchLifecycleConfiguration", "None.")),
                            Map.entry("versioning", versioning("Enabled")),
                            Map.entry(
                                    "object-lock",
                                    S3Reply.error(
                                            404,
                                            "ObjectLockConfigurationNotFoundError",
                                            "None."))));

    private static Reply versioning(String status) {
        return Reply.status(200)
                .text(
                        XML,
                        "<VersioningConfiguration><Status>%s</Status></VersioningConfiguration>"
                                .formatted(status));
    }

    private Fault answer(Request request) {
        String query = request.target().replaceFirst("^[^?]*\\??", "");
        String question =
                request.method().equals("HEAD")
                        ? "head"
                        : query.isEmpty() ? "read" : query.replaceFirst("[=&].*", "");
        return new Fault.Answer(answers.getOrDefault(question, ABSENT));
    }

    private List<Finding> examine() {
        try (FaultProxy proxy = FaultProxy.to(URI.create("http://127.0.0.1:9"), this::answer);
                S3Store store =
                        S3Store.open(
                                S3Config.parse("s3://vlt/p?endpoint=" + proxy.uri(), Map.of()),
                                Opened.credentials(),
                                InstantSource.fixed(NOW))) {
            List<Finding> findings = store.examine();
            assertThat(proxy.seen())
                    .allSatisfy(seen -> assertThat(seen.request().method()).isIn("GET", "HEAD"));
            return findings;
        }
    }

    private Finding finding(String what) {
        return examine().stream().filter(one -> one.what().equals(what)).findFirst().orElseThrow();
    }

    @Test
    void aBucketThatIsAsItShouldBeIsOk() {
        assertThat(examine())
                .containsExactly(
                        Finding.ok("list", "allowed; nothing is there yet"),
                        Finding.ok("read", "allowed"),
                        Finding.ok("clock", "within a minute of the store's"),
                        Finding.ok("lifecycle", "none"),
                        Finding.ok("versions", "kept"),
                        Finding.ok("lock", "none"));
    }

    @Test
    void O08_aMissingListBucketIsFoundAndNothingElseIsSaid() {
        answers.put("list-type", DENIED);
        assertThat(examine())
                .singleElement()
                .satisfies(
                        found -> {
                            assertThat(found.state()).isEqualTo(BAD);
                            assertThat(found.detail())
                                    .contains("allow s3:ListBucket on s3://vlt/p/*");
                        });
    }

    @Test
    void O08_aMissingGetObjectIsFound() {
        answers.put("read", DENIED);
        assertThat(finding("read").state()).isEqualTo(BAD);
        assertThat(finding("read").detail()).contains("allow s3:GetObject on s3://vlt/p/*");
    }

    @ParameterizedTest
    @CsvSource({
        "0, OK, within a minute",
        "-59, OK, within a minute",
        "-60, WARN, this machine is 60 s ahead",
        "899, WARN, this machine is 899 s behind",
        "900, BAD, this machine is 900 s behind",
        "-86400, BAD, 'this machine is 86,400 s ahead: S3 refuses that'",
    })
    void O09_aWrongClockIsFoundBeforeS3RefusesIt(long theirs, Finding.State state, String words) {
        answers.put(
                "head", Reply.status(200).with("Date", Reply.httpDate(NOW.plusSeconds(theirs))));
        assertThat(finding("clock").state()).isEqualTo(state);
        assertThat(finding("clock").detail()).contains(words);
    }

    @Test
    void O11_aBucketThatIsNotThereIsFound() {
        answers.put("list-type", S3Reply.error(404, "NoSuchBucket", "It does not exist."));
        assertThat(finding("list").detail()).contains("the bucket is not there");
    }

    @Test
    void O32_aRuleThatDeletesIsFound() {
        answers.put(
                "lifecycle",
                Reply.status(200)
                        .text(
                                XML,
                                "<LifecycleConfiguration><Rule><ID>tidy</ID><Status>Enabled</Status>"
                                    + "<Filter><Prefix></Prefix></Filter>"
                                    + "<Expiration><Days>90</Days></Expiration>"
                                    + "</Rule></LifecycleConfiguration>"));
        assertThat(finding("lifecycle").state()).isEqualTo(BAD);
        assertThat(finding("lifecycle").detail()).contains("tidy (after 90 days)");
    }

    @Test
    void versionsThatAreNotKeptAreAWarning() {
        for (String status : List.of("Suspended", "")) {
            answers.put("versioning", versioning(status));
            assertThat(finding("versions").state()).isEqualTo(WARN);
        }
    }

    @Test
    void O18_aLockIsDescribed() {
        answers.put(
                "object-lock",
                Reply.status(200)
                        .text(
                                XML,
                                "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
                                    + "<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>30</Days>"
                                    + "</DefaultRetention></Rule></ObjectLockConfiguration>"));
        assertThat(finding("lock").state()).isEqualTo(OK);
        assertThat(finding("lock").detail()).startsWith("COMPLIANCE for 30 days");
    }

    @ParameterizedTest
    @CsvSource({
        "lifecycle, lifecycle, s3:GetLifecycleConfiguration",
        "versioning, versions, s3:GetBucketVersioning",
        "object-lock, lock, s3:GetBucketObjectLockConfiguration",
    })
    void whatMayNotBeSeenIsAWarningThatNamesThePermission(
            String question, String what, String permission) {
        answers.put(question, DENIED);
        assertThat(finding(what).state()).isEqualTo(WARN);
        assertThat(finding(what).detail())
                .contains("cannot be seen: ", "allow " + permission + " on");
    }

    @Test
    void aStoreWithoutSuchRulesHasNone() {
        answers.put("lifecycle", S3Reply.error(501, "NotImplemented", "No."));
        assertThat(finding("lifecycle")).isEqualTo(Finding.ok("lifecycle", "none"));
    }
}
