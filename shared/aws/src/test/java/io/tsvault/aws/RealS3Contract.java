package io.tsvault.aws;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStoreContract;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/// The contract, on a server of the lab; the race for one key 200 times.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealS3Contract extends ObjectStoreContract {
    private final Setup setup;
    private Server server;
    private S3Store store;

    RealS3Contract(Setup setup) {
        this.setup = setup;
    }

    @Override
    protected int races() {
        return 200;
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

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }
}
