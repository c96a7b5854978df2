package io.tsvault.core.store;

import io.tsvault.core.failure.Permanent;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// Objects as files in a folder: see the description of the package.
public final class DirectoryStore implements ObjectStore {
    /// Read at once; a channel copies that much into native memory, and keeps it.
    private static final int PIECE = 1 << 18;

    private final Tree tree;
    private final Drafts drafts;
    private final Folders folders;
    private final Disk disk;
    private final Diagnosis diagnosis;
    private boolean writable;

    private DirectoryStore(Tree tree, Disk disk) {
        this.tree = tree;
        this.drafts = new Drafts(tree, disk);
        this.folders = new Folders(disk);
        this.disk = disk;
        this.diagnosis = new Diagnosis(tree.root());
    }

    /// A folder that is there. Changes nothing, nor does reading; whether it can be written to is
    /// found out by the first who writes.
    ///
    /// @throws Permanent when there is no such folder
    public static DirectoryStore open(Path root) {
        return open(root, Disk.REAL);
    }

    static DirectoryStore open(Path root, Disk disk) {
        try {
            return new DirectoryStore(Tree.at(root), disk);
        } catch (IOException e) {
            throw new Diagnosis(root).ofReading(root + " cannot be opened", e);
        }
    }

    /// A folder that can be written to. Makes it, and those above it, where they are missing.
    ///
    /// @throws Permanent when it cannot be written to
    public static DirectoryStore make(Path root) {
        return make(root, Disk.REAL);
    }

    static DirectoryStore make(Path root, Disk disk) {
        Path absolute = root.toAbsolutePath();
        try {
            Tree.makeRoot(absolute, disk);
        } catch (IOException e) {
            throw new Diagnosis(absolute).ofWriting(absolute + " cannot be made", 0, e);
        }
        DirectoryStore store = open(absolute, disk);
        store.changing("", 0, store::requireWritable);
        return store;
    }

    @Override
    public Creation create(String key, byte[] bytes) {
        Keys.require(key);
        changing("", 0, this::requireWritable); // what cannot be written is all of it, and no key
        return changing(
                key,
                bytes.length,
                () -> {
                    boolean mine = tree.file(key).isEmpty() && drafts.put(key, bytes);
                    folders.keep(tree.folders(key));
                    return mine ? Creation.CREATED : Creation.ALREADY_THERE;
                });
    }

    private synchronized boolean requireWritable() throws IOException {
        if (!writable) {
            tree.requireInPlace();
            drafts.open();
            writable = true;
        }
        return writable;
    }

    @Override
    public Optional<byte[]> read(String key, int mostBytes) {
        return reading(
                key,
                file -> {
                    if (file.size() > mostBytes) {
                        throw MemoryStore.tooLarge(this, key, file.size(), mostBytes);
                    }
                    return bytes(file, 0, mostBytes);
                });
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        return reading(key, file -> bytes(file, offset, length));
    }

    private static byte[] bytes(FileChannel file, long offset, int most) throws IOException {
        byte[] bytes = new byte[Math.clamp(file.size() - offset, 0, most)];
        int done = 0;
        while (done < bytes.length) {
            int piece = Math.min(PIECE, bytes.length - done);
            int read = file.read(ByteBuffer.wrap(bytes, done, piece), offset + done);
            if (read < 0) {
                throw new EOFException("it was cut while it was read");
            }
            done += read;
        }
        return bytes;
    }

    @Override
    public List<StoredObject> list(String prefix, String startAfter, int limit) {
        try {
            tree.requireInPlace();
            return Listing.of(tree.root(), prefix, startAfter, limit);
        } catch (IOException e) {
            throw diagnosis.ofReading(location() + prefix + " cannot be listed", e);
        }
    }

    /// Folders that become empty go too, so that lists do not have to look into them for ever.
    @Override
    public void delete(String key) {
        Keys.require(key);
        changing(
                key,
                0,
                () -> {
                    Optional<Path> file = tree.file(key);
                    return file.isPresent() && isRemoved(file.get(), tree.folders(key));
                });
    }

    private boolean isRemoved(Path file, List<Path> way) throws IOException {
        try {
            Files.delete(file);
            disk.keepNames(way.getLast());
            folders.removeEmpty(way);
            return true;
        } catch (NoSuchFileException _) {
            return false; // another did the same in this moment
        }
    }

    @Override
    public String location() {
        return tree.root() + "/";
    }

    private <T> Optional<T> reading(String key, Reading<T> reading) {
        Keys.require(key);
        try {
            Optional<Path> path = tree.file(key);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            try (FileChannel file =
                    FileChannel.open(
                            path.get(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(reading.from(file));
            }
        } catch (NoSuchFileException _) {
            return Optional.empty(); // it was deleted in this moment
        } catch (IOException e) {
            throw diagnosis.ofReading(location() + key + " cannot be read", e);
        }
    }

    private <T> T changing(String key, long bytes, Change<T> change) {
        try {
            return change.make();
        } catch (IOException e) {
            throw diagnosis.ofWriting(location() + key + " cannot be written", bytes, e);
        }
    }

    private interface Reading<T> {
        T from(FileChannel file) throws IOException;
    }

    private interface Change<T> {
        T make() throws IOException;
    }
}
