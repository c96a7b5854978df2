package io.tsvault.core.store;

import static io.tsvault.core.store.ObjectStore.Creation.ALREADY_THERE;
import static io.tsvault.core.store.ObjectStore.Creation.CREATED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class DirectoryStoreTest extends ObjectStoreContract {
    @TempDir private Path folder;
    private Path root = Path.of("");

    @BeforeEach
    void make() {
        root = folder.resolve("vault");
        DirectoryStore.make(root);
    }

    @Override
    protected ObjectStore store() {
        return DirectoryStore.open(root);
    }

    private List<String> inRoot() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(path -> root.relativize(path).toString()).sorted().toList();
        }
    }

    @Test
    void anObjectIsAFileWithItsBytes() throws IOException {
        store().create("a/b/c.json", bytes("one"));
        assertThat(root.resolve("a/b/c.json")).hasContent("one");
        assertThat(inRoot()).containsExactly("", ".tmp", "a", "a/b", "a/b/c.json");
        assertThat(store().location()).isEqualTo(root + "/");
    }

    @Test
    void readingMakesNothing() throws IOException {
        Files.delete(root.resolve(".tmp"));
        assertThat(store().list("", "", 9)).isEmpty();
        assertThat(store().read("a/b", 9)).isEmpty();
        store().delete("a/b");
        assertThat(inRoot()).containsExactly("");
    }

    @Test
    void whatIsNotThereIsNotMadeByOpening() {
        Path missing = folder.resolve("missing/vault");
        assertThatThrownBy(() -> DirectoryStore.open(missing))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining(missing + " does not exist")
                .hasMessageContaining("tsvault init");
        assertThat(folder.resolve("missing")).doesNotExist();
        DirectoryStore.make(missing);
        assertThat(missing).isDirectory();
    }

    @Test
    void aFileIsNoVault() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DirectoryStore.open(file)).hasMessageContaining("is a file");
        assertThatThrownBy(() -> DirectoryStore.make(file)).hasMessageContaining("is a file");
        assertThatThrownBy(() -> DirectoryStore.make(file.resolve("vault")))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining(file + " is a file");
    }

    @Test
    void theFolderItselfMayBeBehindALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);
        DirectoryStore.open(link).create("a", bytes("one"));
        assertThat(store().read("a", 9)).contains(bytes("one"));
    }

    @Test
    void O11_anotherFolderInItsPlaceIsNoEmptyVault() throws IOException {
        ObjectStore opened = store();
        opened.create("a", bytes("one"));
        Files.move(root, folder.resolve("unmounted"));
        assertThatThrownBy(() -> opened.read("a", 9)).hasMessageContaining("does not exist");
        Files.createDirectory(root);
        for (Runnable use :
                List.<Runnable>of(
                        () -> opened.read("a", 9),
                        () -> opened.list("", "", 9),
                        () -> opened.create("b", bytes("two")),
                        () -> opened.delete("a"))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("is another folder than before");
        }
        assertThat(inRoot()).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "a/b/c"})
    void H08_aSymbolicLinkIsRefusedOnEveryLevel(String planted) throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectories(outside.resolve("b"));
        Files.writeString(outside.resolve("c"), "secret");
        Files.writeString(outside.resolve("b/c"), "secret");
        Path link = root.resolve(planted);
        Files.createDirectories(link.resolveSibling("."));
        Files.createSymbolicLink(
                link, planted.endsWith("c") ? outside.resolve("c") : outside.resolve("."));
        for (Runnable use :
                List.<Runnable>of(
                        () -> store().read("a/b/c", 9),
                        () -> store().read("a/b/c", 0, 9),
                        () -> store().list("a/b/c/", "", 9),
                        () -> store().create("a/b/c", bytes("mine")),
                        () -> store().delete("a/b/c"))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining(link + " is a symbolic link");
        }
        assertThat(store().list("", "", 9))
                .singleElement()
                .matches(there -> there.key().equals(planted) && !there.isObject());
        assertThat(outside.resolve("c")).hasContent("secret");
        assertThat(outside.resolve("b/c")).hasContent("secret");
    }

    @Test
    void H08_aSymbolicLinkForDraftsIsRefused() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.delete(root.resolve(".tmp"));
        Files.createSymbolicLink(root.resolve(".tmp"), outside);
        assertThatThrownBy(() -> store().create("a", bytes("one")))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining(root.resolve(".tmp") + " is a symbolic link");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void H08_aPipeIsNotWaitedFor() throws Exception {
        Path pipe = root.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> store().read("pipe", 9)).hasMessageContaining("is no file");
        assertThat(store().list("", "", 9)).noneMatch(StoredObject::isObject).hasSize(1);
    }

    @Test
    void foreignFilesAreListedAsTheyAre() throws IOException {
        for (String name : List.of("A", "b c", "ö", "z~", ".hidden", "x/.git/y", "x/Y/z")) {
            Files.createDirectories(root.resolve(name).resolveSibling("."));
            Files.writeString(root.resolve(name), name);
        }
        store().create("x/a", bytes("one"));
        assertThat(keys(store().list("", "", 99)))
                .containsExactly("A", "b c", "x/Y/z", "x/a", "z~", "ö");
        assertThat(keys(store().list("x/Y/", "", 99))).containsExactly("x/Y/z");
        assertThat(keys(store().list("", "x/Y/z", 1))).containsExactly("x/a");
        assertThat(store().list("../", "", 9)).isEmpty();
        assertThat(store().list("x/../", "", 9)).isEmpty();
        assertThat(store().list("/", "", 9)).isEmpty();
    }

    @Test
    void H08_aLinkIsListedInItsPlace() throws IOException {
        store().create("a/1", bytes("one"));
        store().create("a/3/1", bytes("one"));
        Files.createSymbolicLink(root.resolve("a/2"), folder);
        Files.createSymbolicLink(root.resolve("0"), folder);
        assertThat(keys(store().list("a/", "", 1))).containsExactly("a/1");
        assertThat(keys(store().list("a/", "a/2~", 1))).containsExactly("a/3/1");
        assertThat(keys(store().list("", "", 9))).containsExactly("0", "a/1", "a/2", "a/3/1");
    }

    @Test
    void aFolderIsNoObject() throws IOException {
        store().create("a/b", bytes("one"));
        assertThat(store().read("a", 9)).isEmpty();
        store().delete("a");
        assertThat(store().read("a/b", 9)).contains(bytes("one"));
        assertThatThrownBy(() -> store().create("a", bytes("two")))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining(root.resolve("a") + " is a folder where a file belongs");
    }

    @Test
    void aFileIsNoFolder() {
        store().create("a", bytes("one"));
        assertThat(store().read("a/b", 9)).isEmpty();
        assertThat(store().list("a/", "", 9)).isEmpty();
        store().delete("a/b");
        assertThatThrownBy(() -> store().create("a/b", bytes("two")))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining(root.resolve("a") + " is a file where a folder belongs");
        assertThat(store().read("a", 9)).contains(bytes("one"));
    }

    @Test
    void draftsOfTheDeadAreClearedAway() throws IOException {
        Path dead = Files.writeString(root.resolve(".tmp/dead"), "half");
        Path young = Files.writeString(root.resolve(".tmp/young"), "half");
        Instant now = Instant.now();
        Files.setLastModifiedTime(dead, FileTime.from(now.minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofHours(23))));
        assertThat(store().list("", "", 9)).isEmpty();
        assertThat(dead).exists();
        store().create("a", bytes("one"));
        assertThat(inRoot()).containsExactly("", ".tmp", ".tmp/young", "a");
    }

    @Test
    void foldersThatBecomeEmptyGo() throws IOException {
        store().create("a/b/c/1", bytes("one"));
        store().create("a/2", bytes("two"));
        store().delete("a/b/c/1");
        assertThat(inRoot()).containsExactly("", ".tmp", "a", "a/2");
        store().delete("a/2");
        assertThat(inRoot()).containsExactly("", ".tmp");
    }

    @Test
    void foldersMayGoWhileOthersPutFilesIntoThem() {
        List<Runnable> all = new ArrayList<>();
        ObjectStore store = store();
        for (int i = 0; i < 16; i++) {
            String key = "a/b/" + i;
            all.add(
                    () -> {
                        for (int round = 0; round < 20; round++) {
                            assertThat(store.create(key, bytes(key))).isEqualTo(CREATED);
                            assertThat(store.create(key, bytes(key))).isEqualTo(ALREADY_THERE);
                            assertThat(store.read(key, 9)).contains(bytes(key));
                            store.delete(key);
                            assertThat(store.read(key, 9)).isEmpty();
                        }
                    });
        }
        inParallel(all);
        assertThat(root.resolve("a")).doesNotExist();
    }
}
