package io.tsvault.aws;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStoreContract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InProcessS3Test extends ObjectStoreContract {
    private InProcessS3 server;
    private S3Store store;

    @BeforeAll
    void start() throws Exception {
        server = new InProcessS3();
    }

    @AfterAll
    void stop() {
        server.close();
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
