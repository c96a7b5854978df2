package io.tsvault.core.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Sees to it that what a folder names outlasts a power cut.
final class Folders {
    private static final int MOST_REMEMBERED = 10_000;

    /// A folder that is made again under its name is another.
    private record Identity(@Nullable Object file, FileTime born) {
        static Identity of(Path folder) throws IOException {
            BasicFileAttributes found =
                    Files.readAttributes(
                            folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Identity(found.fileKey(), found.creationTime());
        }
    }

    private final Disk disk;
    private final Set<Identity> kept = ConcurrentHashMap.newKeySet();

    Folders(Disk disk) {
        this.disk = disk;
    }

    /// Returns when the names in the last folder outlast a power cut, and all folders on the way to
    /// it. Whoever made those may have been killed before.
    ///
    /// @param way from the root on
    void keep(List<Path> way) throws IOException {
        disk.keepNames(way.getLast());
        for (int i = way.size() - 1; i > 0; i--) {
            Identity identity = Identity.of(way.get(i));
            if (!kept.contains(identity)) {
                disk.keepNames(way.get(i - 1));
                remember(identity);
            }
        }
    }

    private void remember(Identity identity) {
        if (kept.size() >= MOST_REMEMBERED) {
            kept.clear();
        }
        kept.add(identity);
    }

    /// Removes the last folder if it is empty, then the one above, and so on up to the root, which
    /// stays.
    void removeEmpty(List<Path> way) throws IOException {
        for (int i = way.size() - 1; i > 0 && isRemoved(way.get(i)); i--) {
            disk.keepNames(way.get(i - 1));
        }
    }

    private static boolean isRemoved(Path folder) throws IOException {
        try {
            Files.delete(folder);
            return true;
        } catch (DirectoryNotEmptyException | NoSuchFileException _) {
            return false;
        }
    }
}
