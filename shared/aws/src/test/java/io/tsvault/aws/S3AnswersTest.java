package io.tsvault.aws;

import static io.tsvault.core.store.ObjectStore.Creation.ALREADY_THERE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Reply;
import io.tsvault.lab.proxy.Script;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.exception.SdkClientException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What becomes of answers that a real server does not give when it is asked to.
class S3AnswersTest {
    private static final Instant NOW = Instant.parse("2025-11-14T12:00:00Z");
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");
    /// Its CRC-32C is the check value that the algorithm is published with: e3069283.
    private static final byte[] BYTES = "123456789".getBytes(StandardCharsets.US_ASCII);

    private enum Deed implements Consumer<ObjectStore> {
        CREATE,
        READ,
        PART,
        LIST,
        DELETE;

        @Override
        public void accept(ObjectStore store) {
            Object _ =
                    switch (this) {
                        case CREATE -> store.create("log/1.json", BYTES);
                        case READ -> store.read("log/1.json", 100);
                        case PART -> store.read("log/1.json", 3, 4);
                        case LIST -> store.list("log/", "", 10);
                        case DELETE -> {
                            store.delete("log/1.json");
                            yield "";
                        }
                    };
        }
    }

    /// The SDK corrects its own clock for the whole process by what a skewed answer says.
    @AfterEach
    void forgetTheClocksOfOthers() {
        SdkGlobalTime.setGlobalTimeOffset(0);
    }

    private static S3Store open(URI endpoint, String wishes) {
        String address = "s3://vlt/p?region=us-east-1&endpoint=" + endpoint + wishes;
        return S3Store.open(
                S3Config.parse(address, Map.of()), Opened.credentials(), InstantSource.fixed(NOW));
    }

    private static Throwable thrown(Fault fault, String wishes, Consumer<ObjectStore> call) {
        try (FaultProxy proxy = FaultProxy.to(NOBODY, Script.always(fault));
                S3Store store = open(proxy.uri(), wishes)) {
            Throwable thrown = catchThrowable(() -> call.accept(store));
            assertThat(proxy.seen()).as("tried once").hasSize(1);
            return thrown;
        }
    }

    private static Throwable thrown(Reply reply, Consumer<ObjectStore> call) {
        return thrown(new Fault.Answer(reply), "", call);
    }

    private static void failsForEver(Reply reply, Consumer<ObjectStore> call, String... words) {
        assertThat(thrown(reply, call))
                .isInstanceOf(Permanent.class)
                .hasMessageStartingWith("s3://vlt/p/")
                .hasMessageContainingAll(words);
    }

    @Test
    void O01_slowDownIsObeyed() {
        Reply slow = S3Reply.error(503, "SlowDown", "Please reduce your request rate.");
        for (Consumer<ObjectStore> call : Deed.values()) {
            assertThat(thrown(slow.retryAfter(Duration.ofSeconds(7)), call))
                    .isInstanceOfSatisfying(
                            Transient.class,
                            e -> assertThat(e.askedWait()).contains(Duration.ofSeconds(7)))
                    .hasMessageContaining("reduce your request rate. (503 SlowDown, request REQ1)");
        }
        assertThat(thrown(slow.retryAfter(NOW.plusSeconds(90)), Deed.CREATE))
                .isInstanceOfSatisfying(
                        Transient.class,
                        e -> assertThat(e.askedWait()).contains(Duration.ofSeconds(90)));
        assertThat(thrown(slow.with("Retry-After", "soon"), Deed.CREATE))
                .isInstanceOfSatisfying(Transient.class, e -> assertThat(e.askedWait()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalError",
        "503, ServiceUnavailable",
        "429, TooManyRequests",
        "400, RequestTimeout",
        "400, IncompleteBody",
        "400, ThrottlingException",
        "408, RequestTimeout",
    })
    void O01_whatTimeMendsIsTransient(int status, String code) {
        for (Consumer<ObjectStore> call : Deed.values()) {
            assertThat(thrown(S3Reply.error(status, code, "Try again."), call))
                    .isInstanceOf(Transient.class)
                    .hasMessageStartingWith("s3://vlt/p/log/")
                    .hasMessageContaining("Try again. (%d %s, request REQ1)", status, code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 504})
    void O01_aGatewayThatSpeaksIsTransient(int status) {
        for (Consumer<ObjectStore> call : Deed.values()) {
            assertThat(thrown(Reply.status(status).text("text/html", "<html>no"), call))
                    .isInstanceOf(Transient.class)
                    .hasMessageContaining("an answer %d that is not one of S3", status);
        }
    }

    @Test
    void O02_aResetBeforeTheAnswerLeavesTheOutcomeOpen() {
        for (Consumer<ObjectStore> call : Deed.values()) {
            assertThat(thrown(new Fault.Drop(Fault.Ending.RESET), "", call))
                    .isInstanceOf(Transient.class)
                    .hasMessageContaining("no answer to s3:");
        }
    }

    @Test
    void O02_aStoreThatCannotBeReachedIsTransient() {
        try (S3Store store = open(NOBODY, "")) {
            assertThatThrownBy(() -> store.create("a", BYTES))
                    .isInstanceOf(Transient.class)
                    .hasMessageContaining("s3://vlt/p/a: no answer to s3:PutObject: ")
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void O04_aTakenKeyIsNoFailure() {
        Reply taken = S3Reply.error(412, "PreconditionFailed", "At least one did not hold.");
        try (FaultProxy proxy = FaultProxy.to(NOBODY, Script.always(new Fault.Answer(taken)));
                S3Store store = open(proxy.uri(), "")) {
            assertThat(store.create("a", BYTES)).isEqualTo(ALREADY_THERE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConditionalRequestConflict", "OperationAborted"})
    void O05_aConflictIsTriedAgainAndIsNoTakenKey(String code) {
        assertThat(thrown(S3Reply.error(409, code, "A conflict."), Deed.CREATE))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("409 " + code);
    }

    @Test
    void O06_anErrorInA200IsAnError() {
        Reply internal = S3Reply.error(200, "InternalError", "We failed.");
        for (Consumer<ObjectStore> call : List.of(Deed.CREATE, Deed.LIST)) {
            assertThat(thrown(internal, call)).isInstanceOf(Transient.class);
        }
        assertThat(thrown(S3Reply.error(200, "SlowDown", "Wait."), Deed.LIST))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("Wait. (200 SlowDown");
        failsForEver(S3Reply.error(200, "AccessDenied", "No."), Deed.LIST, "AccessDenied");
    }

    @Test
    void O06_a200OfSomebodyElseIsNoSuccess() {
        for (Consumer<ObjectStore> call : List.of(Deed.CREATE, Deed.LIST)) {
            for (Reply other :
                    List.of(
                            Reply.status(200),
                            Reply.status(200).text("text/html", "<html>Sign in</html>"),
                            Reply.status(200).text("text/html", "Sign <in"))) {
                assertThat(thrown(other, call)).as("%s", other).isInstanceOf(Transient.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDenied", "InternalError"})
    void O06_anErrorInThe200OfADeleteIsNoDelete(String code) {
        assertThat(thrown(S3Reply.error(200, code, "No."), Deed.DELETE))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("s3://vlt/p/log/1.json: an answer 200 with a body");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void aDeleteWithoutABodyIsDone(int status) {
        assertThat(thrown(Reply.status(status), Deed.DELETE)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "streams/a_b-c/log/9999999998_0000000001.json",
                "streams/a/chunks/20260131t120000000z/0a-1b.chunk",
            })
    void O23_ourKeysNeedNoEncoding(String key) throws Exception {
        try (Recorder server = new Recorder();
                S3Store store = open(server.uri(), "")) {
            store.create(key, BYTES);
            assertThat(server.asked().getFirst().target().getRawPath()).isEqualTo("/vlt/p/" + key);
        }
    }

    @Test
    void O30_theLargestChunkGoesInOnePut() throws Exception {
        try (Recorder server = new Recorder();
                S3Store store = open(server.uri(), "")) {
            store.create("a", new byte[64 << 20]);
            assertThat(server.asked())
                    .singleElement()
                    .satisfies(
                            asked -> {
                                assertThat(asked.method()).isEqualTo("PUT");
                                assertThat(asked.target().getRawQuery()).isNull();
                                assertThat(asked.header("Content-length")).isEqualTo("67108864");
                            });
        }
    }

    @Test
    void O07_ifMatchIsNeverSentAndIfNoneMatchAlwaysWithAPut() throws Exception {
        try (Recorder server = new Recorder();
                S3Store store = open(server.uri(), "&owner=123456789012")) {
            Stream.of(Deed.values())
                    .filter(call -> call != Deed.PART)
                    .forEach(call -> call.accept(store));
            assertThat(server.asked())
                    .hasSize(4)
                    .allSatisfy(
                            asked -> {
                                assertThat(asked.header("If-Match")).isEmpty();
                                assertThat(asked.header("X-amz-expected-bucket-owner"))
                                        .isEqualTo("123456789012");
                                assertThat(asked.header("If-None-Match"))
                                        .isEqualTo(asked.method().equals("PUT") ? "*" : "");
                            });
        }
    }

    @Test
    void anObjectIsSentWithItsChecksumAndAsTheAddressWants() throws Exception {
        try (Recorder server = new Recorder();
                S3Store plain = open(server.uri(), "");
                S3Store managed = open(server.uri(), "&encryption=s3")) {
            Deed.CREATE.accept(plain);
            Deed.CREATE.accept(managed);
            assertThat(server.asked())
                    .extracting(
                            asked -> asked.target().getPath(),
                            asked -> asked.header("X-amz-checksum-crc32c"),
                            asked -> asked.header("X-amz-server-side-encryption"))
                    .containsExactly(
                            tuple("/vlt/p/log/1.json", "4waSgw==", ""),
                            tuple("/vlt/p/log/1.json", "4waSgw==", "AES256"));
        }
    }

    @Test
    void O08_whatIsDeniedIsNamed() {
        Reply denied = S3Reply.error(403, "AccessDenied", "Access Denied");
        failsForEver(denied, Deed.CREATE, "allow s3:PutObject on s3://vlt/p/*", "403 AccessDenied");
        failsForEver(denied, Deed.LIST, "allow s3:ListBucket on s3://vlt/p/*");
        failsForEver(denied, Deed.DELETE, "allow s3:DeleteObject on s3://vlt/p/*");
        for (Consumer<ObjectStore> read : List.of(Deed.READ, Deed.PART)) {
            failsForEver(
                    denied,
                    read,
                    "s3://vlt/p/log/1.json: allow s3:GetObject on s3://vlt/p/*",
                    "without which an absent object looks the same");
        }
    }

    @Test
    void H05_O08_aBucketOfAnotherAccountIsDeniedToo() {
        Reply denied = S3Reply.error(403, "AccessDenied", "Access Denied");
        assertThat(thrown(new Fault.Answer(denied), "&owner=123456789012", Deed.CREATE))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("in a bucket that account 123456789012 owns");
    }

    @ParameterizedTest
    @CsvSource({"-3661, '3,661 s ahead'", "7200, '7,200 s behind'"})
    void O09_aWrongClockIsToldInSeconds(long theirs, String words) {
        Reply skewed =
                S3Reply.error(403, "RequestTimeTooSkewed", "The difference is too large.")
                        .with("Date", Reply.httpDate(NOW.plusSeconds(theirs)));
        for (Consumer<ObjectStore> call : Deed.values()) {
            failsForEver(skewed, call, "the clock of this machine is %s: set it".formatted(words));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "301, PermanentRedirect, Elsewhere., eu-west-1",
                "307, TemporaryRedirect, Elsewhere., eu-west-1",
                "400, IllegalLocationConstraintException, Elsewhere., eu-west-1",
                "400, AuthorizationHeaderMalformed, \"us-east-1 is wrong; expecting 'eu-west-1'\","
                        + " ",
            })
    void H05_O10_theRightRegionIsNamedAndNotGoneTo(
            int status, String code, String words, @Nullable String header) {
        Reply redirect = S3Reply.error(status, code, words).with("Location", NOBODY + "/elsewhere");
        Reply named = header == null ? redirect : redirect.with("x-amz-bucket-region", header);
        for (Consumer<ObjectStore> call : Deed.values()) {
            failsForEver(named, call, "the bucket is in eu-west-1: write ?region=eu-west-1");
        }
    }

    @Test
    void O10_aRedirectThatNamesNoRegionIsNotFollowed() {
        failsForEver(
                Reply.status(307).with("Location", "http://127.0.0.1:9/"),
                Deed.LIST,
                "the wrong region or endpoint");
    }

    @Test
    void H04_O11_aBucketThatIsGoneIsNotAnEmptyVault() {
        Reply gone = S3Reply.error(404, "NoSuchBucket", "The specified bucket does not exist");
        for (Consumer<ObjectStore> call : Deed.values()) {
            failsForEver(gone, call, "the bucket is not there, and nothing is made in its place");
        }
    }

    @Test
    void O11_a404OfSomebodyElseIsNoAbsentObject() {
        for (Consumer<ObjectStore> call : List.of(Deed.READ, Deed.PART)) {
            failsForEver(Reply.status(404), call, "an answer 404 that is not one of S3");
        }
    }

    @Test
    void O13_aBodyThatWasDamagedOnTheWayIsSentAgain() {
        assertThat(thrown(S3Reply.error(400, "BadDigest", "It did not match."), Deed.CREATE))
                .isInstanceOf(Transient.class);
    }

    @Test
    void O14_aWrongChecksumIsNoticed() {
        Reply wrong = S3Reply.object("0123456789").with("x-amz-checksum-crc32c", "AAAAAA==");
        assertThat(thrown(wrong, Deed.READ))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("checksum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-checksum-crc64nvme", "x-amz-checksum-xxhash128"})
    void O14_aChecksumThatWeDoNotKnowIsNoFault(String name) {
        Reply copied = S3Reply.object("0123456789").with(name, "AAAAAAAAAAA=");
        assertThat(thrown(copied, Deed.READ)).isNull();
    }

    @Test
    void O18_anObjectThatIsLockedSaysSo() {
        failsForEver(
                S3Reply.error(
                        403, "AccessDenied", "Access Denied because object protected by lock."),
                Deed.DELETE,
                "object protected by lock");
    }

    @ParameterizedTest
    @CsvSource({
        "400, KMS.DisabledException, vault is disabled.",
        "400, KMS.KMSInvalidStateException, vault is pending deletion.",
        "403, AccessDenied, 'not authorized to perform: kms:GenerateDataKey on vault'",
    })
    void O19_aKmsKeyThatCannotBeUsedIsNamed(int status, String code, String words) {
        assertThat(
                        thrown(
                                new Fault.Answer(S3Reply.error(status, code, words)),
                                "&encryption=kms:alias/vault",
                                Deed.CREATE))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("the KMS key alias/vault cannot be used")
                .hasMessageContaining(words);
    }

    @Test
    void O19_aStoreThatOnlySeemsToEncryptIsNotUsed() {
        assertThat(
                        thrown(
                                new Fault.Answer(S3Reply.object("")),
                                "&encryption=kms:alias/vault",
                                Deed.CREATE))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("not encrypted with the KMS key alias/vault");
    }

    @Test
    void O27_aListWithAHoleIsNotBelieved() {
        assertThat(thrown(S3Reply.list(true, "", "p/log/1"), Deed.LIST))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("does not say how it goes on");
    }

    @Test
    void O27_aListWithoutOrderIsNotBelieved() {
        failsForEver(
                S3Reply.list(false, "", "p/log/2", "p/log/1"), Deed.LIST, "log/1 behind log/2");
        failsForEver(
                S3Reply.list(false, "", "p/log/1"),
                store -> store.list("log/", "log/1", 10),
                "log/1 behind log/1");
    }

    @Test
    void O23_whatIsNoKeyOfAVaultIsPassedOver() {
        Reply page = S3Reply.list(true, "next", "p/log/", "p/log/1", "p/log/A b", "q/log/3");
        Reply last = S3Reply.list(false, "", "p/log/2");
        try (FaultProxy proxy =
                        FaultProxy.to(
                                NOBODY,
                                Script.inOrder(new Fault.Answer(page), new Fault.Answer(last)));
                S3Store store = open(proxy.uri(), "")) {
            assertThat(store.list("log/", "", 10))
                    .extracting(found -> found.key())
                    .containsExactly("log/1", "log/2");
        }
    }

    @Test
    void aStoreThatIgnoresRangesIsNotUsed() {
        failsForEver(S3Reply.object("0123"), Deed.PART, "asked for the bytes from 3 on");
    }

    @Test
    void O31_anArchivedObjectIsToBeAskedFor() {
        Reply archived = S3Reply.error(403, "InvalidObjectState", "Not for its storage class");
        for (Consumer<ObjectStore> call : List.of(Deed.READ, Deed.PART)) {
            failsForEver(archived, call, "the object is archived: ask for its return");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, ExpiredToken",
        "400, InvalidToken",
        "403, InvalidAccessKeyId",
        "403, SignatureDoesNotMatch",
    })
    void credentialsThatAreNotValidAreNotRepeated(int status, String code) {
        String secret = "<AWSAccessKeyId>AKIASECRET</AWSAccessKeyId><Token-0>TOKEN</Token-0>";
        Reply reply = S3Reply.error(status, code, "Not valid.", secret);
        for (Consumer<ObjectStore> call : Deed.values()) {
            Throwable thrown = thrown(reply, call);
            assertThat(thrown)
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("the credentials are not valid: renew them");
            assertThat(Stream.iterate(thrown, e -> e != null, Throwable::getCause))
                    .allSatisfy(
                            e -> assertThat(e.toString()).doesNotContain("AKIASECRET", "TOKEN"));
        }
    }

    @Test
    void withoutCredentialsItSaysWhereTheyComeFrom() {
        try (S3Store store =
                S3Store.open(
                        S3Config.parse("s3://vlt/p?region=us-east-1&endpoint=" + NOBODY, Map.of()),
                        () -> {
                            throw SdkClientException.create("Unable to load credentials");
                        },
                        InstantSource.fixed(NOW))) {
            for (Consumer<ObjectStore> call : Deed.values()) {
                assertThatThrownBy(() -> call.accept(store))
                        .isInstanceOf(Permanent.class)
                        .hasMessageStartingWith("s3://vlt/p/: no credentials: set AWS_PROFILE");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"501, NotImplemented", "507, XMinioStorageFull", "400, InvalidArgument"})
    void whatTimeDoesNotMendIsPermanent(int status, String code) {
        failsForEver(
                S3Reply.error(status, code, "No."),
                Deed.CREATE,
                "No. (%d %s".formatted(status, code));
    }
}
