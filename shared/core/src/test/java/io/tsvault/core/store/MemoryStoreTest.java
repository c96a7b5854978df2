package io.tsvault.core.store;

class MemoryStoreTest extends ObjectStoreContract {
    private final ObjectStore store = new MemoryStore();

    @Override
    protected ObjectStore store() {
        return store;
    }
}
