package io.tsvault.core.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The two calls on which the safety of a directory rests. A test puts others in their place, to
/// see their order and to make them fail.
class Disk {
    /// That of this machine.
    static final Disk REAL = new Disk();

    /// A disk did not say that it keeps what it was given. To ask it again is of no use: systems
    /// forget what they could not write, and then say yes.
    static final class NotForced extends IOException {
        private static final long serialVersionUID = 1;

        NotForced(Path path, IOException cause) {
            super(path + ": " + cause.getMessage(), cause);
        }
    }

    /// Returns when the bytes of a file, or the names in a folder, outlast a power cut.
    void force(FileChannel open, Path path) throws IOException {
        open.force(true);
    }

    /// Gives a file one more name.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when that name is taken
    void link(Path name, Path file) throws IOException {
        Files.createLink(name, file);
    }

    /// Returns when the bytes of this file outlast a power cut.
    final void keepBytes(FileChannel open, Path file) throws IOException {
        try {
            force(open, file);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new NotForced(file, e);
        }
    }

    /// Returns when the names in this folder outlast a power cut.
    final void keepNames(Path folder) throws IOException {
        try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
            keepBytes(open, folder);
        }
    }
}
