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
            default -> {
                String problem = because(what, e);
                yield permanent(problem + "; ", bytes, e)
                        .<RuntimeException>map(found -> found)
                        .orElseGet(() -> new Transient(problem, e));
            }
        };
    }

    private Optional<Permanent> permanent(String problem, long bytes, IOException e) {
        try {
            return byState(problem, bytes, e).or(() -> failing(problem, e));
        } catch (IOException unknown) {
            e.addSuppressed(unknown);
            return failing(problem, e);
        }
    }

    private Optional<Permanent> byState(String problem, long bytes, IOException e)
            throws IOException {
        if (!Files.isWritable(root)) {
            return Optional.of(
                    new Permanent(problem + "this disk can only be read; mount it for writing", e));
        }
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < bytes + SPARE) {
            String full = "the disk is full, %,d bytes are free; make room".formatted(free);
            return Optional.of(Permanent.outOfOrder(problem + full, e));
        }
        return e instanceof FileSystemException link && isAcrossDisks(link)
                ? Optional.of(
                        new Permanent(problem + "all of a vault has to be on one file system", e))
                : Optional.empty();
    }

    /// Never to be tried again, whatever the state of the disk.
    private static Optional<Permanent> failing(String problem, IOException e) {
        String remedy = "the disk may be failing; look into the system's log";
        return e instanceof Disk.NotForced
                ? Optional.of(Permanent.outOfOrder(problem + remedy, e))
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
