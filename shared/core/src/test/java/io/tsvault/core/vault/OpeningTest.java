package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Event.Commit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A year of slices of a quarter of an hour.
@Tag("slow")
class OpeningTest {
    private static final int RECORDS = 35_040;

    /// No smaller number leaves more pages, and as many records behind them.
    private static final int WORST = 32_767;

    private int requests;
    private int rounds;
    private boolean inRound;
    private boolean isParallel;

    /// Counts what would cross a network.
    private final class Counted extends Passage {
        Counted(ObjectStore store) {
            super(store);
        }

        private void count() {
            requests++;
            rounds += inRound ? 0 : 1;
            inRound = inRound || isParallel;
        }

        @Override
        public Optional<byte[]> read(String key, int mostBytes) {
            count();
            return super.read(key, mostBytes);
        }

        @Override
        public Optional<byte[]> read(String key, long offset, int length) {
            count();
            return super.read(key, offset, length);
        }

        @Override
        public List<StoredObject> list(String prefix, String startAfter, int limit) {
            count();
            return super.list(prefix, startAfter, limit);
        }
    }

    private final Parallel round =
            new Parallel() {
                @Override
                public <T> List<T> all(List<Supplier<T>> calls) {
                    isParallel = true;
                    List<T> answers = Parallel.IN_ORDER.all(calls);
                    isParallel = false;
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
