package io.tsvault.core.store;

import static io.tsvault.core.store.Finding.State.BAD;
import static io.tsvault.core.store.Finding.State.OK;
import static io.tsvault.core.store.Finding.State.WARN;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;

class StoreProbeTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final MemoryStore memory = new MemoryStore(CLOCK);

    /// A store as it should be; each test breaks it at one place.
    private class Broken extends Passage {
        Broken() {
            super(memory);
        }

        @Override
        public String location() {
            return "s3://broken/";
        }
    }

    private static List<Finding> findings(ObjectStore store) {
        return StoreProbe.of(store, CLOCK, new Random(1));
    }

    private static Map<String, Finding> notOk(ObjectStore store) {
        return findings(store).stream()
                .filter(finding -> finding.state() != OK)
                .collect(Collectors.toMap(Finding::what, finding -> finding));
    }

    @Test
    void aGoodStoreIsGoodAndCleanAfterwards() {
        memory.create("vault.json", new byte[0]);
        assertThat(findings(memory))
                .extracting(Finding::what)
                .containsExactly(
                        "list",
                        "read",
                        "create",
                        "create once",
                        "race",
                        "list at once",
                        "clock",
                        "delete");
        assertThat(notOk(memory)).isEmpty();
        assertThat(memory.list("", "", 9))
                .singleElement()
                .matches(o -> o.key().equals("vault.json"));
    }

    @Test
    void aDirectoryIsGoodAndCleanAfterwards(@TempDir Path folder) {
        ObjectStore store = DirectoryStore.open(folder);
        assertThat(StoreProbe.of(store, Clock.systemUTC(), new Random(2)))
                .allMatch(finding -> finding.state() == OK);
        assertThat(folder.resolve("probe")).doesNotExist();
    }

    @Test
    void whatIsTriedAgainIsGoodToo() {
        assertThat(notOk(new RetryingStore(memory, _ -> {}, new Random(3)))).isEmpty();
    }

    @Test
    void O28_aStoreThatIgnoresTheConditionIsFound() {
        Map<String, Finding> found =
                notOk(
                        new Broken() {
                            @Override
                            public Creation create(String key, byte[] bytes) {
                                memory.delete(key);
                                memory.create(key, bytes);
                                return Creation.CREATED;
                            }
                        });
        assertThat(found).containsOnlyKeys("create once", "race");
        assertThat(found.values())
                .allMatch(finding -> finding.state() == BAD)
                .allMatch(finding -> finding.detail().contains("honours If-None-Match"));
    }

    /// Looks first, and then writes: good, until two come at once.
    @Test
    void O28_aStoreThatLooksBeforeItWritesIsFound() {
        CyclicBarrier together = new CyclicBarrier(8);
        Map<String, Finding> found =
                notOk(
                        new Broken() {
                            @Override
                            public Creation create(String key, byte[] bytes) {
                                boolean there = memory.read(key, 99).isPresent();
                                if (key.contains("race")) {
                                    await(together);
                                }
                                if (!there) {
                                    memory.delete(key);
                                    memory.create(key, bytes);
                                }
                                return there ? Creation.ALREADY_THERE : Creation.CREATED;
                            }
                        });
        assertThat(found).containsOnlyKeys("race");
        assertThat(found.values())
                .allMatch(finding -> finding.detail().startsWith("of 8 writers 8 were told"));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void O28_aWriterWithoutAnswerMayHaveWon() {
        assertThat(
                        notOk(
                                new Broken() {
                                    @Override
                                    public Creation create(String key, byte[] bytes) {
                                        Creation outcome = memory.create(key, bytes);
                                        if (key.contains("race") && outcome == Creation.CREATED) {
                                            throw new Transient("the answer was lost");
                                        }
                                        return outcome;
                                    }
                                }))
                .isEmpty();
    }

    @Test
    void O28_aWinnerWhoseObjectIsNotThereIsFound() {
        assertThat(
                        notOk(
                                new Broken() {
                                    @Override
                                    public Optional<byte[]> read(String key, int mostBytes) {
                                        return key.contains("race")
                                                ? Optional.empty()
                                                : memory.read(key, mostBytes);
                                    }
                                }))
                .containsOnlyKeys("race");
    }

    @Test
    void O27_aListThatLagsIsFound() {
        assertThat(
                        notOk(
                                new Broken() {
                                    @Override
                                    public List<StoredObject> list(
                                            String prefix, String startAfter, int limit) {
                                        List<StoredObject> all =
                                                memory.list(prefix, startAfter, limit);
                                        return all.size() < 7 ? all : all.subList(1, all.size());
                                    }
                                }))
                .containsOnlyKeys("list at once");
    }

    @Test
    void O27_aListOfNothingIsFound() {
        assertThat(
                        notOk(
                                new Broken() {
                                    @Override
                                    public List<StoredObject> list(
                                            String prefix, String startAfter, int limit) {
                                        return List.of();
                                    }
                                }))
                .containsOnlyKeys("list at once", "clock");
    }

    @Test
    void O27_aListInAnotherOrderIsFound() {
        Comparator<StoredObject> byNames =
                Comparator.comparing(object -> object.key().replace('/', ' '));
        assertThat(
                        notOk(
                                new Broken() {
                                    @Override
                                    public List<StoredObject> list(
                                            String prefix, String startAfter, int limit) {
                                        return memory.list(prefix, startAfter, limit).stream()
                                                .sorted(byNames)
                                                .toList();
                                    }
                                }))
                .containsOnlyKeys("list at once");
    }

    @Test
    void aListThatDoesNotGoOnIsFound() {
        assertThat(
                        notOk(
                                new Broken() {
                                    @Override
                                    public List<StoredObject> list(
                                            String prefix, String startAfter, int limit) {
                                        return memory.list(prefix, "", limit);
                                    }
                                }))
                .containsOnlyKeys("list at once");
    }

    @Test
    void whatIsDeletedAndStillThereIsFound() {
        Map<String, Finding> found =
                notOk(
                        new Broken() {
                            @Override
                            public void delete(String key) {
                                if (!key.endsWith("first")) {
                                    memory.delete(key);
                                }
                            }
                        });
        assertThat(found).containsOnlyKeys("delete");
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "60, OK", "-60, OK", "61, WARN", "-300, WARN", "301, BAD", "-999, BAD"})
    void O09_aClockThatIsWrongIsNamed(long seconds, Finding.State state) {
        Clock theirs = Clock.offset(CLOCK, Duration.ofSeconds(seconds));
        List<Finding> findings = findings(new MemoryStore(theirs));
        assertThat(findings.get(6).state()).isEqualTo(state);
        assertThat(findings.get(6).detail()).contains("%+d s".formatted(seconds));
        assertThat(findings).filteredOn(finding -> finding.state() != OK).hasSizeLessThan(2);
    }

    /// Refuses one kind of call.
    private final class Denying extends Broken {
        private final String denied;

        Denying(String denied) {
            this.denied = denied;
        }

        private void require(String call) {
            if (call.equals(denied)) {
                throw new Permanent("AccessDenied: " + call + "; allow it");
            }
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            require("create");
            return super.create(key, bytes);
        }

        @Override
        public Optional<byte[]> read(String key, int mostBytes) {
            require("read");
            return super.read(key, mostBytes);
        }

        @Override
        public List<StoredObject> list(String prefix, String startAfter, int limit) {
            require("list");
            return super.list(prefix, startAfter, limit);
        }

        @Override
        public void delete(String key) {
            require("delete");
            super.delete(key);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "create, create",
        "read, read|create|delete",
        "list, list|list at once|clock|delete",
        "delete, delete"
    })
    void O08_aMissingPermissionIsNamed(String denied, String concerned) {
        Map<String, Finding> found = new HashMap<>(notOk(new Denying(denied)));
        found.remove("not tried");
        assertThat(found).containsOnlyKeys(concerned.split("\\|", -1));
        assertThat(found.values())
                .allMatch(finding -> finding.detail().contains("AccessDenied: " + denied));
        assertThat(found.values())
                .allMatch(finding -> finding.state() == (denied.equals("delete") ? WARN : BAD));
        assertThat(memory.list("", "", 99)).hasSize(denied.equals("delete") ? 10 : 0);
    }

    @Test
    void whatNeedsAnObjectIsNotTriedWhereNothingCanBeCreated() {
        assertThat(notOk(new Denying("create")))
                .containsOnlyKeys("create", "not tried")
                .extractingByKey("not tried")
                .satisfies(finding -> assertThat(finding.detail()).contains("delete"));
        List<Finding> all =
                StoreProbe.of(new Denying("create"), Clock.systemUTC(), new SecureRandom());
        assertThat(all).extracting(Finding::what).doesNotContain("delete");
    }

    @Test
    void whatStaysBehindIsNamed() {
        assertThat(notOk(new Denying("delete")).values())
                .singleElement()
                .satisfies(
                        finding ->
                                assertThat(finding.detail())
                                        .contains("s3://broken/probe/")
                                        .endsWith(" stays"));
    }
}
