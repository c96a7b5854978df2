package io.tsvault.core.store;

import static io.tsvault.core.store.ObjectStore.Creation.CREATED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Real disks, and real refusals.
class DirectoryMediumTest {
    private static final byte[] ONE = "one".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;

    @Test
    void O33_aFullDiskShowsNothing() throws IOException {
        try (Mount disk = new Mount(folder, "size=256k")) {
            DirectoryStore store = DirectoryStore.make(disk.path());
            store.create("a", ONE);
            assertThatThrownBy(() -> store.create("b", new byte[1 << 20]))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("/b cannot be written")
                    .hasMessageContaining("the disk is full, ")
                    .hasMessageContaining("make room")
                    .matches(full -> ((Permanent) full).isOutOfOrder(), "is no wrong use");
            assertThat(disk.path().resolve(".tmp")).isEmptyDirectory();
            assertThat(store.list("", "", 9)).singleElement().matches(o -> o.key().equals("a"));
            assertThat(store.create("b", new byte[1 << 16])).isEqualTo(CREATED);
        }
    }

    @Test
    void O33_aDiskWithTooManyFilesShowsNothing() throws IOException {
        try (Mount disk = new Mount(folder, "size=256k,nr_inodes=6")) {
            DirectoryStore store = DirectoryStore.make(disk.path());
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 9; i++) {
                                    store.create("a/" + i, ONE);
                                }
                            })
                    .isInstanceOf(Transient.class)
                    .hasMessageContaining("/a/");
            assertThat(disk.path().resolve(".tmp")).isEmptyDirectory();
            List<StoredObject> there = store.list("", "", 9);
            assertThat(there).hasSizeBetween(1, 8).allMatch(object -> object.bytes() == ONE.length);
        }
    }

    @Test
    void O33_aDiskThatCanOnlyBeReadIsRead() throws IOException {
        try (Mount disk = new Mount(folder, "size=256k")) {
            Files.createDirectory(disk.path().resolve("a"));
            Files.write(disk.path().resolve("a/b"), ONE);
            disk.run("mount -o remount,ro $0");
            DirectoryStore store = DirectoryStore.open(disk.path());
            assertThat(store.read("a/b", 9)).contains(ONE);
            assertThat(store.list("", "", 9)).hasSize(1);
            for (Runnable change :
                    List.<Runnable>of(
                            () -> store.create("c", ONE),
                            () -> store.delete("a/b"),
                            () -> DirectoryStore.make(disk.path()))) {
                assertThatThrownBy(change::run)
                        .isInstanceOf(Permanent.class)
                        .hasMessageContaining("this disk can only be read")
                        .matches(e -> !((Permanent) e).isOutOfOrder(), "is wrong use");
            }
        }
    }

    @Test
    void O33_aVaultIsOnOneDisk() throws IOException {
        try (Mount disk = new Mount(folder, "size=256k")) {
            DirectoryStore store = DirectoryStore.make(disk.path());
            disk.run("mkdir $0/a && mount -t tmpfs none $0/a");
            assertThatThrownBy(() -> store.create("a/b", ONE))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("all of a vault has to be on one file system");
        }
    }

    @Test
    void O11_aDiskThatIsUnmountedIsMissed() throws IOException {
        try (Mount disk = new Mount(folder, "size=256k")) {
            DirectoryStore store = DirectoryStore.make(disk.path());
            store.create("a", ONE);
            disk.run("umount $0");
            for (Supplier<Object> use :
                    List.<Supplier<Object>>of(
                            () -> store.read("a", 9),
                            () -> store.list("", "", 9),
                            () -> store.create("b", ONE))) {
                assertThatThrownBy(use::get)
                        .isInstanceOf(Permanent.class)
                        .hasMessageContaining("mount the right one");
            }
            assertThat(folder).isEmptyDirectory();
        }
    }

    /// Each step: the rights to a path, and what is tried then.
    @Tag("slow")
    @Test
    void O33_missingPermissionsAreNamed() throws Exception {
        DirectoryStore.make(folder).create("a/b", ONE);
        List<String> steps =
                List.of(
                        "--------- a/b read a/b",
                        "rw------- a read a/b",
                        "-wx------ a list a/",
                        "r-x------ a delete a/b",
                        "r-x------ . create c/d",
                        "r-x------ .tmp create c/d",
                        "rwx------ a read a/b");
        Process child =
                ChildJvm.start(
                        withoutPrivileges(),
                        DirectoryMediumTest.class,
                        Stream.concat(Stream.of(folder.toString()), steps.stream())
                                .toArray(String[]::new));
        List<String> said = ChildJvm.said(child).lines().toList();
        assertThat(said).hasSize(steps.size()).last().isEqualTo("done");
        List<String> named = List.of("a/b", "a/b", "a", "a/b", "c", ".tmp/");
        for (int i = 0; i < named.size(); i++) {
            assertThat(said.get(i))
                    .as(steps.get(i))
                    .startsWith("Permanent")
                    .contains("permission denied for " + folder.resolve(named.get(i)))
                    .contains("allow it to the user " + System.getProperty("user.name"));
        }
    }

    @Tag("slow")
    @Test
    void aFreshExt4DiskIsEmpty() throws Exception {
        Files.createDirectory(folder.resolve("lost+found"));
        Files.createDirectory(folder.resolve("photos"));
        Process child =
                ChildJvm.start(
                        withoutPrivileges(),
                        DirectoryMediumTest.class,
                        folder.toString(),
                        "--------- lost+found list ",
                        "--------- photos list ");
        List<String> said = ChildJvm.said(child).lines().toList();
        assertThat(said).hasSize(2).first().isEqualTo("done");
        assertThat(said.getLast()).contains("permission denied for " + folder.resolve("photos"));
        Files.write(folder.resolve("lost+found/#1"), ONE);
        assertThat(DirectoryStore.open(folder).list("", "", 9))
                .singleElement()
                .matches(object -> object.key().equals("lost+found/#1"));
    }

    /// Root may do everything, unless it gives that up.
    private static List<String> withoutPrivileges() {
        return System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
                : List.of();
    }

    /// In the Java that may do less.
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        for (String step : List.of(args).subList(1, args.length)) {
            String[] words = step.split(" ", -1);
            Path path = root.resolve(words[1]);
            Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(words[0]));
            System.out.println(outcome(root, words[2], words[3]));
            Files.setPosixFilePermissions(path, before);
        }
    }

    private static String outcome(Path root, String call, String key) {
        try {
            DirectoryStore store = DirectoryStore.open(root);
            switch (call) {
                case "read" -> store.read(key, 9);
                case "list" -> store.list(key, "", 9);
                case "create" -> store.create(key, ONE);
                default -> store.delete(key);
            }
            return "done";
        } catch (Permanent | Transient e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
