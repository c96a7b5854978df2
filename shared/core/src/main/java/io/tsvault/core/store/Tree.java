package io.tsvault.core.store;

import io.tsvault.core.failure.Permanent;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A folder, and the files and folders in it. No way through it leads out of it.
final class Tree {
    private final Path root;
    private final @Nullable Object identity;

    private Tree(Path root, @Nullable Object identity) {
        this.root = root;
        this.identity = identity;
    }

    /// This folder, which may itself be behind a symbolic link.
    ///
    /// @throws Permanent when there is none
    static Tree at(Path root) throws IOException {
        Path absolute = root.toAbsolutePath();
        try {
            BasicFileAttributes found = Files.readAttributes(absolute, BasicFileAttributes.class);
            if (!found.isDirectory()) {
                throw new Permanent(absolute + " is a file; a vault needs a folder");
            }
            return new Tree(absolute, found.fileKey());
        } catch (NoSuchFileException e) {
            throw new Permanent(
                    absolute
                            + " does not exist; mount the disk that holds it, or make a new vault"
                            + " by tsvault init",
                    e);
        }
    }

    /// Sees to it that this is a folder, and that it outlasts a power cut if it was none before.
    static void makeRoot(Path absolute, Disk disk) throws IOException {
        Path parent = absolute.getParent();
        if (parent != null && !Files.isDirectory(absolute)) {
            makeRoot(parent, disk);
            makeFolder(absolute);
            disk.keepNames(parent);
        }
    }

    Path root() {
        return root;
    }

    /// The folders on the way to a key, from the root on.
    List<Path> folders(String key) {
        List<Path> folders = new ArrayList<>(List.of(root));
        for (int end = key.indexOf('/'); end >= 0; end = key.indexOf('/', end + 1)) {
            folders.add(root.resolve(key.substring(0, end)));
        }
        return folders;
    }

    /// Where a disk is unmounted there is an empty folder, which looks as if all objects were gone.
    void requireInPlace() throws IOException {
        if (!Objects.equals(at(root).identity, identity)) {
            throw new Permanent(
                    root
                            + " is another folder than before, as after mounting or unmounting a"
                            + " disk; mount the right one, and start again");
        }
    }

    /// The file of this key, if there is one.
    Optional<Path> file(String key) throws IOException {
        requireInPlace();
        List<Path> folders = folders(key);
        for (Path folder : folders.subList(1, folders.size())) {
            if (look(folder).filter(BasicFileAttributes::isDirectory).isEmpty()) {
                return Optional.empty();
            }
        }
        Path path = root.resolve(key);
        return look(path).filter(BasicFileAttributes::isRegularFile).map(_ -> path);
    }

    /// What is there, if anything is.
    ///
    /// @throws Permanent when it is neither a file nor a folder
    static Optional<BasicFileAttributes> look(Path path) throws IOException {
        Optional<BasicFileAttributes> found = glance(path);
        if (found.isPresent() && isStrange(found.get())) {
            String kind = found.get().isSymbolicLink() ? "a symbolic link" : "no file";
            throw new Permanent(
                    "%s is %s, and nothing like that belongs into a vault; move it away"
                            .formatted(path, kind));
        }
        return found;
    }

    /// Is it neither a file nor a folder?
    static boolean isStrange(BasicFileAttributes found) {
        return !found.isRegularFile() && !found.isDirectory();
    }

    /// What is there, whatever it is.
    static Optional<BasicFileAttributes> glance(Path path) throws IOException {
        try {
            return Optional.of(
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Makes the folders on the way to a key.
    ///
    /// @return where its file belongs
    Path makeWay(String key) throws IOException {
        List<Path> folders = folders(key);
        for (Path folder : folders.subList(1, folders.size())) {
            makeFolder(folder);
        }
        return root.resolve(key);
    }

    /// Sees to it that this is a folder.
    static void makeFolder(Path folder) throws IOException {
        Optional<BasicFileAttributes> there = look(folder);
        if (there.isEmpty()) {
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException _) {
                there = look(folder); // another made it in this moment
            }
        }
        if (there.filter(BasicFileAttributes::isRegularFile).isPresent()) {
            throw new Permanent(folder + " is a file where a folder belongs; move it away");
        }
    }

    /// A name is taken; by a file, as it should be?
    static void requireNoFolder(Path path) throws IOException {
        if (look(path).filter(BasicFileAttributes::isDirectory).isPresent()) {
            throw new Permanent(path + " is a folder where a file belongs; move it away");
        }
    }
}
