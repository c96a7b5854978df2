package io.tsvault.core.store;

import static io.tsvault.core.store.ObjectStore.Creation.ALREADY_THERE;
import static io.tsvault.core.store.ObjectStore.Creation.CREATED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class RetryingStoreTest {
    private static final byte[] MINE = "mine".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "their".getBytes(StandardCharsets.UTF_8);
    private final Transient lost = new Transient("the answer was lost");

    private final MemoryStore memory = new MemoryStore();
    private final Deque<RuntimeException> requestsLost = new ArrayDeque<>();
    private final Deque<RuntimeException> answersLost = new ArrayDeque<>();
    private final List<Duration> waits = new ArrayList<>();
    private final ObjectStore store =
            new RetryingStore(new Disturbed(), waits::add, new Random(42));

    /// Loses what comes in, or what goes out.
    private final class Disturbed extends Passage {
        Disturbed() {
            super(memory);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            comes();
            return goes(super.create(key, bytes));
        }

        @Override
        public Optional<byte[]> read(String key, int mostBytes) {
            comes();
            return goes(super.read(key, mostBytes));
        }

        @Override
        public Optional<byte[]> read(String key, long offset, int length) {
            comes();
            return goes(super.read(key, offset, length));
        }

        @Override
        public List<StoredObject> list(String prefix, String startAfter, int limit) {
            comes();
            return goes(super.list(prefix, startAfter, limit));
        }

        @Override
        public void delete(String key) {
            comes();
            super.delete(key);
            goes(key);
        }

        private void comes() {
            if (!requestsLost.isEmpty()) {
                throw requestsLost.remove();
            }
        }

        private <T> T goes(T answer) {
            if (!answersLost.isEmpty()) {
                throw answersLost.remove();
            }
            return answer;
        }
    }

    @Test
    void O02_aWriteWhoseAnswerIsLostWasMine() {
        answersLost.add(lost);
        assertThat(store.create("a", MINE)).isEqualTo(CREATED);
        assertThat(memory.read("a", 9)).contains(MINE);
    }

    @Test
    void O02_aWriteThatNeverCameIsWrittenAgain() {
        requestsLost.add(lost);
        assertThat(store.create("a", MINE)).isEqualTo(CREATED);
        assertThat(memory.read("a", 9)).contains(MINE);
    }

    @Test
    void O03_whatIsThereWithMyBytesIsMine() {
        memory.create("a", MINE);
        assertThat(store.create("a", MINE)).isEqualTo(CREATED);
    }

    @Test
    void O04_whatIsThereWithOtherBytesIsNot() {
        memory.create("a", OTHER);
        memory.create("b", new byte[] {'m', 'i', 'n', 'e', '!'});
        memory.create("c", new byte[] {'m', 'i', 'n'});
        for (String key : List.of("a", "b", "c")) {
            assertThat(store.create(key, MINE)).isEqualTo(ALREADY_THERE);
        }
        assertThat(memory.read("a", 9)).contains(OTHER);
        assertThat(waits).isEmpty();
    }

    @Test
    void O02_aLostAnswerAndAnotherWriter() {
        memory.create("a", OTHER);
        answersLost.add(lost);
        answersLost.add(lost);
        assertThat(store.create("a", MINE)).isEqualTo(ALREADY_THERE);
    }

    @Test
    void everythingElseIsTriedAgainToo() {
        memory.create("a", MINE);
        requestsLost.add(lost);
        assertThat(store.read("a", 9)).contains(MINE);
        requestsLost.add(lost);
        assertThat(store.read("a", 1, 2)).contains(new byte[] {'i', 'n'});
        requestsLost.add(lost);
        assertThat(store.list("", "", 9)).hasSize(1);
        answersLost.add(lost);
        store.delete("a");
        assertThat(memory.list("", "", 9)).isEmpty();
        assertThat(waits).hasSize(4);
    }

    @Test
    void O01_waitsDoubleUpToTenSecondsAndThenItStops() {
        for (int i = 0; i < 100; i++) {
            requestsLost.add(new Transient("no " + i));
        }
        assertThatThrownBy(() -> store.read("a", 9)).hasMessage("no 7");
        assertThat(waits).hasSize(7);
        long most = 100;
        for (Duration wait : waits) {
            assertThat(wait.toMillis()).isBetween(most / 2, most);
            most *= 2;
        }
    }

    @Test
    void O01_aStoreThatSaysHowLongIsObeyed() {
        requestsLost.add(new Transient("slow down", Duration.ofSeconds(77)));
        assertThat(store.read("a", 9)).isEmpty();
        assertThat(waits).containsExactly(Duration.ofSeconds(77));
    }

    @Test
    void O01_aStoreThatAsksForAnHourIsLeftAlone() {
        requestsLost.add(new Transient("come tomorrow", Duration.ofHours(1), new IOException("x")));
        assertThatThrownBy(() -> store.read("a", 9))
                .hasMessage("come tomorrow")
                .hasRootCauseMessage("x")
                .isInstanceOfSatisfying(
                        Transient.class,
                        asked -> assertThat(asked.askedWait()).contains(Duration.ofHours(1)));
        assertThat(waits).isEmpty();
    }

    @Test
    void O01_allWaitsOfACallTogetherAreBounded() {
        for (int i = 0; i < 8; i++) {
            requestsLost.add(new Transient("slow down " + i, Duration.ofSeconds(50)));
        }
        assertThatThrownBy(() -> store.read("a", 9)).hasMessage("slow down 2");
        assertThat(waits).containsExactly(Duration.ofSeconds(50), Duration.ofSeconds(50));
    }

    @Test
    void whatTimeDoesNotMendIsNotTriedAgain() {
        requestsLost.add(new Permanent("access denied"));
        assertThatThrownBy(() -> store.create("a", MINE)).hasMessage("access denied");
        assertThat(waits).isEmpty();
        assertThat(store.location()).isEqualTo("memory:");
    }
}
