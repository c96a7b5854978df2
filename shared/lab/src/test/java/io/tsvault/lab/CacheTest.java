package io.tsvault.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

class CacheTest {
    @TempDir Path folder;

    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final AtomicInteger fetches = new AtomicInteger();

    /// A server that is a shell script.
    private final class Script implements Origin {
        private final String version;
        private final String lastWords;

        Script(String version, String lastWords) {
            this.version = version;
            this.lastWords = lastWords;
        }

        @Override
        public String describe() {
            return "a script";
        }

        @Override
        public Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        public Path program(Path home, Product product) {
            return home.resolve("bin/server");
        }

        @Override
        public String fetch(Path into, Path scratch) throws IOException {
            fetches.incrementAndGet();
            Path binary = program(into, Product.PROMETHEUS);
            Files.createDirectories(binary.getParent());
            Files.writeString(binary, "#!/bin/sh\n");
            Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
            if (!lastWords.isEmpty()) {
                throw new IOException(lastWords);
            }
            return version;
        }
    }

    private Edition edition(String comes, String lastWords) {
        return new Edition(Product.PROMETHEUS, "9.1", new Script(comes, lastWords));
    }

    private Cache cache() {
        return new Cache(folder.resolve("a cache"), notices::add);
    }

    private List<String> leftOvers() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("a cache"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".tmp-"))
                    .toList();
        }
    }

    @Test
    void aServerIsFetchedOnceAndSaysSoInOneLine() throws IOException {
        Edition edition = edition("9.1.7+ds-1", "");
        assertThat(cache().find(edition)).isEmpty();
        Program program = cache().fetch(edition);
        assertThat(program.version()).isEqualTo("9.1.7");
        assertThat(program.binary()).isExecutable();
        assertThat(cache().fetch(edition)).isEqualTo(program);
        assertThat(fetches).hasValue(1);
        assertThat(notices)
                .containsExactly(
                        "fetching prometheus:9.1 from a script into " + folder.resolve("a cache"));
    }

    @Test
    void aFetchThatFailedLeavesNothingAndTheNextOneHeals() throws IOException {
        assertThatThrownBy(() -> cache().fetch(edition("9.1.0", "the mirror is gone")))
                .isInstanceOf(IOException.class)
                .hasMessage("the mirror is gone");
        assertThat(cache().find(edition("9.1.0", ""))).isEmpty();
        assertThat(leftOvers()).isEmpty();
        assertThat(cache().fetch(edition("9.1.0", "")).version()).isEqualTo("9.1.0");
    }

    @Test
    void aFetchThatDiedHalfWayIsNotTakenForAServer() throws IOException {
        Edition edition = edition("9.1.0", "");
        Path home = folder.resolve("a cache/prometheus-9.1");
        Path binary = edition.origin().program(home, edition.product());
        Files.createDirectories(binary.getParent());
        Files.writeString(binary, "half");
        Files.createDirectories(folder.resolve("a cache/.tmp-123/bin"));
        assertThat(cache().find(edition)).isEmpty();
        cache().fetch(edition);
        assertThat(binary).hasContent("#!/bin/sh\n");
        assertThat(leftOvers()).isEmpty();
    }

    @Test
    void aSuiteThatHoldsAnotherVersionNowIsToldApart() throws IOException {
        assertThatThrownBy(() -> cache().fetch(edition("9.10.0", "")))
                .isInstanceOf(IOException.class)
                .hasMessage("it now holds version 9.10.0");
        assertThat(cache().find(edition("9.10.0", ""))).isEmpty();
    }

    @Test
    void twoFetchesAtOnceFetchOnce() throws Exception {
        Edition edition = edition("9.1.0", "");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Program>> both =
                    threads.invokeAll(
                            List.of(() -> cache().fetch(edition), () -> cache().fetch(edition)));
            assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void aCacheThatIsBeingFilledIsWaitedForAndSaidSo() throws Exception {
        Path cacheFolder = Files.createDirectory(folder.resolve("a cache"));
        Process other = ProcessHolding.lockOn(cacheFolder.resolve(".lock"));
        assertThat(ProcessHolding.firstLine(other)).isEqualTo("true");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch waiting = new CountDownLatch(1);
            Cache cache =
                    new Cache(
                            cacheFolder,
                            line -> {
                                notices.add(line);
                                if (line.contains("waiting")) {
                                    waiting.countDown();
                                }
                            });
            Future<Program> fetch = threads.submit(() -> cache.fetch(edition("9.1.0", "")));
            waiting.await();
            assertThat(fetch.isDone()).isFalse();
            other.destroyForcibly().waitFor();
            assertThat(fetch.get().version()).isEqualTo("9.1.0");
            assertThat(notices.getFirst())
                    .isEqualTo("another process fills " + cacheFolder + "; waiting for it");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWithTheWayOut() throws IOException {
        Path file = Files.writeString(folder.resolve("a cache"), "a file, no folder");
        assertThatThrownBy(() -> cache().fetch(edition("9.1.0", "")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the cache folder "
                                + file
                                + " cannot be written; name another one in TSVAULT_LAB_CACHE");
    }

    @Test
    void aFolderWithoutPermissionIsNamedWithTheWayOut() throws IOException {
        Path cacheFolder = Files.createDirectory(folder.resolve("a cache"));
        Files.setPosixFilePermissions(cacheFolder, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(cacheFolder), "root may write everywhere");
        assertThatThrownBy(() -> cache().fetch(edition("9.1.0", "")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void theUsualFolderFollowsTheEnvironment() {
        assertThat(Cache.usualFolder(Map.of("TSVAULT_LAB_CACHE", "/c", "XDG_CACHE_HOME", "/x")))
                .isEqualTo(Path.of("/c"));
        assertThat(Cache.usualFolder(Map.of("XDG_CACHE_HOME", "/x")))
                .isEqualTo(Path.of("/x/tsvault/lab"));
        assertThat(Cache.usualFolder(Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/tsvault/lab"));
    }
}
