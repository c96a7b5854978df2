package io.tsvault.core.store;

import static io.tsvault.core.store.ObjectStore.Creation.ALREADY_THERE;
import static io.tsvault.core.store.ObjectStore.Creation.CREATED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What every store must do. A test of one says how it comes by an empty store.
public abstract class ObjectStoreContract {
    private static final int MIB = 1 << 20;

    /// The store of this test, empty when the test begins; a second call gives the same objects,
    /// perhaps by another way to them.
    protected abstract ObjectStore store();

    /// Why this store may have two winners of a race; empty for one that a vault may stand on.
    protected Optional<String> whyNoRace() {
        return Optional.empty();
    }

    /// How many races for one key are run in a hurry.
    protected int races() {
        return 20;
    }

    @Test
    void whatIsCreatedIsThere() {
        assertThat(store().create("a/b.json", bytes("one"))).isEqualTo(CREATED);
        assertThat(store().read("a/b.json", 100)).contains(bytes("one"));
    }

    @Test
    void theFirstStays() {
        store().create("a", bytes("one"));
        assertThat(store().create("a", bytes("two"))).isEqualTo(ALREADY_THERE);
        assertThat(store().create("a", bytes("one"))).isEqualTo(ALREADY_THERE);
        assertThat(store().read("a", 100)).contains(bytes("one"));
    }

    @Test
    void nothingIsThereBeforeItIsCreated() {
        assertThat(store().read("a", 100)).isEmpty();
        assertThat(store().read("a", 0, 100)).isEmpty();
        assertThat(store().list("", "", 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 17 * MIB})
    void anObjectMayHaveAnySize(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        store().create("large", bytes);
        assertThat(store().read("large", size)).contains(bytes);
        assertThat(store().list("", "", 10))
                .singleElement()
                .satisfies(found -> assertThat(found.bytes()).isEqualTo(size));
    }

    @Test
    void whatIsLargerThanExpectedIsNotRead() {
        store().create("a/large", new byte[101]);
        assertThatThrownBy(() -> store().read("a/large", 100))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("a/large has 101 bytes, and at most 100 belong there");
    }

    @Test
    void aPartOfAnObjectIsRead() {
        store().create("a", bytes("0123456789"));
        assertThat(store().read("a", 0, 10)).contains(bytes("0123456789"));
        assertThat(store().read("a", 3, 4)).contains(bytes("3456"));
        assertThat(store().read("a", 9, 1)).contains(bytes("9"));
    }

    @Test
    void aPartEndsWithTheObject() {
        store().create("a", bytes("0123456789"));
        assertThat(store().read("a", 7, 10)).contains(bytes("789"));
        assertThat(store().read("a", 10, 10)).contains(new byte[0]);
        assertThat(store().read("a", 1L << 40, 10)).contains(new byte[0]);
        assertThat(store().read("a", 3, 0)).contains(new byte[0]);
    }

    @Test
    void nothingCanBeReadOfAnEmptyObject() {
        store().create("a", new byte[0]);
        assertThat(store().read("a", 0, 10)).contains(new byte[0]);
        assertThat(store().read("a", 0)).contains(new byte[0]);
    }

    @Test
    void listsAreInTheOrderOfBytes() {
        List<String> keys =
                List.of(
                        "a", "a-b/x", "a.b", "a/b", "a/b-c", "a/b/c", "a/b0", "a0", "a=", "a_b",
                        "b");
        keys.reversed().stream()
                .filter(key -> keys.stream().noneMatch(other -> other.startsWith(key + "/")))
                .forEach(key -> store().create(key, bytes(key)));
        assertThat(keys(store().list("", "", 100)))
                .containsExactly("a-b/x", "a.b", "a/b-c", "a/b/c", "a/b0", "a0", "a=", "a_b", "b");
    }

    @Test
    void aListIsOfOnePrefix() {
        List.of("a/x/1", "a/x/2", "a/xy", "a/y", "ab", "b").forEach(this::create);
        assertThat(keys(store().list("a/", "", 9)))
                .containsExactly("a/x/1", "a/x/2", "a/xy", "a/y");
        assertThat(keys(store().list("a/x", "", 9))).containsExactly("a/x/1", "a/x/2", "a/xy");
        assertThat(keys(store().list("a/x/", "", 9))).containsExactly("a/x/1", "a/x/2");
        assertThat(keys(store().list("a/x/2", "", 9))).containsExactly("a/x/2");
        assertThat(keys(store().list("a/z", "", 9))).isEmpty();
        assertThat(keys(store().list("c/d/", "", 9))).isEmpty();
    }

    @Test
    void aListStartsBehindAKey() {
        List.of("a/1", "a/2", "a/3", "b/1").forEach(this::create);
        assertThat(keys(store().list("", "a/2", 9))).containsExactly("a/3", "b/1");
        assertThat(keys(store().list("a/", "a/1", 9))).containsExactly("a/2", "a/3");
        assertThat(keys(store().list("a/", "a/25", 9))).containsExactly("a/3");
        assertThat(keys(store().list("a/", "0", 9))).containsExactly("a/1", "a/2", "a/3");
        assertThat(keys(store().list("a/", "b", 9))).isEmpty();
    }

    @Test
    void O27_aListHasNoHole() {
        List<String> keys = IntStream.range(0, 100).mapToObj("k/%05d"::formatted).toList();
        inParallel(keys.stream().map(key -> (Runnable) () -> create(key)).toList());
        assertThat(keys(store().list("k/", "", 5000))).isEqualTo(keys);
    }

    @Tag("slow")
    @Test
    void O27_aListOfManyKeysHasNoHole() {
        List<String> keys = IntStream.range(0, 2100).mapToObj("k/%05d"::formatted).toList();
        inParallel(keys.stream().map(key -> (Runnable) () -> create(key)).toList());
        assertThat(keys(store().list("k/", "", 5000))).isEqualTo(keys);
        assertThat(keys(store().list("k/", "k/00999", 1001))).isEqualTo(keys.subList(1000, 2001));
        assertThat(keys(store().list("k/", "", 1))).isEqualTo(keys.subList(0, 1));
    }

    @Test
    void aListSaysWhenAnObjectCame() {
        store().create("a", bytes("a"));
        Duration age =
                Duration.between(store().list("", "", 1).getFirst().created(), Instant.now());
        assertThat(age.abs()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void whatIsDeletedIsGone() {
        store().create("a/b", bytes("one"));
        store().create("a/c", bytes("one"));
        store().delete("a/b");
        assertThat(store().read("a/b", 100)).isEmpty();
        assertThat(keys(store().list("", "", 10))).containsExactly("a/c");
        assertThat(store().create("a/b", bytes("two"))).isEqualTo(CREATED);
        assertThat(store().read("a/b", 100)).contains(bytes("two"));
    }

    @Test
    void whatIsNotThereCanBeDeleted() {
        store().delete("a/b");
        store().create("a/b", bytes("one"));
        store().delete("a/b");
        store().delete("a/b");
        assertThat(store().list("", "", 10)).isEmpty();
    }

    @Test
    void O28_ofManyWhoRaceOneWins() {
        race(races());
    }

    @Tag("slow")
    @Test
    void O28_ofManyWhoRaceOneWinsInTheLongRunToo() {
        race(200);
    }

    private void race(int races) {
        whyNoRace().ifPresent(Assumptions::abort);
        int racers = 32;
        for (int race = 0; race < races; race++) {
            String key = "race/%04d".formatted(race);
            List<ObjectStore.Creation> outcomes = new ArrayList<>();
            List<Runnable> all = new ArrayList<>();
            for (int racer = 0; racer < racers; racer++) {
                byte[] mine = bytes(key + " " + racer);
                all.add(
                        () -> {
                            ObjectStore.Creation outcome = store().create(key, mine);
                            synchronized (outcomes) {
                                outcomes.add(outcome);
                                if (outcome == CREATED) {
                                    assertThat(store().read(key, 100)).contains(mine);
                                }
                            }
                        });
            }
            inParallel(all);
            assertThat(outcomes).hasSize(racers).containsOnlyOnce(CREATED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "a/", "/a", "a//b", "..", "a/../b", "a/./b", ".a", "a/.b", "-a", "A",
                "a b", "a%2fb", "a\\b", "a\0b", "ä", "a+b", "a\nb"
            })
    void H08_onlyKeysAreKeys(String key) {
        assertThatThrownBy(() -> store().create(key, bytes("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be a key");
        assertThatThrownBy(() -> store().read(key, 1)).hasMessageContaining("cannot be a key");
        assertThatThrownBy(() -> store().read(key, 0, 1)).hasMessageContaining("cannot be a key");
        assertThatThrownBy(() -> store().delete(key)).hasMessageContaining("cannot be a key");
        assertThat(store().list("", "", 10)).isEmpty();
    }

    @Test
    void O34_aNameHasUpTo200BytesAndAKey700() {
        String name = "n".repeat(200);
        String key = String.join("/", name, name, name, "x".repeat(97));
        assertThat(store().create(key, bytes("x"))).isEqualTo(CREATED);
        assertThat(keys(store().list(name, "", 1))).containsExactly(key);
        assertThatThrownBy(() -> store().create(key + "y", bytes("x")))
                .hasMessageContaining("cannot be a key");
        assertThatThrownBy(() -> store().create(name + "n", bytes("x")))
                .hasMessageContaining("cannot be a key");
    }

    private void create(String key) {
        store().create(key, bytes(key));
    }

    /// All at once; fails with the first that fails.
    protected static void inParallel(List<Runnable> runs) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> futures = new ArrayList<>();
            for (Runnable run : runs) {
                futures.add(threads.submit(run));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("one of those in parallel failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// The keys of a list.
    protected static List<String> keys(List<StoredObject> list) {
        return list.stream().map(StoredObject::key).toList();
    }

    /// Text as bytes.
    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
