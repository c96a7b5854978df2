package io.tsvault.aws;

import static io.tsvault.core.store.ObjectStore.Creation.ALREADY_THERE;
import static io.tsvault.core.store.ObjectStore.Creation.CREATED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.RetryingStore;
import io.tsvault.lab.proxy.Exchange;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.Fault.Ending;
import io.tsvault.lab.proxy.Fault.Leg;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Script;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import java.time.InstantSource;
import java.util.Map;
import java.util.Random;

/// What becomes of requests and answers that are lost or damaged between the store and us.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3LossTest {
    private static final byte[] MINE = new byte[100_000];
    private static final byte[] OTHER = {1};

    private InProcessS3 server;

    @BeforeAll
    void start() throws Exception {
        server = new InProcessS3();
        new Random(7).nextBytes(MINE);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private FaultProxy proxy(Fault... faults) {
        return FaultProxy.to(server.uri(), Script.inOrder(faults));
    }

    private S3Store through(FaultProxy proxy) {
        return Opened.inNewBucket(server.uri(), proxy.uri(), "");
    }

    private static ObjectStore retrying(S3Store store) {
        return new RetryingStore(store, _ -> {}, new Random(7));
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"CLOSE", "RESET"})
    void O02_aWriteWhoseAnswerIsLostIsFoundToBeMine(Ending ending) {
        try (FaultProxy proxy = proxy(new Fault.Swallow(ending));
                S3Store store = through(proxy)) {
            assertThat(retrying(store).create("a", MINE)).isEqualTo(CREATED);
            assertThat(proxy.seen())
                    .extracting(Exchange::serverStatus)
                    .containsExactly(200, 412, 206);
        }
    }

    @Test
    void O02_aWriteThatIsCutOnTheWayIsWrittenAgain() {
        try (FaultProxy proxy = proxy(new Fault.Cut(Leg.REQUEST, 50_000, Ending.RESET));
                S3Store store = through(proxy)) {
            assertThat(retrying(store).create("a", MINE)).isEqualTo(CREATED);
            assertThat(store.read("a", MINE.length)).contains(MINE);
        }
    }

    @Test
    void O03_aWriteThatTheNetworkRepeatsIsMine() {
        try (FaultProxy proxy = proxy(new Fault.DuplicateRequest());
                S3Store store = through(proxy)) {
            assertThat(retrying(store).create("a", MINE)).isEqualTo(CREATED);
        }
    }

    @Test
    void O04_whatAnotherWroteMeanwhileIsNotMine() {
        try (FaultProxy proxy = proxy(new Fault.Pass(), new Fault.Drop(Ending.RESET));
                S3Store store = through(proxy)) {
            assertThat(store.create("a", OTHER)).isEqualTo(CREATED);
            assertThat(retrying(store).create("a", MINE)).isEqualTo(ALREADY_THERE);
            assertThat(store.read("a", MINE.length)).contains(OTHER);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"CLOSE", "RESET"})
    void O12_aBodyThatIsCutIsNotTheObject(Ending ending) {
        Fault cut = new Fault.Cut(Leg.RESPONSE, 50_000, ending);
        try (FaultProxy proxy = proxy(new Fault.Pass(), cut, cut);
                S3Store store = through(proxy)) {
            store.create("a", MINE);
            assertThatThrownBy(() -> store.read("a", MINE.length)).isInstanceOf(Transient.class);
            assertThatThrownBy(() -> store.read("a", 10, 90_000)).isInstanceOf(Transient.class);
            assertThat(retrying(store).read("a", MINE.length)).contains(MINE);
        }
    }

    @Test
    void O13_aBodyThatIsDamagedOnTheWayInIsRefusedAndSentAgain() {
        try (FaultProxy proxy = proxy(new Fault.Flip(Leg.REQUEST, 50_000));
                S3Store store = through(proxy)) {
            assertThat(retrying(store).create("a", MINE)).isEqualTo(CREATED);
            assertThat(proxy.seen().getFirst().serverStatus()).isEqualTo(400);
            assertThat(store.read("a", MINE.length)).contains(MINE);
        }
    }

    @Test
    void aWrongSecretIsToldAsSuch() {
        String address = "s3://vlt/p?endpoint=" + server.uri();
        AwsBasicCredentials wrong = AwsBasicCredentials.create("tsvault-lab", "hunter2hunter2");
        try (S3Store store =
                S3Store.open(
                        S3Config.parse(address, Map.of()),
                        StaticCredentialsProvider.create(wrong),
                        InstantSource.system())) {
            assertThatThrownBy(() -> store.create("a", OTHER))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("the credentials are not valid: renew them")
                    .hasMessageNotContaining("hunter2");
        }
    }
}
