package io.tsvault.core.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// Walks through a folder in the order of keys. Opens no folder that cannot hold what is asked for,
/// and looks at no file behind the last that is listed.
///
/// In this order a folder `a` stands at `a/`: behind a file `a.b`, and before a file `a0`. Which
/// names are folders is known only when they are looked at, and to look at each is dear. So a name
/// waits for its turn as a file, which never comes too late, and a folder then waits again as `a/`.
final class Listing {
    /// In the root of each ext4 disk, from the first moment on.
    private static final String LOST_AND_FOUND = "lost+found/";

    private final String prefix;
    private final String startAfter;
    private final int limit;
    private final List<StoredObject> found = new ArrayList<>();

    private Listing(String prefix, String startAfter, int limit) {
        this.prefix = prefix;
        this.startAfter = startAfter;
        this.limit = limit;
    }

    static List<StoredObject> of(Path root, String prefix, String startAfter, int limit)
            throws IOException {
        Listing listing = new Listing(prefix, startAfter, limit);
        listing.visit(root, "");
        return listing.found;
    }

    /// @param path of the folder, with / at its end; empty for the root
    private void visit(Path folder, String path) throws IOException {
        if (!canHoldWanted(path)) {
            return;
        }
        PriorityQueue<String> waiting = new PriorityQueue<>(names(folder, path));
        while (!waiting.isEmpty() && found.size() < limit) {
            String name = waiting.remove();
            Path child = folder.resolve(name);
            if (name.endsWith("/")) {
                visit(child, path + name);
                continue;
            }
            Optional<BasicFileAttributes> there = look(child, path + name);
            if (there.filter(BasicFileAttributes::isDirectory).isPresent()) {
                waiting.add(name + "/");
            } else if (there.isPresent() && isWanted(path + name)) {
                found.add(object(path + name, there.get()));
            }
        }
    }

    /// A link may be listed among others. Where it stands for the folder that is asked for, nobody
    /// knows what is behind it.
    private Optional<BasicFileAttributes> look(Path child, String path) throws IOException {
        return prefix.startsWith(path + "/") ? Tree.look(child) : Tree.glance(child);
    }

    /// In a copy that keeps the times of files, this is still the time of the first.
    private static StoredObject object(String key, BasicFileAttributes file) {
        Instant created = file.lastModifiedTime().toInstant();
        return Tree.isStrange(file)
                ? StoredObject.none(key, created)
                : new StoredObject(key, file.size(), created);
    }

    private boolean isWanted(String key) {
        return key.startsWith(prefix) && key.compareTo(startAfter) > 0;
    }

    private boolean canHoldWanted(String path) {
        return (path.startsWith(prefix) || prefix.startsWith(path))
                && (path.compareTo(startAfter) > 0 || startAfter.startsWith(path));
    }

    /// The names in a folder that may be wanted. None if the folder is gone; nor in the one that
    /// only root may look into, and in which nobody keeps anything.
    private List<String> names(Path folder, String path) throws IOException {
        Optional<String> only = onlyName(path);
        if (only.isPresent()) {
            return List.of(only.get());
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                boolean wanted = isWanted(path + name) || canHoldWanted(path + name + "/");
                if (wanted && !name.startsWith(".")) {
                    names.add(name);
                }
            }
            return names;
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (AccessDeniedException e) {
            if (path.equals(LOST_AND_FOUND)) {
                return List.of();
            }
            throw e;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /// The prefix may tell which folder comes next; then no other name is of interest.
    private Optional<String> onlyName(String path) {
        int end = prefix.indexOf('/', path.length());
        return end < 0
                ? Optional.empty()
                : Optional.of(prefix.substring(path.length(), end)).filter(Keys::isKey);
    }
}
