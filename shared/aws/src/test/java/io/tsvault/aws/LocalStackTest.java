package io.tsvault.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStoreContract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;

import java.util.Optional;

/// The contract, on LocalStack.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalStackTest extends ObjectStoreContract {
    /// The last that wants no account.
    private static final String IMAGE = "localstack/localstack:4.14.0";

    private Optional<LocalStackContainer> container = Optional.empty();
    private S3Store store;

    @BeforeAll
    void start() {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "LocalStack needs a container engine, and this machine has none that answers");
        LocalStackContainer starting = new LocalStackContainer(IMAGE).withServices("s3");
        container = Optional.of(starting);
        starting.start();
    }

    @AfterAll
    void stop() {
        container.ifPresent(LocalStackContainer::stop);
    }

    @BeforeEach
    void open() {
        store = Opened.inNewBucket(container.orElseThrow().getEndpoint());
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
