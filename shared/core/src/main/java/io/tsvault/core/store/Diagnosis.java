package io.tsvault.core.store;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// Says what an exception of the file system means. It looks at the disk rather than at the text,
/// which is in the language of the system.
final class Diagnosis {
    /// A disk with less counts as full: it needs room for names as well.
    private static final long SPARE = 1 << 16;

    private static final String DISK = "unix:dev";

    private final Path root;

    Diagnosis(Path root) {
        this.root = root;
    }

    /// Why something could not be read.
    RuntimeException ofReading(String what, IOException e) {
        return e instanceof AccessDeniedException
                ? noPermission(what, e)
                : new Transient(because(what, e), e);
    }

    /// Why something could not be changed.
    ///
    /// @param bytes that it needed room for
    RuntimeException ofWriting(String what, long bytes, IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> noPermission(what, e);
            case ClosedByInterruptException _, NoSuchFileException _ ->
                    new Transient(because(what, e), e);
            default ->
                    remedy(bytes, e)
                            .or(() -> remedyOf(e))
                            .<RuntimeException>map(
                                    remedy -> new Permanent(because(what, e) + "; " + remedy, e))
                            .orElseGet(() -> new Transient(because(what, e), e));
        };
    }

    private Optional<String> remedy(long bytes, IOException e) {
        try {
            return remedyByState(bytes, e);
        } catch (IOException unknown) {
            e.addSuppressed(unknown);
            return Optional.empty();
        }
    }

    private Optional<String> remedyByState(long bytes, IOException e) throws IOException {
        if (!Files.isWritable(root)) {
            return Optional.of("this disk can only be read; mount it for writing");
        }
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < bytes + SPARE) {
            return Optional.of("the disk is full, %,d bytes are free; make room".formatted(free));
        }
        return e instanceof FileSystemException link && isAcrossDisks(link)
                ? Optional.of("all of a vault has to be on one file system")
                : Optional.empty();
    }

    /// Never to be tried again, whatever the state of the disk.
    private static Optional<String> remedyOf(IOException e) {
        return e instanceof Disk.NotForced
                ? Optional.of("the disk may be failing; look into the system's log")
                : Optional.empty();
    }

    private boolean isAcrossDisks(FileSystemException link) throws IOException {
        if (link.getOtherFile() == null) {
            return false;
        }
        Path name = Path.of(link.getFile());
        Object here = Files.getAttribute(root.resolve(Drafts.FOLDER), DISK);
        return !here.equals(Files.getAttribute(name.resolveSibling("."), DISK));
    }

    private static Permanent noPermission(String what, IOException e) {
        return new Permanent(
                "%s: permission denied for %s; allow it to the user %s"
                        .formatted(what, e.getMessage(), System.getProperty("user.name")),
                e);
    }

    private static String because(String what, IOException e) {
        return what + ": " + Objects.requireNonNullElse(e.getMessage(), e.toString());
    }
}
