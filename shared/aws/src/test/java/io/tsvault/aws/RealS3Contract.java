package io.tsvault.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.Finding;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStoreContract;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Script;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The contract, on a server of the lab.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealS3Contract extends ObjectStoreContract {
    private final Setup setup;
    private Server server;
    private S3Store store;

    RealS3Contract(Setup setup) {
        this.setup = setup;
    }

    @BeforeAll
    void start() {
        server = RealServer.startOrSkip(setup);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        store = Opened.inNewBucket(server.uri());
    }

    Server server() {
        return server;
    }

    S3Store inNewBucket(String wishes) {
        return Opened.inNewBucket(server.uri(), server.uri(), wishes);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void O14_aByteThatIsDamagedOnTheWayOutIsNoticedByItsChecksum() {
        Fault flip = new Fault.Flip(Fault.Leg.RESPONSE, 7);
        Script script = Script.inOrder(new Fault.Pass(), flip);
        try (FaultProxy proxy = FaultProxy.to(server.uri(), script);
                S3Store through = Opened.inNewBucket(server.uri(), proxy.uri(), "")) {
            through.create("a", bytes("0123456789"));
            assertThatThrownBy(() -> through.read("a", 100))
                    .isInstanceOf(Transient.class)
                    .hasMessageContaining("checksum");
            assertThat(through.read("a", 100)).contains(bytes("0123456789"));
        }
    }

    @Test
    void theDoctorFindsNothingBad() {
        assertThat(store.examine())
                .hasSizeGreaterThan(3)
                .noneMatch(finding -> finding.state() == Finding.State.BAD);
    }

    @Test
    void O11_aBucketThatIsNotThereIsFound() {
        try (S3Store nowhere = Opened.at("s3://nowhere?endpoint=" + server.uri())) {
            assertThatThrownBy(() -> nowhere.create("a", bytes("x")))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("the bucket is not there");
            assertThat(nowhere.examine())
                    .singleElement()
                    .satisfies(
                            found ->
                                    assertThat(found.detail()).contains("the bucket is not there"));
        }
    }
}
