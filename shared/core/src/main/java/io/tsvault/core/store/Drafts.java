package io.tsvault.core.store;

import io.tsvault.core.failure.Permanent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Files before they have the name of a key, in a folder of their own that no list shows.
final class Drafts {
    static final String FOLDER = ".tmp";

    /// Nobody writes 64 MiB for so long: what is older is of a writer who was killed.
    private static final Duration DEAD = Duration.ofDays(1);

    /// Written at once; a channel copies that much into native memory, and keeps it.
    private static final int PIECE = 1 << 18;

    /// So often may folders be removed in the moment before a file is put into them.
    private static final int TRIES = 100;

    private final Tree tree;
    private final Path folder;
    private final Disk disk;

    Drafts(Tree tree, Disk disk) {
        this.tree = tree;
        this.folder = tree.root().resolve(FOLDER);
        this.disk = disk;
    }

    /// A file that may be there, and is not when this is closed. Other names of it stay.
    private final class Draft implements AutoCloseable {
        private final Path path = folder.resolve(UUID.randomUUID().toString());

        /// Returns when these bytes outlast a power cut.
        void write(byte[] bytes) throws IOException {
            try (FileChannel file =
                    FileChannel.open(
                            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (int from = 0; from < bytes.length; from += PIECE) {
                    writeAll(
                            file,
                            ByteBuffer.wrap(bytes, from, Math.min(PIECE, bytes.length - from)));
                }
                disk.keepBytes(file, path);
            }
        }

        private static void writeAll(FileChannel file, ByteBuffer piece) throws IOException {
            while (piece.hasRemaining()) {
                file.write(piece);
            }
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    /// Finds out whether drafts can be given names here, and clears away dead ones.
    ///
    /// @throws Permanent when they cannot
    void open() throws IOException {
        try (Draft draft = next();
                Draft name = next()) {
            draft.write(new byte[1]);
            requireLink(name.path, draft.path);
            disk.keepNames(folder);
            Instant now = Files.getLastModifiedTime(draft.path).toInstant();
            clear(now.minus(DEAD));
        }
    }

    private void requireLink(Path name, Path file) throws IOException {
        try {
            disk.link(name, file);
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            throw new Permanent(
                    "%s: no file there can have two names (%s); a vault needs hard links, which"
                                    .formatted(folder, e.getMessage())
                            + " FAT, exFAT and most network shares lack: use ext4, XFS, Btrfs,"
                            + " APFS or NFS, or a bucket",
                    e);
        }
    }

    private void clear(Instant before) throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder)) {
            for (Path draft : drafts) {
                Optional<BasicFileAttributes> found = Tree.look(draft);
                if (found.isPresent()
                        && found.get().lastModifiedTime().toInstant().isBefore(before)) {
                    Files.deleteIfExists(draft);
                }
            }
        }
    }

    /// Writes a file, and gives it the name of a key if that is free. Its bytes outlast a power
    /// cut then, its name not yet.
    ///
    /// @return whether the name was free
    boolean put(String key, byte[] bytes) throws IOException {
        try (Draft draft = next()) {
            draft.write(bytes);
            for (int tries = 1; ; tries++) {
                try {
                    return isLinked(tree.makeWay(key), draft.path);
                } catch (NoSuchFileException e) {
                    if (tries == TRIES) {
                        throw e;
                    }
                }
            }
        }
    }

    private boolean isLinked(Path file, Path draft) throws IOException {
        try {
            disk.link(file, draft);
            return true;
        } catch (FileAlreadyExistsException _) {
            Tree.requireNoFolder(file);
            return false;
        }
    }

    private Draft next() throws IOException {
        Tree.makeFolder(folder);
        return new Draft();
    }
}
