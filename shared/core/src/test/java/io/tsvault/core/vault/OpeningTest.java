package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Event.Commit;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A year of slices of a quarter of an hour.
class OpeningTest {
    private static final int RECORDS = 35_040;

    /// No smaller number leaves more pages, and as many records behind them.
    private static final int WORST = 32_767;

    private int requests;
    private int rounds;
    private boolean inRound;

    /// Counts what would cross a network.
    private final class Counted implements ObjectStore {
        private final ObjectStore store;

        Counted(ObjectStore store) {
            this.store = store;
        }

        private <T> T counted(Supplier<T> call) {
            requests++;
            rounds += inRound ? 0 : 1;
            return call.get();
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            return counted(() -> store.create(key, bytes));
        }

        @Override
        public Optional<byte[]> read(String key, int mostBytes) {
            return counted(() -> store.read(key, mostBytes));
        }

        @Override
        public Optional<byte[]> read(String key, long offset, int length) {
            return counted(() -> store.read(key, offset, length));
        }

        @Override
        public List<StoredObject> list(String prefix, String startAfter, int limit) {
            return counted(() -> store.list(prefix, startAfter, limit));
        }

        @Override
        public void delete(String key) {
            store.delete(key);
        }

        @Override
        public String location() {
            return store.location();
        }
    }

    private final Parallel round =
            new Parallel() {
                @Override
                public <T> List<T> all(List<Supplier<T>> calls) {
                    rounds++;
                    inRound = true;
                    List<T> answers = Parallel.IN_ORDER.all(calls);
                    inRound = false;
                    return answers;
                }
            };

    @Test
    void aYearIsOpenedWithFewRequests() {
        MemoryStore store = new MemoryStore();
        StreamLog log = Vault.init(store, Vaults.surroundings(1)).stream("prod");
        grow(log, WORST);
        requireCheap(store, log);
        grow(log, RECORDS);
        requireCheap(store, log);
    }

    private static void grow(StreamLog log, int records) {
        while (log.head().seq() < records) {
            long slice = log.head().seq();
            List<ChunkRef> chunks = List.of(Vaults.reference(slice));
            Commit commit =
                    new Commit(Vaults.slice(slice), true, chunks, List.of(), Vaults.CAPTURE);
            log.append(_ -> Optional.of(commit));
        }
    }

    private void requireCheap(MemoryStore store, StreamLog log) {
        requests = 0;
        rounds = 0;
        Surroundings plain = Vaults.surroundings(2);
        Surroundings counting =
                new Surroundings(plain.clock(), plain.random(), plain.pause(), round, "test");
        StreamLog opened = Vault.open(new Counted(store), counting).stream("prod");
        assertThat(opened.head()).isEqualTo(log.head());
        assertThat(requests).isLessThanOrEqualTo(50);
        assertThat(rounds).isLessThanOrEqualTo(4);
    }
}
