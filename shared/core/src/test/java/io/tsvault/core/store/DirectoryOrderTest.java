package io.tsvault.core.store;

import static io.tsvault.core.store.ObjectStore.Creation.ALREADY_THERE;
import static io.tsvault.core.store.ObjectStore.Creation.CREATED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a directory asks of a disk, in which order, and what becomes of it when the disk refuses.
class DirectoryOrderTest {
    private static final byte[] ONE = "one".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;
    private final List<String> calls = new ArrayList<>();
    private String failing = "nothing";
    private Runnable beforeLinks = () -> {};

    /// Writes down what it is asked for, and fails as told.
    private final class Watched extends Disk {
        @Override
        void force(FileChannel open, Path path) throws IOException {
            call("force " + name(path));
            super.force(open, path);
        }

        @Override
        void link(Path name, Path file) throws IOException {
            beforeLinks.run();
            call("link " + name(name));
            super.link(name, file);
        }

        private String name(Path path) {
            String name = root().relativize(path).toString();
            return name.startsWith(".tmp/") ? "draft" : name;
        }

        private void call(String call) throws IOException {
            calls.add(call);
            if (call.startsWith(failing)) {
                throw new FileSystemException(call, null, "Input/output error");
            }
        }
    }

    private Path root() {
        return folder.resolve("vault");
    }

    private DirectoryStore open() {
        return DirectoryStore.open(root(), new Watched());
    }

    /// Has written before, so that the calls that follow are those of one object.
    private DirectoryStore ready() {
        DirectoryStore store = DirectoryStore.make(root(), new Watched());
        calls.clear();
        return store;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(Files::isRegularFile)
                    .map(path -> root().relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void bytesAreKeptBeforeTheyHaveANameAndTheNameBeforeItIsAnnounced() {
        DirectoryStore store = ready();
        assertThat(store.create("a/b/c", ONE)).isEqualTo(CREATED);
        assertThat(calls)
                .containsExactly("force draft", "link a/b/c", "force a/b", "force a", "force ");
    }

    @Test
    void aWayThatIsKeptIsNotKeptAgain() {
        DirectoryStore store = ready();
        store.create("a/b/c", ONE);
        calls.clear();
        store.create("a/b/d", ONE);
        assertThat(calls).containsExactly("force draft", "link a/b/d", "force a/b");
        calls.clear();
        store.create("a/e/f", ONE);
        assertThat(calls).containsExactly("force draft", "link a/e/f", "force a/e", "force a");
    }

    @Test
    void foldersOfAWriterWhoWasKilledAreKept() throws IOException {
        DirectoryStore store = ready();
        Files.createDirectories(root().resolve("a/b"));
        store.create("a/b/c", ONE);
        assertThat(calls).endsWith("force a/b", "force a", "force ");
    }

    @Test
    void aFolderThatIsMadeAgainIsKeptAgain() throws IOException {
        DirectoryStore store = ready();
        store.create("a/b/c", ONE);
        Files.move(root().resolve("a"), root().resolve("z"));
        calls.clear();
        store.create("a/b/c", ONE);
        assertThat(calls).endsWith("force a/b", "force a", "force ");
    }

    @Test
    void whatIsThereAlreadyIsKeptBeforeAnybodyBuildsOnIt() throws IOException {
        DirectoryStore store = ready();
        Files.createDirectories(root().resolve("a"));
        Files.write(root().resolve("a/b"), ONE);
        assertThat(store.create("a/b", ONE)).isEqualTo(ALREADY_THERE);
        assertThat(calls).containsExactly("force a", "force ");
    }

    @Test
    void aNameThatGoesIsKeptGone() {
        DirectoryStore store = ready();
        store.create("a/b/c", ONE);
        store.create("a/d", ONE);
        calls.clear();
        store.delete("a/b/c");
        assertThat(calls).containsExactly("force a/b", "force a");
        store.delete("a/b/c");
        assertThat(calls).hasSize(2);
    }

    @Test
    void aNewVaultOutlastsAPowerCut() {
        DirectoryStore.make(root(), new Watched());
        assertThat(calls).contains("force ..");
    }

    @Test
    void O33_aFailedForceIsAFailedWriteAndNotRepeated() throws IOException {
        ObjectStore store = new RetryingStore(ready(), this::noWait, new java.util.Random(1));
        failing = "force draft";
        assertThatThrownBy(() -> store.create("a/b", ONE))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining(root() + "/a/b cannot be written")
                .hasMessageContaining("Input/output error")
                .hasMessageContaining("the disk may be failing");
        assertThat(calls).containsExactly("force draft");
        assertThat(files()).isEmpty();
    }

    private void noWait(Duration wait) {
        throw new AssertionError("nothing is to be tried again after " + wait);
    }

    /// It may have been seen already, so it has to stay; that it is there must not be believed.
    @Test
    void O33_aNameThatWasNotKeptIsNoSuccess() throws IOException {
        ObjectStore store = new RetryingStore(ready(), this::noWait, new java.util.Random(1));
        failing = "force a";
        assertThatThrownBy(() -> store.create("a/b", ONE))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("the disk may be failing");
        assertThat(files()).containsExactly("a/b");
        assertThatThrownBy(() -> store.create("a/b", ONE)).isInstanceOf(Permanent.class);
        failing = "nothing";
        assertThat(store.create("a/b", ONE)).isEqualTo(CREATED);
    }

    @Test
    void O33_aDiskWithoutHardLinksIsRefusedBeforeAnythingIsWritten() throws IOException {
        Files.createDirectories(root());
        failing = "link";
        for (Runnable use :
                List.<Runnable>of(
                        () -> DirectoryStore.make(root(), new Watched()),
                        () -> open().create("a/b", ONE))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining(root() + "/.tmp: no file there can have two names")
                    .hasMessageContaining("needs hard links, which FAT")
                    .hasMessageContaining("use ext4");
        }
        assertThat(calls).doesNotContain("link a/b");
        assertThat(files()).isEmpty();
        assertThat(open().list("", "", 9)).isEmpty();
    }

    @Test
    void O33_aFileSystemThatNeverHeardOfHardLinksIsRefused() throws IOException {
        Path zip = folder.resolve("some.zip");
        try (var files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            DirectoryStore inside = DirectoryStore.open(files.getPath("/"));
            assertThatThrownBy(() -> inside.create("a", ONE))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("needs hard links");
        }
    }

    @Test
    void aFolderMayGoInTheMomentBeforeTheLink() throws IOException {
        DirectoryStore store = ready();
        int[] times = {3};
        beforeLinks =
                () -> {
                    if (times[0]-- > 0) {
                        remove(root().resolve("a/b"));
                        remove(root().resolve("a"));
                    }
                };
        assertThat(store.create("a/b/c", ONE)).isEqualTo(CREATED);
        assertThat(files()).containsExactly("a/b/c");
        store.delete("a/b/c");
        times[0] = 1000;
        assertThatThrownBy(() -> store.create("a/b/d", ONE)).isInstanceOf(Transient.class);
    }

    private static void remove(Path path) {
        if (!path.toFile().delete()) {
            throw new AssertionError(path + " cannot be removed");
        }
    }

    @Test
    void aDraftThatIsGoneIsWrittenAgain() throws IOException {
        DirectoryStore store = ready();
        try (Stream<Path> inside = Files.list(root())) {
            inside.forEach(DirectoryOrderTest::remove);
        }
        assertThat(store.create("a", ONE)).isEqualTo(CREATED);
        assertThat(files()).containsExactly("a");
    }

    @Test
    void anInterruptedWriteMayBeTriedAgain() throws IOException {
        DirectoryStore store = ready();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> store.create("a", ONE)).isInstanceOf(Transient.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(files()).isEmpty();
        assertThat(store.create("a", ONE)).isEqualTo(CREATED);
    }
}
